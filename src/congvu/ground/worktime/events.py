"""What this room tells: a calendar's days or hours changed."""

from __future__ import annotations

from dataclasses import dataclass

from congvu.ground.events.services import event


@event("worktime.calendar_changed")
@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """Days ``first`` to ``last`` (ISO dates, both included) of the calendar with this key count differently now.

    A change of a parent calendar is told once for each calendar it reaches.
    """

    calendar: str
    first: str
    last: str
