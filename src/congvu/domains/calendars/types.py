"""Values that enter and leave the room. Times are aware, days are Vietnamese civil days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy


class Kind(models.TextChoices):
    """What an entry is about."""

    MEETING = "meeting", gettext_lazy("Họp")
    RECEPTION = "reception", gettext_lazy("Tiếp công dân")
    WORK = "work", gettext_lazy("Làm việc")
    TRIP = "trip", gettext_lazy("Công tác ngoài")
    DUTY = "duty", gettext_lazy("Trực")


class Session(models.TextChoices):
    """How the time is said: by the clock, or by the part of the day."""

    HOURS = "hours", gettext_lazy("Theo giờ")
    MORNING = "morning", gettext_lazy("Buổi sáng")
    AFTERNOON = "afternoon", gettext_lazy("Buổi chiều")
    DAY = "day", gettext_lazy("Cả ngày")


class State(models.TextChoices):
    PROPOSED = "proposed", gettext_lazy("Chờ duyệt")
    APPROVED = "approved", gettext_lazy("Đã vào lịch")
    DECLINED = "declined", gettext_lazy("Không đưa vào lịch")
    CANCELLED = "cancelled", gettext_lazy("Đã hủy")


class Mark(models.TextChoices):
    """What happened to an entry after its week was published."""

    NONE = "", ""
    ADDED = "added", gettext_lazy("Bổ sung")
    MOVED = "moved", gettext_lazy("Đổi lịch")
    CANCELLED = "cancelled", gettext_lazy("Hủy")


@dataclass(frozen=True, slots=True)
class When:
    """The time as typed. ``until`` is the last day of an entry over several; ``start`` and ``end`` are needed and
    allowed by the clock only, and the end may stay open."""

    day: date
    session: str = Session.HOURS
    until: date | None = None
    start: time | None = None
    end: time | None = None


@dataclass(frozen=True, slots=True)
class EntryInput:
    """What is registered. ``leader`` and ``attendees`` are posts of the agency, ``units`` and ``preparers`` its units.

    ``host`` names who leads where that is nobody of the agency, ``guests`` others who come. ``room`` is one of the
    agency's, ``place`` says any other. ``source`` is the record it comes from.
    """

    kind: str
    content: str
    when: When
    place: str = ""
    room: int | None = None
    leader: int | None = None
    host: str = ""
    attendees: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    guests: str = ""
    preparers: tuple[int, ...] = ()
    source: UUID | None = None


@dataclass(frozen=True, slots=True)
class SeriesInput:
    """An entry that comes again: on days of the week (0 is Monday), or on days of the month."""

    kind: str
    content: str
    session: str
    weekdays: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    start: time | None = None
    end: time | None = None
    place: str = ""
    room: int | None = None
    leader: int | None = None
    guests: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Something to think of, in words. ``kind``: person, room, hours, holiday, stand_in."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class SeatView:
    """Somebody who takes part or prepares: a post with the name of the day, or a whole unit."""

    unit_id: int
    unit: str
    position_id: int | None
    post: str
    name: str

    @property
    def said(self) -> str:
        """Who it is in a list: name and post, or the unit."""
        return ", ".join(dict.fromkeys(part for part in (self.name, self.post) if part)) or self.unit


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of a calendar. ``room_id`` and ``position_ids`` are what other entries may clash with."""

    id: UUID
    version: int
    kind: str
    kind_label: str
    content: str
    session: str
    open_end: bool
    starts_at: datetime
    ends_at: datetime
    place: str
    room_id: int | None
    leader_id: int | None
    leader: str
    leader_post: str
    host: str
    attendees: tuple[SeatView, ...]
    guests: str
    preparers: tuple[SeatView, ...]
    state: str
    state_label: str
    mark: str
    mark_label: str
    reason: str
    unit: str
    proposer: str
    clashes: tuple[Clash, ...] = ()

    @property
    def position_ids(self) -> frozenset[int]:
        found = {seat.position_id for seat in self.attendees} | {self.leader_id}
        return frozenset(post for post in found if post is not None)

    @property
    def led_by(self) -> str:
        """Who leads: name and post, or the words of the host."""
        return ", ".join(dict.fromkeys(part for part in (self.leader, self.leader_post) if part)) or self.host


@dataclass(frozen=True, slots=True)
class Ghost:
    """What stood here before an entry was moved to another day."""

    id: UUID
    content: str
    session: str
    open_end: bool
    starts_at: datetime
    ends_at: datetime
    to: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of the calendar. ``off`` says why nobody works, empty on a working day."""

    day: date
    off: str
    rows: tuple[EntryRow, ...]
    ghosts: tuple[Ghost, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week from Monday to Sunday. ``published_at`` is None while only the office and who takes part see it."""

    agency_id: int
    agency: str
    monday: date
    days: tuple[DayView, ...]
    published_at: datetime | None
    published_by: str

    @property
    def sunday(self) -> date:
        return self.days[-1].day

    @property
    def rows(self) -> tuple[EntryRow, ...]:
        """Every entry once, in order."""
        return tuple({row.id: row for day in self.days for row in day.rows}.values())


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change after approval, newest first. ``old_starts`` is where the entry stood."""

    id: int
    kind: str
    label: str
    at: datetime
    by: str
    reason: str
    old_session: str
    old_open_end: bool
    old_starts: datetime
    old_ends: datetime
    old_place: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """The record an entry came from, as far as the reader may read it."""

    id: UUID
    kind: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry whole. ``abilities`` are the acts open to the reader now."""

    row: EntryRow
    agency_id: int
    changes: tuple[ChangeView, ...]
    source: SourceView | None
    has_source: bool
    published: bool
    posts: tuple[int, ...]
    proposed_by: int
    abilities: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class RoomView:
    id: int
    name: str
    seats: int | None


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A recurring entry; ``rule`` says its days in words."""

    id: int
    kind_label: str
    content: str
    rule: str
    leader: str
    place: str
    made_until: date
