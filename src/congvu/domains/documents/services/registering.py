"""The incoming book: registering what came, by hand or by exchange, and returning what is not for us."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.symbols import written
from congvu.common.text import clean
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.errors import Duplicate
from congvu.domains.documents.events import DocumentRegistered, DocumentSentBack
from congvu.domains.documents.issuers import book_of, issuer, issuer_view
from congvu.domains.documents.models import Direction, Incoming, InState
from congvu.domains.documents.selectors.matching import duplicates
from congvu.domains.documents.services import steps
from congvu.domains.documents.services.lines import open_line
from congvu.domains.documents.services.naming import book_posts, code_of
from congvu.domains.documents.types import DirectionInput, Forwarding, IncomingInput, Registered
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.engines.workflow.types import Assignee
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.numbering import services as numbering
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.records.services import Record


@act("document.receive", policy=policies.only_system, label="Nhận văn bản từ trục liên thông")
def receive(actor: Actor, book: str, given: IncomingInput) -> UUID:
    """Keep what a message brought until the records clerk registers or returns it; the same message once."""
    by = issuer(book)
    record = steps.keep_arrival(actor, by, given, readers=book_posts(by.unit_id))
    note(record=record.id, sender=given.sender, channel=given.channel)
    return record.id


@act("document.register", policy=policies.may_register, label="Vào sổ văn bản đến")
def register(actor: Actor, given: IncomingInput, forward: Forwarding, *, key: str, another: bool = False) -> Registered:
    """Register a paper, a mail or what was typed in: it takes the next number of arrival and goes to whom it is for.

    ``key`` makes a repeat harmless; ``another`` says that it is not the document the book has already. Raises
    Invalid, Secret, Duplicate, KeyReused, NoIssuer.
    """
    before = records.recall(actor, key, [repr(given), repr(forward)])
    if before is not None:
        note(repeat_of=before["record"])
        return Registered(UUID(before["record"]), before["number"], before["year"])
    book, now = book_of(actor), utc_now()
    steps.check(given, book, local_date(now))
    _refuse_duplicates(book.id, given, another=another)
    record, row = steps.open_incoming(actor, book, given, arrived_at=now, readers=book_posts(book.unit_id))
    done = _enter(actor, record, row, forward)
    answer = {"record": str(done.record_id), "number": done.arrival_number, "year": done.arrival_year}
    records.remember(actor, key, answer)
    return done


@act("document.register_arrived", policy=policies.may_keep_arrival, label="Vào sổ văn bản điện tử đến")
def register_arrived(
    actor: Actor, /, document_id: UUID, forward: Forwarding, *, version: int | None = None, another: bool = False,
    **corrected: Any,
) -> Registered:  # fmt: skip
    """Register what waits from exchange or mail; ``corrected`` are fields the clerk read better than the message.

    Raises WrongState when it was registered or returned, Invalid, Duplicate, Conflict for a stale page.
    """
    record, row = steps.load(document_id, version=version)
    steps.require_state(record, InState.ARRIVED)
    given = _corrected(record, row, corrected)
    steps.check(given, issuer_view(row.book), local_date(utc_now()))
    _refuse_duplicates(row.book_id, given, another=another, besides=document_id)
    for name in corrected.keys() - {"subject"}:
        setattr(row, name, corrected[name])
    if "subject" in corrected:
        records.change(record, title=clean(given.subject))
    return _enter(actor, record, row, forward)


def _corrected(record: Record, row: Incoming, corrected: dict[str, Any]) -> IncomingInput:
    names = (
        "sender", "sender_code", "number", "symbol", "issued_on", "kind_name", "signer", "signer_position", "priority",
        "secrecy", "pages", "copies", "paper_follows", "reply_by", "description", "document_id", "message",
    )  # fmt: skip
    values = {name: getattr(row, name) for name in names} | {"subject": record.title} | corrected
    return IncomingInput(channel=row.channel, **values)


def _refuse_duplicates(book: int, given: IncomingInput, *, another: bool, besides: UUID | None = None) -> None:
    # Two arrivals that look the same: the first may be registered, the second is then told of it.
    found = [] if another else duplicates(book, given, besides=besides, registered=besides is not None)
    if found:
        first = found[0]
        words = {"code": first.code or first.title, "number": first.arrival_number or "–", "sender": first.sender}
        raise Duplicate(
            _("Sổ đã có văn bản %(code)s của %(sender)s (số đến %(number)s). Nếu đây là văn bản khác, hãy xác nhận.")
            % words
        )


def _enter(actor: Actor, record: Record, row: Incoming, forward: Forwarding) -> Registered:
    """Number, book, hand on. The counter is the last lock but those of the work that opens."""
    now = utc_now()
    year = local_date(now).year
    leader, unit = _target(row, forward)
    row.arrival_number = numbering.take(f"in:{row.book.key}", row.book.unit_id, str(year), record=record.id)
    row.arrival_year, row.registered_at, row.registered_by = year, now, actor.name
    row.save()
    records.change(record, state=InState.REGISTERED, search=_search(row), urgency=row.priority)
    if unit is not None:
        line = DirectionInput("lead", unit, due_at=forward.due_at, no_deadline=forward.due_at is None)
        open_line(actor, record, row, line, opinion="", leader=False)
        records.change(record, state=InState.PROCESSING, due_at=forward.due_at)
    else:
        open_for_leader(record, row, leader)
    publish(DocumentRegistered(record=record.id))
    note(record=record.id, number=row.arrival_number, year=year, sender=row.sender)
    return Registered(record.id, row.arrival_number, year)


def _target(row: Incoming, forward: Forwarding) -> tuple[int | None, int | None]:
    """The leader's post, or the unit it goes to at once; both inside the agency. Raises Invalid."""
    agency = row.book.unit_id
    inside = orgs.subtree(agency)
    if forward.unit is not None:
        if forward.unit not in inside:
            message = _("Chỉ chuyển được đến đơn vị trong cơ quan.")
            raise Invalid(message, problems=(Problem("unit", message, "outside"),))
        return None, forward.unit
    if forward.leader is None:
        return None, None
    post = orgs.position(forward.leader)
    if post.unit_id != agency or "chair" not in post.roles:
        message = _("Chọn lãnh đạo của cơ quan để trình.")
        raise Invalid(message, problems=(Problem("leader", message, "outside"),))
    return post.id, None


