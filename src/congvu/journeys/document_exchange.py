"""Between the exchange and the books: what arrives waits to be registered, and the sender learns how it stands.

01 is sent by the exchange itself when a document was read; 02 to 06 follow what happens to the document here
(documents.md §2.5). Each code is sent once, whatever is repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict
from congvu.common.symbols import bare, parted
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.events import (
    DocumentBegun,
    DocumentDirected,
    DocumentHandled,
    DocumentIssued,
    DocumentRegistered,
    DocumentSentBack,
)
from congvu.domains.documents.types import IncomingInput, RecipientView
from congvu.engines.exchange import selectors as exchange
from congvu.engines.exchange import services as messages
from congvu.engines.exchange.errors import WrongStatus
from congvu.engines.exchange.events import DocumentArrived, StatusArrived
from congvu.engines.exchange.types import AgencyView, Attachment, Letter, Operation, Party, Reference, Replaced, Signer
from congvu.ground.events.services import consumes
from congvu.ground.files import selectors as files
from congvu.journeys.document_requests import follow
from congvu.journeys.document_tasks import answered_codes

REFUSED, REGISTERED, ASSIGNED, BEGUN, HANDLED = "02", "03", "04", "05", "06"


@consumes(DocumentArrived)
def keep_arrived(event: DocumentArrived) -> None:
    """A new or replacing document, and the notice of a recall, wait in the book of each agency of ours that they are
    addressed to; a notice that came as a document before is not kept twice."""
    letter = exchange.letter(event.message)
    if letter.operation is Operation.UPDATE:
        return
    for agency in exchange.our_recipients(event.message):
        book = documents.main_issuer(agency.unit_id) if agency.unit_id is not None else None
        if book is None or documents.has_message(book.id, event.message):
            continue
        known = letter.operation is Operation.RECALL and documents.incoming_of(letter.document_id, book.unit_id)
        if not known:
            files = tuple(info.id for info in messages.take_files(SYSTEM, event.message))
            services.receive(SYSTEM, book.key, envelope(letter, event.message, files))
            # It may have been asked back before it came.
            follow(letter.document_id, event.message)


def envelope(letter: Letter, message: UUID, files: tuple[UUID, ...]) -> IncomingInput:
    """What a message says, as the book takes it; too long parts are cut, the message itself keeps them."""
    return IncomingInput(
        sender=(letter.sender.name or letter.sender.id)[:200], subject=(letter.subject or letter.code)[:500],
        sender_code=letter.sender.id[:35], number=letter.number[:11], symbol=documents.arrived(letter.notation)[:30],
        issued_on=letter.promulgated, kind_name=letter.type_name[:100], signer=letter.signer.name[:50],
        signer_position=(letter.signer.position or letter.signer.competence)[:100],
        priority=letter.priority if letter.priority in range(5) else 0, pages=letter.pages or None,
        copies=min(max(letter.copies or 1, 1), 999), paper_follows=letter.paper, reply_by=letter.due,
        channel="exchange", description=letter.content[:500] if letter.content != letter.subject else "",
        document_id=letter.document_id[:200], message=message, warnings=_warnings(letter, files), files=files,
    )  # fmt: skip


def _warnings(letter: Letter, files: tuple[UUID, ...]) -> tuple[str, ...]:
    """What the records clerk has to look at before registering; stored, so Vietnamese."""
    found = []
    if not files:
        found.append("Thông điệp không có tệp văn bản đọc được.")
    unsigned = [part.name for part in letter.attachments if part.type == "application/pdf" and not part.signatures]
    found += [f"Tệp “{name}” chưa có chữ ký số." for name in unsigned]
    if letter.promulgated is None:
        found.append("Thông điệp không ghi ngày văn bản.")
    if letter.operation is Operation.RECALL:
        named = ", ".join(dict.fromkeys(row.code for row in letter.answers if row.code))
        found.append(f"Thông báo thu hồi văn bản {named}." if named else "Thông báo thu hồi văn bản.")
    return tuple(found)


@consumes(DocumentRegistered)
def tell_registered(event: DocumentRegistered) -> None:
    _tell(event.record, REGISTERED)


@consumes(DocumentSentBack)
def tell_returned(event: DocumentSentBack) -> None:
    _tell(event.record, REFUSED, documents.incoming(SYSTEM, event.record).sent_back_reason)


@consumes(DocumentDirected)
def tell_assigned(event: DocumentDirected) -> None:
    _tell(event.record, ASSIGNED)


@consumes(DocumentBegun)
def tell_begun(event: DocumentBegun) -> None:
    _tell(event.record, BEGUN)


@consumes(DocumentHandled)
def tell_handled(event: DocumentHandled) -> None:
    _tell(event.record, HANDLED)


def _tell(record: UUID, code: str, reason: str = "") -> None:
    """One status to the sender, if the document came over the exchange."""
    message, recipient = documents.message_of(record)
    if message is None:
        return
    # After 02, 06 or an agreed recall the sender is told nothing more, whatever goes on here (a reopened document).
    with suppress(WrongStatus):
        messages.send_status(message, code, recipient=as_addressed(message, recipient), description=reason)


def as_addressed(message: UUID, unit: int) -> str:
    """The code by which the sender addressed a unit of ours."""
    for party in exchange.letter(message).to:
        agency = exchange.agency(party.id)
        if agency is not None and agency.unit_id == unit:
            return party.id
    return ""


@consumes(DocumentIssued)
def send_issued(event: DocumentIssued) -> None:
    """An issued document goes to its recipients on the exchange, the signed file itself, as one letter."""
    letter = None if documents.outgoing(SYSTEM, event.record).row.state == "recalled" else outgoing_letter(event.record)
    if letter is not None:
        letter = _replacing(event.record, letter)
        message = messages.send_document(letter)
        services.note_sent(event.record, exchange.letter(message).document_id)


def outgoing_letter(record: UUID, to: Sequence[RecipientView] | None = None) -> Letter | None:
    """What the message says; None where nobody receives the document over the exchange. ``to``: others than its own."""
    view = documents.outgoing(SYSTEM, record)
    on, agency = view.row.issued_on, exchange.agency_of_unit(view.issuer.unit_id)
    parties = tuple(Party(r.code, r.name) for r in (view.recipients if to is None else to) if r.way == "exchange")
    if view.original is None or on is None or not parties:
        return None
    info = files.info(SYSTEM, view.original)
    number, symbol = parted(view.row.code)
    title, capacity = documents.signed_as(record)
    return Letter(
        sender=Party(_code_on(agency, on), view.issuer.name), to=parties, number=number, notation=bare(symbol),
        promulgated=on, subject=view.row.title, content=view.row.title, place=view.issuer.place,
        type_name=view.kind.name,
        signer=Signer(capacity, title, view.row.signer), due=view.reply_by, priority=view.row.priority,
        pages=documents.pages_of(record), answers=tuple(_answered(record)), tasks=answered_codes(record),
        attachments=(Attachment(info.name, info.media_type, file=info.id), *_beside(record)),
    )  # fmt: skip


def _beside(record: UUID) -> Iterable[Attachment]:
    """The files issued with the document, in their order: what each is called goes along with it."""
    for one in documents.issued_files(record):
        info = files.info(SYSTEM, one.file)
        yield Attachment(info.name, info.media_type, file=info.id, description=f"{one.label}: {one.title}"[:200])


def _replacing(record: UUID, letter: Letter) -> Letter:
    """A document that replaces one sent before goes as its replacement to those who got that one.

    Whoever got the old one is named; the others read it as a new document.
    """
    for link in documents.outgoing(SYSTEM, record).links:
        if link.outward and link.relation == "replace":
            old = documents.outgoing(SYSTEM, link.record_id)
            had = {r.code for r in old.recipients if r.way == "exchange"}
            organs = tuple(party.id for party in letter.to if party.id in had)
            identifier = documents.document_id_of(link.record_id)
            if organs and identifier:
                return replace(
                    letter, operation=Operation.REPLACE, replaced=(Replaced(identifier, organs),),
                    reason=f"Thay thế văn bản {old.row.code}",
                )  # fmt: skip
    return letter


def _code_on(agency: AgencyView | None, on: date) -> str:
    """The newest of our codes that holds on the day; an agency without one cannot send."""
    if agency is None or not agency.codes:
        raise Conflict(_("Cơ quan ban hành chưa có mã định danh để gửi liên thông."))
    return next((code for code in agency.codes if exchange.agency(code, on) is not None), agency.codes[0])


def _answered(record: UUID) -> Iterable[Reference]:
    """The exchanged documents this one replies to, amends or corrects, so that the other side can link them."""
    for link in documents.outgoing(SYSTEM, record).links:
        if link.outward and link.relation in ("amend", "correct"):
            old, identifier = documents.outgoing(SYSTEM, link.record_id), documents.document_id_of(link.record_id)
            agency = exchange.agency_of_unit(old.issuer.unit_id)
            if identifier and agency is not None and old.row.issued_on is not None:
                yield Reference(_code_on(agency, old.row.issued_on), old.row.code, old.row.issued_on, identifier)
        if link.outward and link.relation == "reply":
            view = documents.incoming(SYSTEM, link.record_id)
            if view.sender_code:
                yield Reference(view.sender_code, view.row.code, view.row.issued_on, view.document_id)


@consumes(StatusArrived)
def follow_state(event: StatusArrived) -> None:
    """What a recipient reports is shown beside it; codes that come late do not move it back."""
    report = exchange.report(event.message)
    for state in exchange.states_of(report.document_id):
        if state.outgoing and state.state and state.log:
            last = state.log[-1]
            services.note_state(
                state.document_id, state.recipient, code=state.state, words=last.description or last.words, at=last.at
            )
