"""What happens in calendars, for journeys to act on. Payloads carry ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from congvu.ground.events.services import event


@event("calendar.approved")
@dataclass(frozen=True, slots=True)
class EntryApproved:
    """An entry stands in the agency's calendar from now on."""

    record: UUID


@event("calendar.declined")
@dataclass(frozen=True, slots=True)
class EntryDeclined:
    record: UUID


@event("calendar.changed")
@dataclass(frozen=True, slots=True)
class EntryChanged:
    """An entry that had been approved was moved or cancelled."""

    record: UUID
    change: int


@event("calendar.week_published")
@dataclass(frozen=True, slots=True)
class WeekPublished:
    """The week of an agency is open to all its staff."""

    week: int
