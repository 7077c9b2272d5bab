"""What happens to work files, for journeys to act on. Payloads carry ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from congvu.ground.events.services import event


@event("workfile.due")
@dataclass(frozen=True, slots=True)
class FileDue:
    """A closed file is to be handed to the archive soon."""

    record: UUID


@event("workfile.submitted")
@dataclass(frozen=True, slots=True)
class FileSubmitted:
    record: UUID


@event("workfile.answered")
@dataclass(frozen=True, slots=True)
class FileAnswered:
    """The archive accepted or returned the file; ``answer`` says which."""

    record: UUID
    answer: str


@event("workfile.destroyed")
@dataclass(frozen=True, slots=True)
class FileDestroyed:
    """The content of the file is gone by decision of the head; its trace stays."""

    record: UUID
