"""What the way of a draft does to the opinions asked on it. Steps of other acts."""

from __future__ import annotations

from uuid import UUID

from congvu.common.zones import utc_now
from congvu.domains.documents.events import DraftChanged
from congvu.domains.documents.models import Consultation, Consulted
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.ground.events.services import publish

CONSULT = "consult"


def text_changed(record: UUID) -> None:
    """A new version was written: whoever was asked about an earlier one is told."""
    if Consultation.objects.filter(outgoing=record, closed_at=None).exists():
        publish(DraftChanged(record=record))


def end_with_draft(record: UUID) -> None:
    """The draft was signed or dropped: nobody is waited for any more. What was said stays."""
    Consultation.objects.filter(outgoing=record, closed_at=None).update(closed_at=utc_now())
    for item in work.open_items(record):
        if item.kind == CONSULT:
            workflow.cancel_item(item.id)


def end_round(asked: Consultation, by: str) -> None:
    """One round is closed by whoever asked."""
    asked.closed_at, asked.closed_by = utc_now(), by
    asked.save(update_fields=["closed_at", "closed_by"])
    items = set(Consulted.objects.filter(consultation=asked).values_list("item", flat=True))
    for item in work.open_items(asked.outgoing_id):
        if item.id in items:
            workflow.cancel_item(item.id)
