"""Reading proposed results: one dossier's, and those whose approval waits for a post."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from congvu.common.actor import Actor
from congvu.common.counting import Counting, reusable
from congvu.domains.dossiers.models import ProposalReading, ProposedResult
from congvu.domains.dossiers.types import ProposalView, ResultToSign
from congvu.engines.workflow import selectors as work
from congvu.ground.records.selectors import visible_ids

APPROVE, KIND = "approve", "dossier"


def proposal(actor: Actor, dossier_id: UUID, *, n: int | None = None) -> ProposalView | None:
    """The newest proposal of a dossier the actor may read, or its ``n``-th; None without. One statement."""
    rows = _rows(actor).filter(dossier=dossier_id)
    row = (rows.filter(n=n) if n is not None else rows.order_by("-n")).first()
    return _view(row) if row is not None else None


def results_to_sign(actor: Actor) -> tuple[ResultToSign, ...]:
    """Results that somebody has proposed and whose approval waits for the actor, the oldest first. Two statements."""
    items = {item.record_id: item for item in work.held(actor, step_kind=APPROVE, record_kind=KIND)}
    if not items:
        return ()
    newest = ProposedResult.objects.filter(dossier=OuterRef("dossier")).order_by("-n").values("n")[:1]
    rows = _rows(actor).filter(dossier__in=list(items), n=Subquery(newest))
    found = {row.dossier_id: _view(row) for row in rows}
    return tuple(
        ResultToSign(item.id, item.code, item.title, item.created_at, item.step_due_at or item.due_at, found[record])
        for record, item in items.items()
        if record in found
    )


@reusable
def count_to_sign(actor: Actor) -> Counting:
    """How many of them there are."""
    return work.held_among(actor, ProposedResult.objects.values("dossier"), step_kind=APPROVE, record_kind=KIND)


def _rows(actor: Actor) -> QuerySet[ProposedResult]:
    read = ProposalReading.objects.filter(proposal=OuterRef("id"), user=actor.user_id or 0)
    return ProposedResult.objects.filter(dossier__in=visible_ids(actor)).annotate(read=Exists(read))


def _view(row: ProposedResult) -> ProposalView:
    return ProposalView(row.dossier_id, row.n, row.name, row.text, row.file, row.by, row.at, row.read)  # type: ignore[attr-defined]
