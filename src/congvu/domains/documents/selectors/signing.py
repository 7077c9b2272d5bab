"""What waits for somebody's signature, and what became of a batch of signatures."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from congvu.common.actor import Actor
from congvu.common.counting import Counting
from congvu.common.symbols import written
from congvu.domains.documents.issuers import issuers_of, shown_number
from congvu.domains.documents.models import Copy, Outgoing, Reading, SignaturePicture, Version
from congvu.domains.documents.objections import heard, opinions_on
from congvu.domains.documents.policies import OUTGOING
from congvu.domains.documents.services.naming import full_code
from congvu.domains.documents.types import OpinionsOn, SigningRow
from congvu.engines.signing import selectors as register
from congvu.engines.signing.types import ItemState
from congvu.engines.workflow import selectors as work
from congvu.ground.orgs import selectors as orgs

SIGN = "sign"


def to_sign(actor: Actor) -> tuple[SigningRow, ...]:
    """Documents that wait for the actor's signature: the most urgent first, then by kind in the decree's order, then by
    how long they wait. One that a key has signed and that only waits for its time stamp is not among them. Five
    statements, of which one asks whether the tree of units has changed."""
    items = {item.record_id: item for item in work.held(actor, step_kind=SIGN, record_kind=OUTGOING)}
    for record, newest in register.latest(items).items():
        if newest.state is ItemState.HELD:
            del items[record]
    if not items:
        return ()
    seen = Reading.objects.filter(version=OuterRef("id"), user=actor.user_id or 0)
    rows = (
        Version.objects.filter(outgoing__in=list(items), n=F("outgoing__version"))
        .select_related("outgoing__kind", "outgoing__record")
        .annotate(seen=Subquery(seen.values("at")))
        .defer("content")
    )
    there, said = orgs.tree(), opinions_on(items)
    found = []
    for row in rows:
        document, item = row.outgoing, items[row.outgoing_id]
        unit, opinions = there.get(document.drafting_unit_id), said.get(row.outgoing_id, OpinionsOn())
        found.append(
            SigningRow(
                id=row.outgoing_id, item=item.id, version=row.n, code=full_code(document), kind=document.kind.name,
                kind_order=document.kind.order, title=row.subject, unit=unit.short_name or unit.name if unit else "",
                drafter=document.drafter_name, priority=document.priority, note=row.note, since=item.created_at,
                due_at=item.step_due_at or item.due_at, opinions=opinions,
                read=row.seen is not None and heard(opinions, row.seen),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda row: (-row.priority, row.kind_order, row.since, row.id)))


def count_to_sign(actor: Actor) -> Counting:
    """How many documents wait for the actor's signature."""
    return work.held_count(actor, step_kind=SIGN, record_kind=OUTGOING)


def own_signature(actor: Actor) -> bytes | None:
    """The actor's own handwriting, PNG; None without one. One statement."""
    row = SignaturePicture.objects.filter(user=actor.user_id or 0).order_by("-at", "-id").first()
    return bytes(row.content) if row else None


def own_seal(actor: Actor) -> bytes | None:
    """The seal of the actor's own agency, PNG; None without one, or without books. Raises nothing."""
    mine = issuers_of(actor.unit_id) if actor.unit_id is not None else ()
    row = SignaturePicture.objects.filter(issuer=mine[0].id).order_by("-at", "-id").first() if mine else None
    return bytes(row.content) if row else None


def names_of(documents: list[UUID]) -> dict[UUID, tuple[str, str]]:
    """Code and subject of outgoing documents and copies, for the list of a batch. The caller owns the batch. Two
    statements."""
    rows = Outgoing.objects.filter(record_id__in=documents).select_related("record", "kind")
    found = {row.record_id: (f"{row.kind.name} {full_code(row)}", row.record.title) for row in rows}
    copies = Copy.objects.filter(record_id__in=documents).select_related("record")
    return found | {row.record_id: (written(shown_number(row.number), row.symbol), row.record.title) for row in copies}
