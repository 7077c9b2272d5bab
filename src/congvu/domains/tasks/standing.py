"""How a task stands at a moment, and when its reminders are due. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from congvu.common.zones import VN, local
from congvu.domains.tasks.models import State
from congvu.domains.tasks.types import Standing
from congvu.ground.worktime import rules
from congvu.ground.worktime.types import Calendar

FARTHEST = 400
_PLAIN = {
    State.RETURNED: Standing.RETURNED,
    State.JUDGING: Standing.JUDGING,
    State.FAILED: Standing.FAILED,
    State.CANCELLED: Standing.CANCELLED,
}


def standing(state: str, due: datetime | None, finished: datetime | None, now: datetime) -> Standing:
    """The state against the term. A task without a term is never late; done counts from the report, not the answer."""
    known = State(state)
    if known in _PLAIN:
        return _PLAIN[known]
    if known is State.DONE:
        late = due is not None and finished is not None and finished > due
        return Standing.DONE_LATE if late else Standing.DONE
    late = due is not None and now > due
    if known is State.GIVEN:
        return Standing.WAITING_LATE if late else Standing.WAITING
    return Standing.DOING_LATE if late else Standing.DOING


def days_before(moment: datetime, days: int, calendar: Calendar) -> datetime:
    """The same hour so many working days earlier; as far back as the calendar knows working days."""
    civil = local(moment)
    day, left = civil.date(), days
    for _step in range(FARTHEST):
        if left == 0:
            break
        day -= timedelta(days=1)
        left -= calendar.is_working(day)
    return datetime.combine(day, civil.time(), tzinfo=VN)


def days_after(moment: datetime, days: int, calendar: Calendar) -> datetime:
    """The same hour so many working days later."""
    civil = local(moment)
    return datetime.combine(rules.add_working_days(civil.date(), days, calendar), civil.time(), tzinfo=VN)


def closing(day: date, calendar: Calendar) -> datetime:
    """The end of office hours of a day; 17:00 where the office is closed."""
    hours = calendar.intervals(day)
    end = hours[-1][1] if hours else None
    return datetime.combine(day, end, tzinfo=VN) if end else datetime(day.year, day.month, day.day, 17, tzinfo=VN)