def open_for_leader(record: Record, row: Incoming, leader: int | None) -> None:
    """Presented to one leader, or to whichever leader comes first."""
    agency = row.book.unit_id
    people = orgs.holders_of(leader) if leader is not None else []
    name = people[0].name if people else ""
    workflow.open_item(
        record.id, kind="direct", step_kind="assign", name="Cho ý kiến chỉ đạo", holders=[f"r:chair@{agency}"],
        unit_id=agency, code=code_of(row), outcomes=("next",),
        assign=Assignee(leader, name or orgs.position(leader).title) if leader is not None else None,
    )  # fmt: skip


def _search(row: Incoming) -> str:
    code = written(row.number, row.symbol)
    return f"{code} {row.sender} {row.signer} {row.arrival_number}"


@act("document.return_arrived", policy=policies.may_keep_arrival, label="Trả lại văn bản đến")
def send_back(_actor: Actor, document_id: UUID, *, reason: str, version: int | None = None) -> None:
    """Return an invalid or misaddressed document on the system (NĐ 30/2020 Điều 21): the sender gets 02.

    Raises Invalid without a reason, WrongState once it was registered and directed.
    """
    words = clean(reason)
    if not words:
        problem = Problem("reason", _("Ghi lý do trả lại để nơi gửi biết cần làm gì."), "missing")
        raise Invalid(_("Chưa ghi lý do trả lại."), problems=(problem,))
    record, row = steps.load(document_id, version=version)
    steps.require_state(record, InState.ARRIVED, InState.REGISTERED)
    if Direction.objects.filter(incoming=row, withdrawn_at=None).exists():
        steps.require_state(record, InState.ARRIVED)
    row.sent_back_at, row.sent_back_reason = utc_now(), words
    row.save(update_fields=["sent_back_at", "sent_back_reason"])
    for item in work.open_items(record.id):
        workflow.cancel_item(item.id)
    records.change(record, state=InState.SENT_BACK, closed_at=row.sent_back_at)
    publish(DocumentSentBack(record=record.id))
    note(record=record.id, reason=words)
