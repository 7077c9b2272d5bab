"""What waits to be numbered and sealed, in the order in which it would be."""

from __future__ import annotations

from django.db.models import F

from congvu.common.actor import Actor
from congvu.domains.documents.models import Version
from congvu.domains.documents.policies import OUTGOING
from congvu.domains.documents.selectors.addressing import Directory, answered
from congvu.domains.documents.services.naming import full_code
from congvu.domains.documents.types import IssuingRow
from congvu.engines.signing import selectors as register
from congvu.engines.signing.types import ItemState
from congvu.engines.workflow import selectors as work

ISSUE = "issue"


def to_issue(actor: Actor) -> tuple[IssuingRow, ...]:
    """Signed documents that wait for the actor to issue them, with the recipients their texts name: those that have
    their number already, then the most urgent, then by the moment of the signature. What is sealed and only waits for
    its time stamp is not among them. Seven statements at most, whatever the number."""
    items = {item.record_id: item for item in work.held(actor, step_kind=ISSUE, record_kind=OUTGOING)}
    for record, newest in register.latest(items).items():
        if newest.state is ItemState.HELD:
            del items[record]
    if not items:
        return ()
    rows = Version.objects.filter(outgoing__in=list(items), n=F("outgoing__version"))
    names, replies = Directory(), answered(items)
    found = []
    for row in rows.select_related("outgoing__kind", "outgoing__record", "outgoing__issuer"):
        document = row.outgoing
        to = names.recipients(row.content, document.issuer.unit_id, replies.get(document.record_id, []))
        found.append(
            IssuingRow(
                id=document.record_id, item=items[document.record_id].id, code=full_code(document),
                kind=document.kind.name, title=row.subject, priority=document.priority, signer=document.signer_name,
                signed_at=document.signed_at, issued_on=document.issued_on, to=to,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda row: (row.issued_on is None, -row.priority, str(row.signed_at), row.id)))
