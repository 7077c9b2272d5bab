"""A document of either kind as these pages name it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.domains.documents import selectors as documents


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on top of the page, and the entry of the menu it belongs to."""

    id: UUID
    code: str
    title: str
    url: str
    current: str


def head_of(actor: Actor, document_id: UUID) -> Head:
    """Raises NotFound, whether the document is missing or hidden."""
    try:
        row = documents.incoming(actor, document_id).row
    except NotFound:
        out = documents.outgoing(actor, document_id).row
        url = reverse("desk_outgoing_document", args=[document_id])
        return Head(document_id, out.code, out.title, url, "desk_outgoing")
    return Head(
        document_id, row.code, row.title, reverse("desk_incoming_document", args=[document_id]), "desk_incoming"
    )
