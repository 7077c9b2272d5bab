"""What happens to files, for journeys to act on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from congvu.ground.events.services import event


@event("file.marks_found")
@dataclass(frozen=True, slots=True)
class MarksFound:
    """A mark of secrecy stands in the text of a file of this record."""

    record: UUID
