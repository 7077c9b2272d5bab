"""Who was let to read documents beside their way, and what waits to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from congvu.common.actor import Actor
from congvu.common.counting import Counting, reusable
from congvu.domains.documents import policies
from congvu.domains.documents.models import AccessChange
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import visible_ids

MOST = 200


@dataclass(frozen=True, slots=True)
class AccessChangeView:
    """Somebody was let to read a document. ``kept`` is None until a leader has settled it."""

    id: int
    record_id: UUID
    kind: str
    title: str
    reader: str
    reason: str
    at: datetime
    by: str
    by_position: str
    settled_at: datetime | None
    settled_by: str
    kept: bool | None


def access_waiting(actor: Actor) -> tuple[AccessChangeView, ...]:
    """Changes of the leader's agency that nobody has confirmed, the oldest first. One statement; none for others."""
    rows = _waiting(actor, _agency(actor))
    return tuple(_view(row) for row in rows.select_related("record").order_by("at")[:MOST])


def count_access_waiting(actor: Actor) -> Counting:
    """How many of them there are. It asks the tree of units for the agency, nothing else."""
    return _counted(actor, _agency(actor))


@reusable
def _counted(actor: Actor, agency: int | None) -> Counting:
    return Counting.of(_waiting(actor, agency).values("id"))


def _agency(actor: Actor) -> int | None:
    if actor.unit_id is None or not actor.has_role(*policies.LEADERS):
        return None
    return orgs.agency_of(actor.unit_id).id


def _waiting(actor: Actor, agency: int | None) -> QuerySet[AccessChange]:
    if agency is None:
        return AccessChange.objects.none()
    return AccessChange.objects.filter(agency=agency, settled_at=None, record__in=visible_ids(actor))


def access_of(actor: Actor, document_id: UUID) -> tuple[AccessChangeView, ...]:
    """Who was let to read one document, the newest first. Raises NotFound when the actor may not read it."""
    policies.may_read(actor, document_id)
    rows = AccessChange.objects.filter(record=document_id).select_related("record").order_by("-at", "-id")
    return tuple(_view(row) for row in rows)


def may_share(actor: Actor, document_id: UUID) -> bool:
    """Whether the form to let somebody read is offered."""
    return policies.allows(policies.may_share, actor, document_id)


def _view(row: AccessChange) -> AccessChangeView:
    return AccessChangeView(
        row.pk, row.record_id, row.record.kind, row.record.title, row.reader_name, row.reason, row.at, row.by,
        row.by_position, row.settled_at, row.settled_by, row.kept,
    )  # fmt: skip
