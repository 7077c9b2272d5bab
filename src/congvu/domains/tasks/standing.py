"""How a task stands at a moment, and when its reminders are due. Pure."""

from __future__ import annotations

from datetime import date, datetime

from congvu.common.zones import VN
from congvu.domains.tasks.models import State
from congvu.domains.tasks.types import Standing
from congvu.ground.worktime.types import Calendar

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


def closing(day: date, calendar: Calendar) -> datetime:
    """The end of office hours of a day; 17:00 where the office is closed."""
    hours = calendar.intervals(day)
    end = hours[-1][1] if hours else None
    return datetime.combine(day, end, tzinfo=VN) if end else datetime(day.year, day.month, day.day, 17, tzinfo=VN)
