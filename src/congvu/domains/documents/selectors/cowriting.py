"""Who writes a draft together with its drafter."""

from __future__ import annotations

from uuid import UUID

from congvu.common.actor import Actor
from congvu.domains.documents import policies
from congvu.domains.documents.models import CoWriter
from congvu.ground.records.selectors import get_visible


def co_writers(actor: Actor, document_id: UUID) -> tuple[tuple[int, str], ...]:
    """The posts that write with the drafter and who acts there, as named. Two statements. Raises NotFound."""
    get_visible(actor, document_id, kind=policies.OUTGOING)
    rows = CoWriter.objects.filter(outgoing=document_id, ended_at=None).order_by("named_at", "id")
    return tuple(rows.values_list("position_id", "name"))


def co_writer(key: int) -> tuple[UUID, int, str]:
    """The draft, the post that was named, and by whom. For journeys."""
    return CoWriter.objects.values_list("outgoing_id", "position_id", "named_by").get(id=key)
