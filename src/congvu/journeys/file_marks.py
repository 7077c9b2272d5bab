"""A mark of secrecy read in a file warns on the document the file belongs to (documents.md §6)."""

from __future__ import annotations

from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.ground.events.services import consumes
from congvu.ground.files import selectors as files
from congvu.ground.files.events import MarksFound


@consumes(MarksFound)
def warn_of_marks(event: MarksFound) -> None:
    """Only incoming documents are warned on: what is drafted here has its level chosen before the first word."""
    if documents.is_incoming(event.record):
        services.note_marks(SYSTEM, event.record, files.marks_of(event.record))
