"""What the sender of an incoming document asks of it, and the records clerk's answer: 15 or 16.

An agreed recall destroys the document and its data here; the trace of the recall stays (NĐ 30/2020 Phụ lục VI phần I
mục III.8). An agreed update sets the new data, an agreed replacement ends the work on the old document.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import SYSTEM, Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.symbols import written
from congvu.common.text import clean
from congvu.common.zones import utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.events import RequestAnswered
from congvu.domains.documents.models import Incoming, InState, Link, Opinion, Request
from congvu.domains.documents.services import spread_ending, steps
from congvu.domains.documents.services.naming import code_of
from congvu.domains.documents.services.recalling import REASON_LIMIT, require_unanswered
from congvu.domains.documents.types import RequestInput
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

ITEM = "answer"
GONE = spread_ending.GONE
REPLACED = "Nơi gửi đã thay thế văn bản này bằng văn bản khác."
RECALLED = "Nơi gửi đã thu hồi văn bản này."
NAMES = {
    "13": "Trả lời đề nghị lấy lại văn bản", "recall": "Trả lời đề nghị thu hồi văn bản",
    "update": "Trả lời đề nghị cập nhật văn bản", "replace": "Trả lời đề nghị thay thế văn bản",
}  # fmt: skip
# What an update may change; the number of arrival, the sender and what happened here stay.
CHANGEABLE = (
    "number", "symbol", "issued_on", "kind_name", "signer", "signer_position", "priority", "pages", "copies",
    "paper_follows", "reply_by", "description",
)  # fmt: skip
EMPTIED: dict[str, Any] = {
    "number": "", "symbol": "", "issued_on": None, "kind_name": "", "signer": "", "signer_position": "", "priority": 0,
    "pages": None, "copies": 1, "paper_follows": False, "reply_by": None, "description": "", "warnings": [],
    "sent_back_reason": "", "result": "",
}  # fmt: skip


@act("document.note_request", policy=policies.only_system, label="Nhận đề nghị của nơi gửi về văn bản đến")
def note_request(actor: Actor, document_id: UUID, given: RequestInput) -> UUID:
    """Show the records clerk what the sender asks; the same message, or the same request while it waits, once.

    A request the exchange has declined already (the document is over) is kept with its answer. Raises Invalid for no
    such operation.
    """
    if given.operation not in Request.Operation.values:
        message = _("Không có loại đề nghị này.")
        raise Invalid(message, problems=(Problem("operation", message, "unknown"),))
    record, row = steps.load(document_id)
    known = Request.objects.filter(record=record, recipient=None)
    before = known.filter(message=given.message).first() or (
        None if given.declined else known.filter(operation=given.operation, answer="").first()
    )
    if before is not None:
        note(repeat_of=str(before.id))
        return before.id
    made = _keep(record, row, given)
    _attach(actor, made)
    note(record=record.id, operation=given.operation, reason=given.reason[:200], declined=given.declined[:200])
    return made.id


def _keep(record: Record, row: Incoming, given: RequestInput) -> Request:
    own = written(row.number, row.symbol)
    about = f"{own} ngày {row.issued_on:%d/%m/%Y}" if row.issued_on else own
    now = utc_now()
    answered = (
        {"answer": Request.Answer.DECLINED, "answered_at": now, "answered_by": "Hệ thống", "words": given.declined}
        if given.declined
        else {"item": _open_item(record, row, given.operation)}
    )
    return Request.objects.create(
        record=record, operation=given.operation, about=about[:200], reason=clean(given.reason)[:REASON_LIMIT],
        asked_at=now, asked_by=given.by[:200], message=given.message, changes=given.changes,
        files=[str(file) for file in given.files], **answered,
    )  # fmt: skip


def _open_item(record: Record, row: Incoming, operation: str) -> UUID:
    clerks = [key for key in record.readers if key in policies.clerk_keys(row.book.unit_id)]
    return workflow.open_item(
        record.id, kind=ITEM, name=NAMES[operation], holders=clerks or [f"r:registrar@{row.book.unit_id}"],
        unit_id=row.book.unit_id, code=code_of(row) or row.sender[:50],
    )  # fmt: skip


def _attach(actor: Actor, made: Request) -> None:
    """What an update brings can be read before it is answered."""
    for file in made.files:
        files.attach(actor, UUID(file), record=made.record_id, purpose="document", label="Bản cập nhật của nơi gửi")


@act("document.agree", policy=policies.may_answer, label="Đồng ý đề nghị của nơi gửi")
def agree(actor: Actor, request_id: UUID, *, version: int | None = None) -> None:
    """The records clerk agrees: the document is destroyed here, updated, or ended for its replacement.

    Raises Conflict when it was answered before or the page is stale.
    """
    asked, record, row = _load(request_id, version)
    _settle(actor, asked, Request.Answer.AGREED, "")
    match asked.operation:
        case Request.Operation.UPDATE:
            _update(record, row, asked)
        case Request.Operation.REPLACE:
            _give_way(record, row, asked)
            spread_ending.end_with_document(record.id, by=actor.name, reason=REPLACED)
        case _:
            spread_ending.end_with_document(record.id, by=actor.name, reason=RECALLED)
            spread_ending.destroy_with_document(record.id)
            _destroy(record, row)
    publish(RequestAnswered(request=asked.id))
    note(record=record.id, operation=asked.operation, about=asked.about)


@act("document.refuse_request", policy=policies.may_answer, label="Từ chối đề nghị của nơi gửi")
def refuse_request(actor: Actor, request_id: UUID, *, reason: str, version: int | None = None) -> None:
    """The records clerk refuses, and the sender learns why; the document stays. Raises Invalid, Conflict."""
    words = clean(reason)
    if not words or len(words) > REASON_LIMIT:
        message = _("Ghi lý do từ chối để nơi gửi biết, tối đa %(n)s ký tự.") % {"n": REASON_LIMIT}
        raise Invalid(message, problems=(Problem("reason", message, "missing"),))
    asked, record, _row = _load(request_id, version)
    _settle(actor, asked, Request.Answer.DECLINED, words)
    for file in asked.files:
        files.detach(SYSTEM, UUID(file))
    records.change(record)
    publish(RequestAnswered(request=asked.id))
    note(record=record.id, operation=asked.operation, reason=words[:200])


def _load(request_id: UUID, version: int | None) -> tuple[Request, Record, Incoming]:
    record, row = steps.load(Request.objects.values_list("record_id", flat=True).get(id=request_id), version=version)
    asked = Request.objects.get(id=request_id)
    require_unanswered(asked)
    return asked, record, row


def _settle(actor: Actor, asked: Request, answer: Request.Answer, words: str) -> None:
    asked.answer, asked.answered_at, asked.answered_by, asked.words = answer, utc_now(), actor.name, words
    asked.save(update_fields=["answer", "answered_at", "answered_by", "words"])
    for item in work.open_items(asked.record_id):
        if item.id == asked.item:
            workflow.complete(item.id, actor=actor, note=words[:2000])


def _destroy(record: Record, row: Incoming) -> None:
    """Files, text and data go; number and day of arrival, the sender and the trace of the recall stay."""
    _end_work(record)
    row.directions.update(opinion="", result="", withdrawn_at=utc_now())
    Opinion.objects.filter(record=record).delete()
    Link.objects.filter(source=record).exclude(relation=Link.Relation.RECALL).delete()
    files.destroy_of(record.id)
    for name, value in EMPTIED.items():
        setattr(row, name, value)
    row.save(update_fields=list(EMPTIED))
    Request.objects.filter(record=record).update(changes={}, files=[])
    closed = record.closed_at or utc_now()
    records.change(
        record, state=InState.RECALLED, closed_at=closed, due_at=None, title=GONE, search=row.sender, urgency=0
    )
    workflow.retitle(record.id, code=code_of(row), title=GONE, ended=True)


def _end_work(record: Record) -> None:
    for item in work.open_items(record.id):
        workflow.cancel_item(item.id)


def _update(record: Record, row: Incoming, asked: Request) -> None:
    values = {name: asked.changes[name] for name in CHANGEABLE if name in asked.changes}
    for name, value in values.items():
        setattr(row, name, _value(name, value))
    row.save(update_fields=list(values))
    for file in asked.files:
        files.lock_version(UUID(file))
    own = written(row.number, row.symbol)
    title = clean(str(asked.changes.get("subject") or record.title))
    search = f"{own} {row.sender} {row.signer} {row.arrival_number or ''}"
    records.change(record, title=title[:500], search=search, urgency=row.priority)
    workflow.retitle(record.id, code=code_of(row), title=title[:500])


def _value(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if value and name in ("issued_on", "reply_by") else value


def _give_way(record: Record, row: Incoming, asked: Request) -> None:
    """The new document stands in the same book; nothing more is done about the old one."""
    _end_work(record)
    newer = Incoming.objects.filter(book=row.book_id, message=asked.message).exclude(pk=row.pk).first()
    if newer is not None:
        Link.objects.get_or_create(
            source_id=newer.pk, target=record, relation=Link.Relation.REPLACE, defaults={"at": utc_now()}
        )
    row.result = row.result or "Nơi gửi đã thay thế bằng văn bản khác."
    row.save(update_fields=["result"])
    records.change(record, state=InState.DONE, closed_at=record.closed_at or utc_now())
