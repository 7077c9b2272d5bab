"""What happens to tasks, for journeys to act on. Payloads carry ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from congvu.ground.events.services import event


@event("task.given")
@dataclass(frozen=True, slots=True)
class TaskGiven:
    """A task waits for its owner: given, given again, or handed on inside the unit."""

    record: UUID
    source: UUID | None


@event("task.begun")
@dataclass(frozen=True, slots=True)
class TaskBegun:
    """The owner began, or reported progress for the first time."""

    record: UUID


@event("task.returned")
@dataclass(frozen=True, slots=True)
class TaskReturned:
    record: UUID


@event("task.finished")
@dataclass(frozen=True, slots=True)
class TaskFinished:
    """The owner reported the task finished; the assigner judges it."""

    record: UUID


@event("task.redo")
@dataclass(frozen=True, slots=True)
class TaskRedo:
    record: UUID


@event("task.done")
@dataclass(frozen=True, slots=True)
class TaskDone:
    """The task ended: ``outcome`` is done (accepted), failed or cancelled."""

    record: UUID
    source: UUID | None
    outcome: str


@event("task.extension_asked")
@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    record: UUID
    extension: int


@event("task.extension_answered")
@dataclass(frozen=True, slots=True)
class ExtensionAnswered:
    record: UUID
    extension: int


@event("task.said")
@dataclass(frozen=True, slots=True)
class TaskSaid:
    """Somebody wrote into the thread."""

    record: UUID
    entry: int


@event("task.notice")
@dataclass(frozen=True, slots=True)
class TaskNotice:
    """The term draws near (``level`` 1), is over (2), or has been over for long (3)."""

    record: UUID
    level: int
