"""Values in and out of the room. Nothing here touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

STEP_KINDS = (
    "receive", "assign", "appraise", "consult", "review", "approve", "issue", "return", "draft", "endorse", "sign",
    "other",
)  # fmt: skip
NEXT, SEND_BACK = "next", "send_back"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the ordered table most offices edit.

    ``role`` is a role key, or None where an imported role maps to none of ours: such a table is a draft and cannot
    start. ``place`` names the kind of unit (``center``, ``section``, ``authority``…), bound to a unit when a process
    starts. ``hours`` are planned working hours; None is somebody else's clock, drawn as a pause. ``outcomes`` are
    the answers the step allows: a bare key goes on to the next step, ``key>step`` jumps to another step or to
    ``end``; ``send_back`` is always a return. Consecutive rows with the same ``group`` run side by side.
    ``public_name`` is what the applicant reads, empty for steps that are not shown.
    """

    key: str
    name: str
    role: str | None
    place: str = "center"
    hours: Decimal | None = None
    public_name: str = ""
    kind: str = "other"
    outcomes: tuple[str, ...] = (NEXT, SEND_BACK)
    pause: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class ProcessReport:
    """What compiling one process said. Errors: it cannot run. Warnings: it runs, but not all that is drawn counts."""

    id: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def runnable(self) -> bool:
        return not self.errors


@dataclass(frozen=True, slots=True)
class FileReport:
    """What checking one BPMN file said; ``errors`` are of the file as a whole."""

    processes: tuple[ProcessReport, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DefinitionView:
    """A published version of a process."""

    id: int
    key: str
    version: int
    title: str
    runnable: bool
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    places: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of the inbox. ``group`` is ``late``, ``today``, ``week`` or ``later``; times are aware."""

    id: UUID
    record_id: UUID
    record_kind: str
    kind: str
    step_kind: str
    name: str
    code: str
    title: str
    unit_id: int
    due_at: datetime | None
    step_due_at: datetime | None
    group: str
    seen: bool
    assignee_id: int | None
    assignee: str
    outcomes: tuple[str, ...]
    snoozed_until: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows; ``next`` is the cursor of the page after it, empty on the last."""

    rows: tuple[WorkRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One work item in full. ``state`` is open, done or cancelled; ``may_work`` says the asking actor holds it."""

    id: UUID
    record_id: UUID
    record_kind: str
    instance_id: UUID | None
    node: str
    kind: str
    step_kind: str
    name: str
    public_name: str
    code: str
    title: str
    unit_id: int
    state: str
    outcome: str
    outcomes: tuple[str, ...]
    holders: tuple[str, ...]
    assignee_id: int | None
    assignee: str
    due_at: datetime | None
    step_due_at: datetime | None
    planned_hours: Decimal | None
    created_at: datetime
    done_at: datetime | None
    done_by: str
    done_position: str
    on_behalf_of: str
    may_work: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the tracker. ``state`` is done, now, wait (somebody else's clock) or todo.

    ``holder`` is a person's name when known, else the role key. ``at`` is when it was done, or when it began for a
    step under way. ``round`` is 2 the second time the step is taken. Steps that run side by side share ``group``.
    """

    node: str
    name: str
    public_name: str
    kind: str
    state: str
    holder: str
    unit_id: int | None
    at: datetime | None
    planned: Decimal | None
    round: int = 1
    group: str = ""
    item: UUID | None = None


@dataclass(frozen=True, slots=True)
class Assignee:
    """A position, and the name shown for it."""

    position_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Done:
    """What completing a step did: the items it opened and their kinds, and whether the process ended (how)."""

    item: UUID
    opened: tuple[UUID, ...]
    ended: bool
    outcome: str
    kinds: tuple[str, ...] = ()
