"""Reminders by working time: before the term, when it is over, when it has been over for long."""

from __future__ import annotations

from datetime import datetime

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import Forbidden
from congvu.common.zones import VN
from congvu.domains.tasks import services
from congvu.domains.tasks.jobs import remind_due
from congvu.domains.tasks.models import Task
from congvu.domains.tasks.services import reminding
from congvu.ground.events.services import deliver_pending
from congvu.ground.notifications.models import Message
from congvu.ground.worktime import selectors as calendars
from congvu.ground.worktime.rules import days_after, days_before
from tests.domains.tasks.orders import give
from tests.marks import refuses


def at(*parts: int) -> datetime:
    return datetime(2026, *parts, tzinfo=VN)


def told(record) -> list[tuple[str, str]]:
    deliver_pending()
    rows = Message.objects.filter(record_id=record).exclude(kind="task_given").order_by("created_at", "id")
    return sorted((row.kind, row.recipient) for row in rows)


def test_soon_late_and_long_late(world):
    """Due Thursday 26/11 17:00; two working days earlier, over the holiday of the 24th, is Monday 23/11 17:00."""
    record = give(world)
    owner, chair = (f"p:{world.staff(login).position_id}" for login in ("chuyenmon", "chutich"))
    world.clock.move_to(at(11, 23, 16, 59))
    assert remind_due() == 0
    world.clock.move_to(at(11, 23, 17, 0))
    assert (remind_due(), remind_due()) == (1, 0)
    assert told(record) == [("task_soon", owner)]
    world.clock.move_to(at(11, 26, 17, 1))
    assert (remind_due(), remind_due()) == (1, 0)
    assert told(record)[:2] == sorted([("task_late", owner), ("task_late", chair)])
    # Three working days after Thursday 26/11: Tuesday 1/12.
    world.clock.move_to(at(12, 1, 17, 0))
    assert remind_due() == 0
    world.clock.move_to(at(12, 1, 17, 1))
    assert (remind_due(), remind_due()) == (1, 0)
    head = f"p:{world.staff('truongphong').position_id}"
    long_late = {recipient for kind, recipient in told(record) if kind == "task_long_late"}
    assert {owner, chair, head} <= long_late
    world.clock.move_to(at(12, 31, 8, 0))
    assert remind_due() == 0


def test_a_short_term_is_told_when_it_is_over(world):
    give(world, due=at(11, 19, 17, 0))
    assert remind_due() == 0
    world.clock.move_to(at(11, 19, 17, 1))
    assert remind_due() == 1
    assert Task.objects.get().notice_level == reminding.LATE


def test_after_a_long_silence_only_the_gravest_is_told(world):
    record = give(world)
    world.clock.move_to(at(12, 20, 8, 0))
    assert remind_due() == 1
    assert {kind for kind, _ in told(record)} == {"task_long_late"}


def test_a_new_term_begins_anew_and_finished_ones_are_left_alone(world):
    record, owner = give(world), world.staff("chuyenmon")
    world.clock.move_to(at(11, 27, 8, 0))
    assert remind_due() == 1
    services.ask_extension(owner, record, until=at(12, 4, 17, 0), reason="Mưa lũ")
    services.answer_extension(world.staff("chutich"), record, granted=True)
    assert Task.objects.get().notice_at == at(12, 2, 17, 0)
    services.finish(owner, record, text="Xong")
    world.clock.move_to(at(12, 10, 8, 0))
    assert remind_due() == 0


@refuses("task.remind")
def test_only_the_system_reminds(world):
    record = give(world)
    with pytest.raises(Forbidden):
        reminding.remind(world.staff("chutich"), record)
    assert reminding.remind(SYSTEM, record) == 0


def test_working_days_over_a_weekend_and_a_holiday(world):
    vn = calendars.calendar("vn")
    assert days_before(at(11, 26, 17, 0), 2, vn) == at(11, 23, 17, 0)
    assert days_before(at(11, 22, 9, 0), 1, vn) == at(11, 20, 9, 0)
    assert days_after(at(11, 20, 9, 0), 2, vn) == at(11, 25, 9, 0)
    assert days_before(at(11, 26, 17, 0), 0, vn) == at(11, 26, 17, 0)
