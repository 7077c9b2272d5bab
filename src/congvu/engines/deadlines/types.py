"""Clocks as values: what a screen shows and what the arithmetic needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from congvu.ground.worktime.types import Budget, Calendar


class ClockKind(StrEnum):
    """The legal clock decides the promised time; the index clock is that of QĐ 766/QĐ-TTg."""

    LEGAL = "legal"
    INDEX = "index"


class Effect(StrEnum):
    """What a pause does to the term: it begins again from zero, or the waiting is not counted."""

    RESTART = "restart"
    SUBTRACT = "subtract"


class ClockState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class PauseReason(StrEnum):
    """Why a clock waits: for papers (R8), for a payment to the State (R21), or for another lawful reason.

    Consulting another agency is none of these: it never pauses.
    """

    SUPPLEMENT = "supplement"
    FINANCIAL = "financial"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause of one clock; ``until`` None while it lasts. A cancelled pause counts as if it had not been."""

    reason: PauseReason
    effect: Effect
    since: datetime
    until: datetime | None = None
    cancelled_at: datetime | None = None
    note: str = ""
    basis: str = ""
    by: str = ""

    @property
    def counts(self) -> bool:
        return self.cancelled_at is None


@dataclass(frozen=True, slots=True)
class Extension:
    """A new appointment with an apology (form 04): once, and before the old one has come."""

    at: datetime
    old_due: datetime
    new_due: datetime
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What was fixed at reception: from when, how long, and the settings of the unit."""

    start: datetime
    budget: Budget
    until: str = "quarter"
    outside: str = "day"


@dataclass(frozen=True, slots=True)
class Derived:
    """A due time derived from the rows. ``term_start`` is the reception or the latest restart."""

    due: datetime
    term_start: datetime
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Soon:
    """When a chip says “soon”: within ``share`` percent of the term or ``days`` working days, whichever is longer."""

    share: int
    days: int


@dataclass(frozen=True, slots=True)
class Term:
    """A span with an end that somebody set, such as a direction's; ``closed_at`` once the work is done."""

    since: datetime
    due: datetime
    calendar: Calendar = field(repr=False)
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock of a record.

    ``due`` is None while the clock waits: the citizen then reads the full term and ``sentence``, never a
    remainder. ``late_by_rule`` marks an index clock after a second supplement request, which QĐ 766 counts as
    overdue whatever the time. ``pauses`` holds cancelled ones too. ``soon`` is None where no chip is drawn of it.
    """

    record: UUID
    kind: ClockKind
    rule: Effect
    state: ClockState
    started: datetime
    term_start: datetime
    due: datetime | None
    budget: Budget
    basis: str
    calendar: Calendar = field(repr=False)
    sentence: str
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    stopped_at: datetime | None = None
    outcome: str = ""
    late_by_rule: bool = False
    provisional: bool = False
    soon: Soon | None = None

    @property
    def restarts(self) -> tuple[datetime, ...]:
        """The moments at which the term began again from zero."""
        found = (p.until for p in self.pauses if p.counts and p.effect is Effect.RESTART)
        return tuple(moment for moment in found if moment is not None)

    @property
    def open_pause(self) -> Pause | None:
        return next((p for p in reversed(self.pauses) if p.counts and p.until is None), None)

    @property
    def closed_at(self) -> datetime | None:
        """The moment that is compared with the due time: when it stopped, or began to wait and then stopped."""
        return self.open_pause.since if self.stopped_at and self.open_pause else self.stopped_at


class ChipState(StrEnum):
    ON = "on"
    SOON = "soon"
    LATE = "late"
    PAUSE = "pause"
    DONE = "done"
    DONELATE = "donelate"


@dataclass(frozen=True, slots=True)
class DueChip:
    """A deadline as the chip shows it. ``exact`` and ``explain`` make the tooltip; ``spoken`` is read aloud."""

    state: ChipState
    words: str
    exact: str
    explain: str
    spoken: str
