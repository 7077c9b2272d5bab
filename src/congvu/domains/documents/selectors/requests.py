"""What the other side asks or is asked about a document, with its answers: the trace that stays."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from congvu.common.actor import Actor
from congvu.common.zones import local_date
from congvu.domains.documents.errors import NoIssuer
from congvu.domains.documents.issuers import book_of
from congvu.domains.documents.models import Incoming, Link, Outgoing, OutState, Recipient, Request
from congvu.domains.documents.policies import LEADERS
from congvu.domains.documents.services.naming import full_code
from congvu.domains.documents.services.recalling import OVER
from congvu.domains.documents.types import RequestView
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import visible_ids

# Kinds that a recall is made by.
NOTICES = ("TB", "QD", "CV")


def requests(actor: Actor, document_id: UUID) -> tuple[RequestView, ...]:
    """Every request about a document the actor may read, oldest first. Five statements at most."""
    rows = Request.objects.filter(record=document_id, record__in=visible_ids(actor)).select_related("record")
    found = list(rows.select_related("recipient").order_by("asked_at", "recipient", "id"))
    if not found:
        return ()
    own = _own_book(actor, document_id)
    return tuple(_view(row, actor, own=own) for row in found)


def open_request(document_id: UUID) -> UUID | None:
    """The request that waits for the records clerk's answer, if any."""
    rows = Request.objects.filter(record=document_id, recipient=None, answer="")
    return rows.order_by("asked_at", "recipient", "id").values_list("id", flat=True).first()


def request_of_item(item_id: UUID) -> UUID | None:
    """The request an item in the inbox waits for."""
    return Request.objects.filter(item=item_id).values_list("id", flat=True).first()


def asked_document(request_id: UUID) -> tuple[UUID, str, str, str, str]:
    """For journeys: the document a request is about, its operation, reason, answer and the recipient's code."""
    row = Request.objects.select_related("recipient").get(id=request_id)
    words = row.words if row.answer else row.reason
    return row.record_id, row.operation, words, row.answer, row.recipient.code if row.recipient else ""


def incoming_of(document_id: str, unit: int) -> tuple[UUID, ...]:
    """The documents in the book of an agency that came under an identifier. For journeys."""
    rows = Incoming.objects.filter(document_id=document_id, book__unit_id=unit)
    return tuple(rows.order_by("arrived_at").values_list("record_id", flat=True)) if document_id else ()


def has_request(message: UUID) -> bool:
    """Whether what a message asks was noted before. For journeys."""
    return Request.objects.filter(message=message, recipient=None).exists()


def document_id_of(document_id: UUID) -> str:
    """The identifier an issued document has on the exchange; empty while it was not sent. For journeys."""
    return Outgoing.objects.values_list("document_id", flat=True).get(record_id=document_id)


def recall_of(document_id: UUID) -> tuple[str, str, UUID | None]:
    """For journeys: identifier on the exchange and reason of a recalled document, and the notice that recalled it."""
    row = Outgoing.objects.get(record_id=document_id)
    notice = Link.objects.filter(target=document_id, relation=Link.Relation.RECALL).order_by("-at", "-id").first()
    return row.document_id, row.recall_reason, notice.source_id if notice else None


def may_ask_back(actor: Actor, document_id: UUID) -> tuple[tuple[int, str], ...]:
    """The recipients a document may still be asked back from, as id and name. One statement for who may ask."""
    if not actor.has_role("registrar", *LEADERS):
        return ()
    rows = Recipient.objects.filter(
        outgoing=document_id, outgoing__record__in=visible_ids(actor), outgoing__record__state=OutState.ISSUED,
        way=Recipient.Way.EXCHANGE,
    ).exclude(state__in=OVER)  # fmt: skip
    waiting = Request.objects.filter(recipient__outgoing=document_id, answer="").values("recipient")
    return tuple(rows.exclude(id__in=waiting).order_by("id").values_list("id", "name"))


def after_issue(actor: Actor, row: Outgoing) -> set[str]:
    """What this actor may do with an issued document: set it right, recall it, ask it back."""
    if row.record.state != OutState.ISSUED or actor.unit_id is None:
        return set()
    if orgs.tree().agency_of(actor.unit_id).id != row.issuer.unit_id:
        return set()
    return {"set_right", "recall", "ask_back"} if actor.has_role("registrar", *LEADERS) else {"set_right"}


def notices(actor: Actor, document_id: UUID, *, limit: int = 30) -> tuple[tuple[UUID, str, str], ...]:
    """What a document may be recalled by: id, code, subject of later documents of its issuer, the newest first. Two
    statements."""
    row = Outgoing.objects.get(record_id=document_id)
    rows = Outgoing.objects.filter(
        issuer=row.issuer_id, record__state=OutState.ISSUED, issued_at__gte=row.issued_at,
        record__in=visible_ids(actor), kind__key__in=NOTICES,
    ).exclude(pk=row.pk)  # fmt: skip
    found = rows.select_related("record").order_by("-issued_at", "-record_id")[:limit]
    return tuple((one.pk, full_code(one), one.record.title) for one in found)


def recall_reason(document_id: UUID) -> str:
    """Why a document was recalled."""
    return Outgoing.objects.values_list("recall_reason", flat=True).get(record_id=document_id)


def remarks(records: Iterable[UUID]) -> dict[UUID, str]:
    """What the books say in "Ghi chú" of recalls, replacements and their answers, by record. One statement.

    Printed, so Vietnamese.
    """
    found: dict[UUID, list[str]] = {}
    rows = (
        Request.objects.filter(record__in=list(records))
        .select_related("recipient")
        .order_by("asked_at", "recipient", "id")
    )
    for row in rows:
        found.setdefault(row.record_id, []).append(_remark(row))
    return {key: "; ".join(dict.fromkeys(words)) for key, words in found.items()}


_OPERATIONS = {"13": "lấy lại", "recall": "thu hồi", "update": "cập nhật", "replace": "thay thế"}
_ANSWERS = {"": "chờ trả lời", "15": "đồng ý", "16": "từ chối"}


def _remark(row: Request) -> str:
    who = row.recipient.name if row.recipient else row.asked_by
    asked = f"{_OPERATIONS[row.operation]} {local_date(row.asked_at):%d/%m/%Y}"
    answered = f" {local_date(row.answered_at):%d/%m/%Y}" if row.answered_at else ""
    return f"{who}: {asked}, {_ANSWERS[row.answer]}{answered}"


def _own_book(actor: Actor, document_id: UUID) -> bool:
    """Whether the document is of the actor's own agency and the actor answers for its books."""
    if not actor.has_role("registrar", *LEADERS):
        return False
    try:
        own = book_of(actor).unit_id
    except NoIssuer:
        return False
    incoming = Incoming.objects.filter(record=document_id, book__unit_id=own)
    return incoming.exists() or Outgoing.objects.filter(record=document_id, issuer__unit_id=own).exists()


def _view(row: Request, actor: Actor, *, own: bool) -> RequestView:
    to = row.recipient
    waits = not row.answer and own
    return RequestView(
        id=row.id, record_id=row.record_id, operation=row.operation,
        label=str(Request.Operation(row.operation).label), about=row.about, recipient=to.name if to else "",
        way=to.way if to else "", reason=row.reason, asked_at=row.asked_at, asked_by=row.asked_by, answer=row.answer,
        answer_label=str(Request.Answer(row.answer).label), answered_at=row.answered_at,
        answered_by=row.answered_by, words=row.words,
        may_answer=waits and to is None and actor.has_role("registrar"),
        may_note_return=waits and to is not None and to.way == Recipient.Way.PAPER,
    )  # fmt: skip
