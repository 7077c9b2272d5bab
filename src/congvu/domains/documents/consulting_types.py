"""Values about opinions on drafts; ``types`` is the door to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ConsultInput:
    """Whom to ask, as pairs of unit and post (None: its head answers for the unit), what, and the last day."""

    asked: tuple[tuple[int, int | None], ...]
    due_on: date | None
    question: str = ""


@dataclass(frozen=True, slots=True)
class DraftOpinionView:
    """What somebody said of version ``version``, and the drafter's answer to it."""

    id: int
    stance: str
    stance_label: str
    text: str
    file: UUID | None
    version: int
    at: datetime
    by: str
    by_position: str
    on_behalf_of: str
    taken: str
    taken_label: str
    words: str
    settled_by: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConsultedView:
    """Somebody who was asked, the newest opinion first; ``mine``: the reader may answer."""

    id: int
    name: str
    mine: bool
    opinions: tuple[DraftOpinionView, ...]

    @property
    def newest(self) -> DraftOpinionView | None:
        """What counts of what was said."""
        return self.opinions[0] if self.opinions else None


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """One round of asking. ``version`` is what was asked about, ``current`` the newest; ``open``: answers are taken."""

    id: UUID
    version: int
    current: int
    question: str
    due_at: datetime
    asked_at: datetime
    asked_by: str
    asked_by_position: str
    open: bool
    closed_at: datetime | None
    closed_by: str
    consulted: tuple[ConsultedView, ...]

    @property
    def answered(self) -> int:
        return sum(bool(one.opinions) for one in self.consulted)

    @property
    def mine(self) -> ConsultedView | None:
        """Where the reader answers; nothing once it is closed."""
        return next((one for one in self.consulted if one.mine), None) if self.open else None


@dataclass(frozen=True, slots=True)
class ConsultRow:
    """One line of a list: asked by me, or asked of me; ``stance`` is what my side said last."""

    id: UUID
    document: UUID
    code: str
    title: str
    question: str
    asked_by: str
    asked_at: datetime
    due_at: datetime
    open: bool
    asked: int
    answered: int
    stance: str
    stance_label: str


@dataclass(frozen=True, slots=True)
class ConsultPage:
    """A page of rows; ``next`` is the cursor of the page after it, empty on the last."""

    rows: tuple[ConsultRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class OpenOpinion:
    """What somebody said against a draft or to be changed, which its drafter has neither taken over nor explained."""

    name: str
    stance: str
    stance_label: str
    text: str


@dataclass(frozen=True, slots=True)
class OpinionsOn:
    """How many were asked about a draft and have answered, what is unsettled, and when the newest of those who are
    against it spoke."""

    asked: int = 0
    answered: int = 0
    unsettled: tuple[OpenOpinion, ...] = ()
    objected_at: datetime | None = None
