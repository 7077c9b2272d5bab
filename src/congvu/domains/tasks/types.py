"""Values that enter and leave the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit and a post in it; without a post the one that leads the unit. A supporter may have an earlier ``due``."""

    unit: int
    position: int | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class TaskOrder:
    """What is ordered. Either ``due`` or ``no_term`` is said. ``source`` is the record it comes from.

    ``supporters`` take part, ``watchers`` only follow. ``output`` is what has to lie there in the end.
    """

    title: str
    output: str
    owner: Holder
    due: datetime | None = None
    no_term: bool = False
    content: str = ""
    source: UUID | None = None
    parent: UUID | None = None
    supporters: tuple[Holder, ...] = ()
    watchers: tuple[Holder, ...] = ()
    task_code: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """New facts of a task nobody has begun. Either ``due`` or ``no_term`` is said."""

    title: str
    output: str
    content: str = ""
    due: datetime | None = None
    no_term: bool = False
    task_code: str = ""


class Standing(models.TextChoices):
    """The state and the term in one word, as lists and boards show it."""

    WAITING = "waiting", gettext_lazy("Chưa thực hiện")
    WAITING_LATE = "waiting_late", gettext_lazy("Chưa thực hiện, quá hạn")
    DOING = "doing", gettext_lazy("Đang thực hiện")
    DOING_LATE = "doing_late", gettext_lazy("Đang thực hiện, quá hạn")
    RETURNED = "returned", gettext_lazy("Bị trả lại")
    JUDGING = "judging", gettext_lazy("Chờ đánh giá")
    DONE = "done", gettext_lazy("Hoàn thành đúng hạn")
    DONE_LATE = "done_late", gettext_lazy("Hoàn thành quá hạn")
    FAILED = "failed", gettext_lazy("Không đạt")
    CANCELLED = "cancelled", gettext_lazy("Đã hủy")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of a list. ``asking`` says that an extension waits for its answer; times are aware."""

    id: UUID
    code: str
    title: str
    state: str
    standing: Standing
    owner_unit_id: int
    owner_unit: str
    owner_name: str
    assigner_name: str
    due_at: datetime | None
    finished_at: datetime | None
    given_at: datetime
    percent: int
    asking: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows; ``next`` is the cursor of the page after it, empty on the last."""

    rows: tuple[TaskRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class PartView:
    """Somebody on the task: unit, post and the name of the day. ``done_at`` is when a supporter reported done,
    ``due_at`` an own term of a supporter."""

    part: str
    unit_id: int
    unit: str
    position_id: int
    post: str
    name: str
    done_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of the thread."""

    kind: str
    label: str
    text: str
    percent: int | None
    files: tuple[UUID, ...]
    at: datetime
    by: str
    post: str
    on_behalf_of: str


@dataclass(frozen=True, slots=True)
class ExtensionView:
    """A request for a later term; ``granted`` None while it waits."""

    id: int
    asked_at: datetime
    asked_by: str
    reason: str
    old_due: datetime
    wanted: datetime
    answered_at: datetime | None
    answered_by: str
    granted: bool | None
    new_due: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """The record a task came from, or the one that is its result, as far as the reader may read it."""

    id: UUID
    kind: str
    code: str
    title: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task whole. ``source`` and ``result`` are None when there is none or the reader may not read it;
    ``has_source`` tells the two apart. ``abilities`` are the acts open to the reader now."""

    id: UUID
    version: int
    code: str
    title: str
    state: str
    standing: Standing
    content: str
    output: str
    task_code: str
    assigner: PartView
    owner: PartView
    supports: tuple[PartView, ...]
    due_at: datetime | None
    calendar: str
    percent: int
    given_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    ended_at: datetime | None
    has_source: bool
    source: SourceView | None
    result: SourceView | None
    parent: TaskRow | None
    children: tuple[TaskRow, ...]
    entries: tuple[EntryView, ...]
    extensions: tuple[ExtensionView, ...]
    abilities: frozenset[str]

    @property
    def asking(self) -> ExtensionView | None:
        """The request that waits for its answer."""
        return next((asked for asked in self.extensions if asked.granted is None), None)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """Tasks of one source, one unit or one leader. Late ones are open and past their term."""

    key: str
    label: str
    code: str
    total: int
    open: int
    late: int
    judging: int
    done: int
    done_late: int

    @property
    def on_time(self) -> int:
        """Finished within the term, or without one."""
        return self.done - self.done_late
