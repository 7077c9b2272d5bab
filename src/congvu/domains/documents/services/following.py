"""What becomes of an issued document at its recipients. Steps of journeys: the exchange tells, nobody decides."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from congvu.domains.documents.models import Outgoing, Recipient


def note_sent(document: UUID, document_id: str) -> None:
    """The document went to the exchange under this identifier."""
    Outgoing.objects.filter(record_id=document).update(document_id=document_id)


def note_state(document_id: str, recipient: str, *, code: str, words: str, at: datetime) -> None:
    """How far the document got at one recipient; unknown ones are left alone, the exchange keeps its own log."""
    Recipient.objects.filter(outgoing__document_id=document_id, way=Recipient.Way.EXCHANGE, code=recipient).update(
        state=code, state_words=words, state_at=at
    )
