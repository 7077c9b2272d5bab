"""Telling people: who, once, in which words, and nothing that gives a person away."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.common.actor import ANONYMOUS, Actor, ActorKind
from congvu.common.errors import Forbidden, NotFound
from congvu.common.zones import VN
from congvu.ground.notifications import selectors, services, texts
from congvu.ground.notifications.errors import LegalNotice
from congvu.ground.notifications.models import Message, Muted
from tests.ground.files.build import record
from tests.marks import refuses

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 11, 25, 10, 30, tzinfo=VN)
LINK = "https://yenkhe.binhlam.example/h/p4t8wd"
CONTEXT = {
    "agency": "UBND xã Yên Khê", "code": "H99.24-261119-0016", "procedure": "Xác nhận tình trạng hôn nhân", "due": DUE,
    "link": LINK, "old_due": DUE, "reason": "Thiếu trích lục quyết định ly hôn.", "count": 1, "items": "1. Trích lục",
    "clock_rule": "Thời hạn giải quyết được tính lại từ đầu khi nhận đủ giấy tờ bổ sung", "phone": "0200 000 000",
    "advice": "Ông/bà có thể nộp lại.", "pickup": "Bản điện tử trong VNeID, bản giấy tại quầy 2", "step": "Thẩm định",
}  # fmt: skip


def citizen(lan) -> Actor:
    return Actor(kind=ActorKind.CITIZEN, name="Vũ Thị Lan", user_id=5, subject_id=lan.id)


def clerk(position: int, user: int = 21) -> Actor:
    return Actor(kind=ActorKind.STAFF, name="Phạm Thị Hoa", user_id=user, position_id=position)


@pytest.mark.parametrize("kind", sorted(texts.kinds()))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_has_complete_words_in_both_languages(lan, kind, language):
    context = {**dict.fromkeys(texts.kinds()[kind].fields, "Nội dung"), **CONTEXT}
    services.notify(kind=kind, context=context, subject=lan.id, language=language)
    message = Message.objects.get()
    assert message.subject
    assert "{" not in message.subject + message.body
    assert "ông/bà" not in message.body or language == "vi"


def test_received_notice_reads_as_designed(lan):
    services.notify(kind="dossier_received", context=CONTEXT, subject=lan.id)
    row = selectors.messages_of(citizen(lan)).rows[0]
    assert row.subject == "Đã tiếp nhận hồ sơ H99.24-261119-0016"
    assert row.body == (
        "UBND xã Yên Khê đã tiếp nhận hồ sơ H99.24-261119-0016: Xác nhận tình trạng hôn nhân. "
        "Hẹn trả kết quả 10:30 ngày 25/11/2026."
    )
    assert (row.link, row.read) == (LINK, False)
    with translation.override("en"):
        assert selectors.messages_of(citizen(lan)).rows[0].subject == "Application H99.24-261119-0016 accepted"


def test_event_told_twice_tells_once(lan, smtp):
    first = services.notify(kind="result_ready", context=CONTEXT, subject=lan.id, key="finished:7")
    assert len(first) == 2
    assert services.notify(kind="result_ready", context=CONTEXT, subject=lan.id, key="finished:7") == []
    assert len(services.notify(kind="result_ready", context=CONTEXT, position=3, key="finished:7")) == 1
    assert Message.objects.count() == 3
    assert ProcrastinateJob.objects.filter(task_name="notifications.send").count() == 1


def test_without_a_key_the_content_names_the_event(lan):
    dossier = record(["u:1"])
    assert len(services.notify(kind="due_changed", context=CONTEXT, subject=lan.id, record=dossier.id)) == 1
    assert services.notify(kind="due_changed", context=CONTEXT, subject=lan.id, record=dossier.id) == []
    later = {**CONTEXT, "due": datetime(2026, 11, 27, 16, 0, tzinfo=VN)}
    assert len(services.notify(kind="due_changed", context=later, subject=lan.id, record=dossier.id)) == 1


@pytest.mark.django_db(transaction=True)
def test_notice_goes_with_its_transaction(lan, smtp):
    before = ProcrastinateJob.objects.count()
    with pytest.raises(RuntimeError, match="outside a transaction"):
        services.notify(kind="result_ready", context=CONTEXT, subject=lan.id)
    with transaction.atomic():
        services.notify(kind="result_ready", context=CONTEXT, subject=lan.id)
        assert (Message.objects.count(), ProcrastinateJob.objects.count()) == (2, before + 1)
        transaction.set_rollback(True)
    assert (Message.objects.count(), ProcrastinateJob.objects.count()) == (0, before)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "unknown"}, "no texts"),
        ({"subject": None}, "exactly one"),
        ({"position": 3}, "exactly one"),
        ({"context": {"code": "x"}}, "context lacks agency"),
        ({"context": {**CONTEXT, "link": "https://yenkhe.binhlam.example.evil.test/h"}}, "official address"),
    ],
)
def test_wrong_call_fails_loudly_and_tells_nobody(lan, change, words):
    call = {"kind": "dossier_received", "context": CONTEXT, "subject": lan.id, **change}
    with pytest.raises(ValueError, match=words):
        services.notify(**call)
    assert not Message.objects.exists()


def test_value_that_looks_like_a_field_stays_text(lan):
    services.notify(kind="dossier_declined", context={**CONTEXT, "reason": "{phone} {0.__class__}"}, subject=lan.id)
    assert "Lý do: {phone} {0.__class__}" in Message.objects.get().body


def test_without_a_server_no_mail_is_queued_and_that_is_said(lan):
    services.notify(kind="result_ready", context=CONTEXT, subject=lan.id)
    assert list(Message.objects.values_list("channel", "state")) == [("inapp", "sent")]
    states = {c.channel: (c.on, c.words) for c in selectors.channels()}
    assert states["email"] == (False, "Chưa cấu hình máy chủ thư, thư không được gửi.")
    assert (states["inapp"][0], states["sms"][0], states["zalo"][0]) == (True, False, False)


@pytest.mark.parametrize("address", ["", "khong phai thu", "a@b"])
def test_person_without_a_real_address_is_told_in_the_program_only(lan, smtp, address):
    lan.email = address
    lan.save()
    services.notify(kind="result_ready", context=CONTEXT, subject=lan.id)
    assert list(Message.objects.values_list("channel", flat=True)) == ["inapp"]


def test_staff_are_told_in_the_program_only(smtp):
    services.notify(kind="work_item", context=CONTEXT, position=3)
    assert list(Message.objects.values_list("recipient", "channel")) == [("p:3", "inapp")]


def test_post_is_read_by_whoever_acts_in_it_and_by_nobody_else(django_assert_num_queries):
    services.notify(kind="work_item", context=CONTEXT, position=3)
    stand_in = clerk(position=3, user=99)
    with django_assert_num_queries(1):
        assert selectors.unread(stand_in).now() == 1
    assert (selectors.unread(clerk(position=4)).now(), selectors.unread(ANONYMOUS).now()) == (0, 0)
    assert services.mark_read(clerk(position=4)) == 0
    assert services.mark_read(stand_in) == 1
    assert (selectors.unread(clerk(position=3)).now(), services.mark_read(stand_in)) == (0, 0)


def test_citizen_with_the_number_of_a_post_reads_nothing_of_it():
    services.notify(kind="work_item", context=CONTEXT, position=3)
    assert selectors.messages_of(Actor(kind=ActorKind.CITIZEN, name="x", subject_id=3, position_id=3)).rows == ()


def test_messages_page_by_cursor_newest_first(lan, django_assert_num_queries):
    ids = [services.notify(kind="result_ready", context=CONTEXT, subject=lan.id, key=f"k{n}")[0] for n in range(5)]
    newest = sorted(ids, reverse=True)
    with django_assert_num_queries(1):
        first = selectors.messages_of(citizen(lan), limit=2)
    second = selectors.messages_of(citizen(lan), after=first.next, limit=2)
    third = selectors.messages_of(citizen(lan), after=second.next, limit=2)
    assert [row.id for page in (first, second, third) for row in page.rows] == newest
    assert third.next == ""
    assert selectors.messages_of(citizen(lan), after="rubbish", limit=1).rows[0].id == newest[0]


def test_some_messages_can_be_marked(lan):
    ids = [services.notify(kind="result_ready", context=CONTEXT, subject=lan.id, key=f"k{n}")[0] for n in range(3)]
    assert services.mark_read(citizen(lan), ids[:2]) == 2
    assert selectors.unread(citizen(lan)).now() == 1


def test_sendings_of_a_record_hold_no_address(lan, smtp):
    dossier = record(["u:1"])
    services.notify(kind="result_ready", context=CONTEXT, subject=lan.id, record=dossier.id)
    sent = selectors.sendings_of(dossier.id)
    assert sorted((s.channel, s.state) for s in sent) == [("email", "queued"), ("inapp", "sent")]
    assert "lan@example.com" not in repr(sent)


def test_muted_kind_is_not_sent_and_legal_notices_are(lan, smtp):
    services.choose(citizen(lan), kind="please_rate", channel="email", muted=True)
    services.notify(kind="please_rate", context=CONTEXT, subject=lan.id)
    assert list(Message.objects.values_list("channel", flat=True)) == ["inapp"]
    chosen = {c.kind: (c.legal, c.muted) for c in selectors.choices(citizen(lan))}
    assert chosen["please_rate"] == (False, frozenset({"email"}))
    assert chosen["supplement_asked"] == (True, frozenset())
    services.choose(citizen(lan), kind="please_rate", channel="email", muted=False)
    assert len(services.notify(kind="please_rate", context=CONTEXT, subject=lan.id, key="again")) == 2


@refuses("notification.choose")
def test_legal_notices_cannot_be_muted(lan):
    with pytest.raises(LegalNotice, match="bắt buộc"):
        services.choose(citizen(lan), kind="supplement_asked", channel="email", muted=True)
    with pytest.raises(Forbidden):
        services.choose(ANONYMOUS, kind="please_rate", channel="email", muted=True)
    with pytest.raises(NotFound):
        services.choose(citizen(lan), kind="please_rate", channel="fax", muted=True)
    assert not Muted.objects.exists()


LEGAL = {
    "dossier_received", "dossier_declined", "supplement_asked", "supplement_cancelled", "due_changed", "apology",
    "dossier_refused", "dossier_stopped", "dossier_withdrawn", "result_ready",
}  # fmt: skip


def test_the_legal_notices_are_these():
    assert {kind.key for kind in texts.kinds().values() if kind.legal} == LEGAL


@pytest.mark.parametrize("kind", sorted(texts.kinds()))
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("agency", ["UBND xã Yên Khê", "Trung tâm Phục vụ hành chính công " * 4])
def test_short_form_fits_an_sms_and_names_nobody(kind, language, agency):
    personal = {
        "name": "Vũ Thị Lan",
        "personal_id": "099188000382",
        "reason": "Vũ Thị Lan thiếu giấy",
        "procedure": "Ly hôn",
    }
    text = selectors.short_text(kind, {**CONTEXT, **personal, "agency": agency}, language)
    assert len(text) <= 160
    assert text.isascii()
    for secret in ("Lan", "099188", "thieu giay", "Ly hon"):
        assert secret not in text
    assert "http" not in text or LINK in text


def test_short_form_reads_as_designed():
    assert selectors.short_text("dossier_received", CONTEXT) == (
        "UBND xa Yen Khe da nhan ho so H99.24-261119-0016. Hen tra 10:30 ngay 25/11/2026. Xem: " + LINK
    )


def test_text_that_would_put_personal_data_into_an_sms_is_refused():
    words = {"subject": "a", "body": "b", "short": "{name}"}
    with pytest.raises(ValueError, match="name"):
        texts._kind("x", {"label": "x", "legal": False, "email": False, "vi": words, "en": words})
