"""Each thing that happens to a dossier is told once to those it concerns, in words, without a name."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import transaction

from congvu.common.actor import ANONYMOUS, SYSTEM
from congvu.common.zones import VN
from congvu.domains.dossiers import services
from congvu.domains.dossiers.events import DossierSubmitted
from congvu.domains.dossiers.types import PaperLine, ResultInput
from congvu.engines.deadlines.jobs import recompute_batch
from congvu.engines.workflow import selectors as work
from congvu.ground.events.services import deliver_pending, publish
from congvu.ground.notifications.models import Message
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import services as worktime

REASON = "Theo đề nghị của người nộp."


def told(world, *kinds: str) -> list[Message]:
    """Deliver what is pending; the messages of these kinds, all about no name, each once."""
    deliver_pending()
    assert deliver_pending() == 0
    found = list(Message.objects.filter(kind__in=kinds).order_by("id"))
    assert not any("Trần" in message.body + message.subject for message in found)
    return found


def test_reception_tells_the_applicant_with_code_and_time(world):
    world.take_in("1.004873")
    (message,) = told(world, "dossier_received")
    assert message.recipient == f"s:{world.citizen().subject_id}"
    assert "H99.101-261119-0001" in message.body
    assert "Hẹn trả kết quả 9:30 ngày 25/11/2026" in message.body
    assert message.context["link"].startswith("http://127.0.0.1:8000/h/")
    assert Message.objects.count() == 1


def test_a_submission_tells_the_applicant_and_each_clerk_post(world):
    record = world.take_in("1.004873").record_id
    with transaction.atomic():
        publish(DossierSubmitted(record=record))
    clerks = {f"p:{key}" for name, key in world.made.positions.items() if name.startswith("xa-yen-khe-tt:clerk")}
    messages = told(world, "dossier_submitted", "new_online")
    assert {message.recipient for message in messages} == clerks | {f"s:{world.citizen().subject_id}"}
    assert len(messages) == 3


def test_a_supplement_is_told_with_its_items_and_its_answer_to_the_holders(world):
    record = world.take_in("1.004873").record_id
    services.ask_supplement(world.clerk, record, items=["Bản chính.", "Bản dịch."], reason="Ảnh mờ.")
    (asked,) = told(world, "supplement_asked")
    assert "bổ sung 2 giấy tờ" in asked.body
    assert "Bản chính.\nBản dịch." in asked.body
    services.answer_supplement(world.citizen(), record, papers=(PaperLine("Bản chính", originals=1),))
    (item,) = work.open_items(record)
    role, _, unit = item.holders[0].removeprefix("r:").partition("@")
    posts = {f"p:{post.id}" for post in orgs.positions(int(unit), role)}
    assert {message.recipient for message in told(world, "supplement_answered")} == posts


def test_a_cancelled_supplement_is_told(world):
    record = world.take_in("1.004873").record_id
    services.ask_supplement(world.clerk, record, items=["Bản chính."], reason="Ảnh mờ.")
    services.cancel_supplement(world.clerk, record, reason="Đã có.")
    assert len(told(world, "supplement_cancelled")) == 1


@pytest.mark.parametrize(
    ("verb", "who", "kind"),
    [
        (services.refuse, "phochutich", "dossier_refused"),
        (services.stop, "motcua", "dossier_stopped"),
        (services.withdraw, "motcua", "dossier_withdrawn"),
    ],
)
def test_each_ending_has_its_words(world, verb, who, kind):
    record = world.take_in().record_id
    verb(world.staff(who), record, reason=REASON)
    (message,) = told(world, kind)
    assert "H99.101-261119-0001" in message.subject


def test_result_rating_and_a_poor_one_to_the_heads(world):
    answer = world.take_in("2.000908")
    item = world.go_to(answer.record_id, "issue")
    services.issue_result(world.holder(answer.record_id), item.id, ResultInput(text="Cấp bản sao."))
    (ready,) = told(world, "result_ready")
    assert "Trung tâm Phục vụ hành chính công xã Yên Khê" in ready.body
    services.return_result(world.clerk, answer.record_id, to="Người nhận")
    assert len(told(world, "please_rate")) == 1
    services.rate(ANONYMOUS, answer.token, score=1, reasons=["wait"])
    chairs = {f"p:{key}" for name, key in world.made.positions.items() if name.startswith("xa-yen-khe:chair")}
    assert {message.recipient for message in told(world, "feedback")} == chairs


def test_a_moved_promise_is_told_with_the_old_time(world):
    """Friday 20/11 becomes a day off: three working days from Thursday 19/11 end a day later, Thursday 26/11."""
    record = world.take_in("1.004873").record_id
    off = {"kind": "off", "cause": "holiday", "name": "Nghỉ bão", "legal_basis": "Công điện (minh họa)"}
    worktime.set_day_rule(SYSTEM, "vn", day=date(2026, 11, 20), **off)
    deliver_pending()
    recompute_batch([str(record)], "vn")
    (message,) = told(world, "due_changed")
    assert "9:30 ngày 26/11/2026 (trước đây: 9:30 ngày 25/11/2026)" in message.body
    (item,) = work.open_items(record)
    assert item.due_at == datetime(2026, 11, 26, 9, 30, tzinfo=VN)
