"""Directions and what follows from them: handing on inside a unit, beginning, finishing, saying something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.common.zones import utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.events import DocumentBegun, DocumentDirected, DocumentHandled
from congvu.domains.documents.models import Direction, Incoming, InState, Opinion
from congvu.domains.documents.services import lines, steps
from congvu.domains.documents.types import DirectionInput
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

OPINION_LIMIT = 5000


@act("document.direct", policy=policies.may_direct, label="Cho ý kiến chỉ đạo")
def direct(
    actor: Actor, document_id: UUID, given: Sequence[DirectionInput], *, opinion: str = "", version: int | None = None
) -> tuple[UUID, ...]:
    """A leader says who leads, supports and is informed, each with an own deadline (NĐ 30/2020 Điều 23).

    Further lines may be added later, never a second lead. The direction waiting for a leader is done by it. Raises
    Invalid naming each line, WrongState, Conflict for a stale page.
    """
    return give_direction(actor, document_id, given, opinion=opinion, version=version)


def give_direction(
    actor: Actor, document_id: UUID, given: Sequence[DirectionInput], *, opinion: str = "", version: int | None = None,
    tracked: bool = False,
) -> tuple[UUID, ...]:  # fmt: skip
    """What ``direct`` does, for journeys inside their own act. ``tracked``: the act gives the work as a task.

    A tracked slip names its lead. Raises what ``direct`` raises.
    """
    record, row = steps.load(document_id, version=version)
    steps.require_state(record, InState.REGISTERED, InState.PROCESSING)
    words, now = _opinion(opinion), utc_now()
    led = row.directions.filter(role=lines.LEAD, parent=None, withdrawn_at=None).exists()
    lines.check(given, orgs.subtree(row.book.unit_id), now, first=not led)
    _refuse_second_lead(given, led)
    if tracked and not any(line.role == lines.LEAD for line in given):
        message = _("Giao nhiệm vụ theo dõi cần một đơn vị hoặc người chủ trì.")
        raise Invalid(message, problems=(Problem("lines", message, "no_lead"),))
    opened = [lines.open_line(actor, record, row, line, opinion=words, tracked=tracked) for line in given]
    _close_direction_work(actor, document_id)
    _keep_opinion(actor, document_id, words, leader=True)
    lead = next((line for line in opened if line.role == lines.LEAD), None)
    only_informs = lead is None and not led and all(line.role == lines.INFORM for line in opened)
    if only_informs:
        _done(record, row, "Chuyển để biết.")
    else:
        records.change(record, state=InState.PROCESSING, due_at=lead.due_at if lead else record.due_at)
    publish(DocumentDirected(record=record.id))
    note(record=record.id, lines=len(opened), opinion=words[:200])
    return tuple(line.id for line in opened)


def _refuse_second_lead(given: Sequence[DirectionInput], led: bool) -> None:
    if led and any(line.role == lines.LEAD for line in given):
        message = _("Văn bản đã có đơn vị chủ trì. Chỉ thêm được phối hợp hoặc để biết.")
        raise Invalid(message, problems=(Problem("lines", message, "one_lead"),))


def _close_direction_work(actor: Actor, document_id: UUID) -> None:
    """What waited for a leader's direction is done, whoever gave it."""
    for item in work.open_items(document_id):
        if item.kind == "direct":
            workflow.complete(item.id, actor=actor)


@act("document.hand_on", policy=policies.may_work_on, label="Giao xử lý trong đơn vị")
def hand_on(
    actor: Actor, item_id: UUID, given: Sequence[DirectionInput], *, opinion: str = "", version: int | None = None
) -> tuple[UUID, ...]:
    """The head of a unit gives the line on inside the unit (phiếu giải quyết, phần 2), not beyond the own deadline.

    Raises Invalid, WrongState when the line is not one that can be handed on, AlreadyDone.
    """
    line, record, row = _line(item_id, version=version)
    inside = orgs.subtree(line.unit_id)
    lines.check(given, inside, utc_now(), first=True)
    late = [
        Problem(f"lines.{place}.due_at", _("Không được sau hạn của đơn vị."), "late")
        for place, inner in enumerate(given)
        if line.due_at is not None and inner.due_at is not None and inner.due_at > line.due_at
    ]
    if late:
        raise Invalid(late[0].message, problems=tuple(late))
    if not any(inner.role == lines.LEAD for inner in given):
        message = _("Chọn một người chủ trì trong đơn vị.")
        raise Invalid(message, problems=(Problem("lines", message, "no_lead"),))
    opened = [lines.open_line(actor, record, row, inner, opinion=_opinion(opinion), parent=line) for inner in given]
    workflow.complete(item_id, actor=actor)
    line.handed_on_at = utc_now()
    line.save(update_fields=["handed_on_at"])
    _keep_opinion(actor, record.id, _opinion(opinion), leader=True)
    publish(DocumentDirected(record=record.id))
    note(record=record.id, lines=len(opened), unit=line.unit_id)
    return tuple(inner.id for inner in opened)


