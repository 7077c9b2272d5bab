"""The assigner's part: extensions answered, results judged, tasks cancelled."""

from __future__ import annotations

from datetime import datetime

import pytest

from congvu.common.errors import Forbidden, Invalid
from congvu.common.zones import VN
from congvu.domains.tasks import selectors, services
from congvu.domains.tasks.errors import AlreadyAsked, WrongState
from congvu.domains.tasks.events import TaskDone
from congvu.domains.tasks.types import Standing
from congvu.engines.workflow import selectors as work
from congvu.ground.events.models import Event
from tests.domains.tasks.orders import DUE, give
from tests.marks import refuses

LATER = datetime(2026, 12, 4, 17, 0, tzinfo=VN)


@refuses("task.ask_extension")
def test_an_extension_is_a_request_and_the_term_stays(world):
    record, owner = give(world), world.staff("chuyenmon")
    with pytest.raises(Forbidden):
        services.ask_extension(world.staff("chutich"), record, until=LATER, reason="Mưa lũ")
    with pytest.raises(Invalid):
        services.ask_extension(owner, record, until=LATER, reason=" ")
    with pytest.raises(Invalid):
        services.ask_extension(owner, record, until=DUE, reason="Mưa lũ")
    with pytest.raises(Invalid):
        services.ask_extension(owner, record, until=None, reason="Mưa lũ")
    services.ask_extension(owner, record, until=LATER, reason="Mưa lũ")
    with pytest.raises(AlreadyAsked):
        services.ask_extension(owner, record, until=LATER, reason="Lần nữa")
    view = selectors.task(owner, record)
    assert view.due_at == DUE
    assert view.asking is not None
    assert (view.asking.wanted, view.asking.reason) == (LATER, "Mưa lũ")
    assert [row.name for row in work.inbox(world.staff("chutich")).rows] == ["Trả lời đề nghị gia hạn"]


def test_no_term_no_extension(world):
    record = give(world, due=None, no_term=True)
    with pytest.raises(WrongState):
        services.ask_extension(world.staff("chuyenmon"), record, until=LATER, reason="Chưa xong")


@refuses("task.answer_extension")
def test_the_assigner_answers(world):
    record, owner, chair = give(world), world.staff("chuyenmon"), world.staff("chutich")
    with pytest.raises(WrongState):
        services.answer_extension(chair, record, granted=True)
    services.ask_extension(owner, record, until=LATER, reason="Mưa lũ")
    with pytest.raises(Forbidden):
        services.answer_extension(owner, record, granted=True)
    with pytest.raises(Invalid):
        services.answer_extension(chair, record, granted=False)
    services.answer_extension(chair, record, granted=False, answer="Tỉnh cần đúng hạn.")
    assert selectors.task(owner, record).due_at == DUE
    services.ask_extension(owner, record, until=LATER, reason="Mưa lũ kéo dài")
    nearer = datetime(2026, 12, 1, 17, 0, tzinfo=VN)
    services.answer_extension(chair, record, granted=True, until=nearer)
    view = selectors.task(owner, record)
    assert (view.due_at, view.asking) == (nearer, None)
    assert [(row.granted, row.new_due) for row in view.extensions] == [(True, nearer), (False, None)]
    assert work.inbox(chair).rows == ()
    assert [row.due_at for row in work.inbox(owner).rows] == [nearer]


@refuses("task.accept")
def test_accepted_in_time_is_judged_by_the_day_of_the_report(world):
    record, owner, chair = give(world), world.staff("chuyenmon"), world.staff("chutich")
    with pytest.raises(WrongState):
        services.accept(chair, record)
    services.finish(owner, record, text="Xong")
    with pytest.raises(Forbidden):
        services.accept(owner, record)
    world.clock.move_to(datetime(2026, 12, 10, 9, 0, tzinfo=VN))
    services.accept(chair, record, comment="Tốt")
    view = selectors.task(owner, record)
    assert (view.standing, view.abilities) == (Standing.DONE, frozenset())
    assert Event.objects.get(name=TaskDone.event_name).payload == {
        "record": str(record), "source": None, "outcome": "done",
    }  # fmt: skip
    assert work.inbox(chair).rows == ()


def test_reported_late_is_done_late(world):
    record = give(world)
    world.clock.move_to(datetime(2026, 11, 27, 8, 0, tzinfo=VN))
    assert selectors.task(world.staff("chutich"), record).standing == Standing.WAITING_LATE
    services.finish(world.staff("chuyenmon"), record, text="Xong")
    services.accept(world.staff("chutich"), record)
    assert selectors.task(world.staff("chutich"), record).standing == Standing.DONE_LATE


@refuses("task.reject")
def test_not_what_was_asked_for_is_done_again_or_failed(world):
    record, owner, chair = give(world), world.staff("chuyenmon"), world.staff("chutich")
    services.report(owner, record, text="Đang làm", percent=70)
    services.finish(owner, record, text="Xong")
    with pytest.raises(Forbidden):
        services.reject(owner, record, reason="Sai", redo=True)
    with pytest.raises(Invalid):
        services.reject(chair, record, reason="", redo=True)
    services.reject(chair, record, reason="Thiếu thôn Bãi.", redo=True, due=LATER)
    view = selectors.task(owner, record)
    assert (view.standing, view.percent, view.due_at, view.finished_at) == (Standing.DOING, 70, LATER, None)
    assert [row.due_at for row in work.inbox(owner).rows] == [LATER]
    services.finish(owner, record, text="Đã bổ sung")
    services.reject(chair, record, reason="Vẫn sai.", redo=False)
    assert selectors.task(owner, record).standing == Standing.FAILED
    with pytest.raises(WrongState):
        services.comment(owner, record, text="Muộn")


@refuses("task.cancel")
def test_cancelled_with_a_reason(world):
    record, chair = give(world), world.staff("chutich")
    with pytest.raises(Forbidden):
        services.cancel(world.staff("chuyenmon"), record, reason="Thôi")
    with pytest.raises(Invalid):
        services.cancel(chair, record, reason=" ")
    services.cancel(chair, record, reason="Trùng nhiệm vụ khác.")
    with pytest.raises(WrongState):
        services.cancel(chair, record, reason="Lần nữa")
    assert selectors.task(chair, record).entries[0].text == "Trùng nhiệm vụ khác."
    assert work.inbox(world.staff("chuyenmon")).rows == ()


def test_a_stand_in_decides_in_the_absent_person_s_post(world):
    record = give(world)
    services.finish(world.staff("chuyenmon"), record, text="Xong")
    from congvu.ground.orgs import selectors as orgs

    deputy = orgs.staff_actor(world.made.users["phochutich"], world.made.positions["xa-yen-khe:chair:1"])
    services.accept(deputy, record)
    entry = selectors.task(deputy, record).entries[0]
    assert (entry.by, entry.on_behalf_of) == (deputy.name, "Lương Trọng Hùng")
