"""Values of documents made known: what is asked for, and what lists and pages show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from congvu.ground.orgs.types import Member

CONFIRMED, CONFIRMED_LATE, LACKING, LATE, LEFT = "confirmed", "confirmed_late", "lacking", "late", "left"
DONE = frozenset({CONFIRMED, CONFIRMED_LATE})


@dataclass(frozen=True, slots=True)
class SpreadInput:
    """What is made known, to whom, and in how many working ``days`` it is confirmed.

    Either a ``document``, or an own notice: ``title`` with ``text`` or ``files``. ``units`` stand for all their people
    of today, ``positions`` for who holds them. ``note`` says what to pay attention to.
    """

    document: UUID | None = None
    title: str = ""
    text: str = ""
    files: tuple[UUID, ...] = ()
    note: str = ""
    units: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    days: int = 3


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """One person asked. ``state`` is confirmed, confirmed_late, lacking, late, or left with ``why``.

    Who left the post, or whose unit has ended, before confirming is shown and counted in no share.
    """

    id: UUID
    user_id: int
    name: str
    position_id: int
    post: str
    unit_id: int
    unit: str
    added_at: datetime
    due_at: datetime
    opened_at: datetime | None
    confirmed_at: datetime | None
    state: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are asked and have confirmed; ``total`` is without those who left."""

    total: int
    confirmed: int
    late: int
    left: int

    @classmethod
    def of(cls, states: Iterable[str]) -> Tally:
        listed = list(states)
        left = listed.count(LEFT)
        return cls(len(listed) - left, sum(state in DONE for state in listed), listed.count(LATE), left)

    @property
    def lacking(self) -> int:
        return self.total - self.confirmed

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: 100 only when everybody has."""
        return 100 * self.confirmed // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class UnitShare:
    """The people of one unit."""

    unit_id: int
    unit: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One line of the lists of who made something known."""

    id: UUID
    code: str
    title: str
    given_at: datetime
    given_by: str
    given_as: str
    due_at: datetime | None
    ended_at: datetime | None
    end_reason: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class MyReading:
    """What one person is asked to read, or has confirmed."""

    id: UUID
    code: str
    title: str
    given_at: datetime
    given_by: str
    given_as: str
    due_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class SpreadView:
    """One making known in full. ``readers`` and ``shares`` are for who answers for it (``manages``), and for the head
    of a unit those of the own people (``reports``); ``joined`` is for who manages; else empty. The tally counts
    ``readers``.

    ``mine`` is the reader's own line. ``joined`` are people who came to the addressed units since. ``abilities``:
    confirm, manage.
    """

    row: SpreadRow
    agency_id: int
    document_id: UUID | None
    document_kind: str
    note: str
    text: str
    days: int
    ended_by: str
    nudged_at: datetime | None
    mine: ReaderRow | None
    manages: bool
    reports: bool
    readers: tuple[ReaderRow, ...]
    shares: tuple[UnitShare, ...]
    joined: tuple[Member, ...]
    abilities: frozenset[str]