@act("document.begin", policy=policies.may_work_on, label="Bắt đầu xử lý văn bản")
def begin_work(_actor: Actor, item_id: UUID) -> None:
    """The handler begins: the sender learns 05, once. Raises AlreadyDone."""
    _line_row, record, _row = _line(item_id)
    workflow.mark_seen(item_id)
    publish(DocumentBegun(record=record.id))
    note(record=record.id)


@act("document.finish", policy=policies.may_work_on, label="Hoàn thành xử lý văn bản")
def finish(actor: Actor, item_id: UUID, *, result: str, version: int | None = None) -> None:
    """The line is done, with what came of it: a reply, a measure, or why nothing had to be done.

    When the line that leads is done the document is handled, and lines handed on are done with their part. Raises
    Invalid without a result, AlreadyDone.
    """
    words = clean(result)
    if not words:
        problem = Problem("result", _("Ghi kết quả xử lý: văn bản trả lời, việc đã làm, hoặc lý do không phải làm."))
        raise Invalid(_("Chưa ghi kết quả xử lý."), problems=(problem,))
    line, record, row = _line(item_id, version=version)
    workflow.complete(item_id, actor=actor, note=words[:2000])
    finish_line(actor.name, record, row, line, words)
    note(record=record.id, result=words[:200])


def finish_line(by: str, record: Record, row: Incoming, line: Direction, words: str) -> None:
    """Close a line and, where it leads, the line above it, up to the document. Step of an act."""
    now = utc_now()
    current: Direction | None = line
    while current is not None:
        current.done_at, current.done_by, current.result = now, by, words
        current.save(update_fields=["done_at", "done_by", "result"])
        if current.role != lines.LEAD:
            return
        if current.parent_id is None:
            _done(record, row, words)
            return
        current = Direction.objects.select_for_update().get(id=current.parent_id)


def _done(record: Record, row: Incoming, words: str) -> None:
    """Handled: what supporters have not done is not waited for any more; a request of the sender still is."""
    row.result = words
    row.save(update_fields=["result"])
    for item in work.open_items(record.id):
        if item.kind != "answer":
            workflow.cancel_item(item.id)
    records.change(record, state=InState.DONE, closed_at=utc_now())
    publish(DocumentHandled(record=record.id))


@act("document.reopen", policy=policies.may_direct, label="Mở lại văn bản đã xử lý")
def reopen(
    actor: Actor, document_id: UUID, *, reason: str, due_at: datetime | None, version: int | None = None
) -> None:
    """A leader opens a handled document again: the unit that led gets it back with a new deadline.

    Raises Invalid without a reason, WrongState for one that is not done.
    """
    words = clean(reason)
    if not words:
        raise Invalid(_("Chưa ghi lý do."), problems=(Problem("reason", _("Ghi rõ vì sao mở lại."), "missing"),))
    record, row = steps.load(document_id, version=version)
    steps.require_state(record, InState.DONE)
    lead = row.directions.filter(role=lines.LEAD, parent=None, withdrawn_at=None).first()
    if lead is None:
        raise WrongState(_("Văn bản này chưa từng giao đơn vị chủ trì; hãy cho ý kiến chỉ đạo mới."))
    lead.withdrawn_at = utc_now()
    lead.save(update_fields=["withdrawn_at"])
    records.change(record, state=InState.PROCESSING, closed_at=None, due_at=due_at)
    line = DirectionInput("lead", lead.unit_id, lead.position_id, due_at, no_deadline=due_at is None)
    lines.open_line(actor, record, row, line, opinion=words)
    _keep_opinion(actor, document_id, words, leader=True)
    note(record=record.id, reason=words)


@act("document.speak", policy=policies.may_speak, label="Ghi ý kiến vào văn bản")
def speak(actor: Actor, document_id: UUID, *, text: str) -> None:
    """Say something about a document; a leader's words are part of the record (bút phê). Raises Invalid."""
    words = _opinion(text)
    if not words:
        raise Invalid(_("Chưa ghi ý kiến."), problems=(Problem("text", _("Ghi nội dung ý kiến."), "missing"),))
    _keep_opinion(actor, document_id, words, leader=actor.has_role(*policies.LEADERS))
    note(record=document_id)


def _opinion(text: str) -> str:
    words = clean(text)
    if len(words) > OPINION_LIMIT:
        message = _("Ý kiến dài quá %(limit)s ký tự.") % {"limit": OPINION_LIMIT}
        raise Invalid(message, problems=(Problem("opinion", message, "too_long"),))
    return words


def _keep_opinion(actor: Actor, record: UUID, words: str, *, leader: bool) -> None:
    if words:
        Opinion.objects.create(
            record_id=record, text=words, leader=leader, at=utc_now(), by=actor.name,
            by_position=actor.position_title, on_behalf_of=actor.on_behalf_of,
        )  # fmt: skip


def _line(item_id: UUID, *, version: int | None = None) -> tuple[Direction, Record, Incoming]:
    """The line an item stands for, with its locked record."""
    record, row = steps.load(work.record_of(item_id), version=version)
    line = Direction.objects.select_for_update().filter(item=item_id, withdrawn_at=None).first()
    if line is None:
        raise NotFound(_("Việc này không phải việc xử lý văn bản đến."))
    return line, record, row
