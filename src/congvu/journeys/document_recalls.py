"""From the books to the exchange: recalls and their answers.

A recall goes as the notice's own message (type 1), a document wanted back from one recipient as 13, the records
clerk's answers as 15 and 16 (documents.md §1.9, 2.4, 2.5).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from congvu.common.actor import SYSTEM
from congvu.common.zones import utc_now
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.events import DocumentRecalled, RequestAnswered, TakeBackAsked
from congvu.engines.exchange import selectors as exchange
from congvu.engines.exchange import services as messages
from congvu.engines.exchange.errors import WrongStatus
from congvu.engines.exchange.types import Operation, Reference
from congvu.ground.events.services import consumes
from congvu.journeys.document_exchange import as_addressed, outgoing_letter
from congvu.journeys.document_requests import DECLINED, TAKE_BACK


@consumes(RequestAnswered)
def tell_answer(event: RequestAnswered) -> None:
    """15, or 16 with the reason, to the sender."""
    record, _operation, words, answer, _code = documents.asked_document(event.request)
    message, recipient = documents.message_of(record)
    if message is None:
        return
    # An answer nobody waits for any more (another one was faster) is not sent twice.
    with suppress(WrongStatus):
        messages.send_status(message, answer, recipient=as_addressed(message, recipient), description=words)


@consumes(TakeBackAsked)
def tell_take_back(event: TakeBackAsked) -> None:
    """13 with the reason, to the one recipient."""
    record, _operation, reason, _answer, code = documents.asked_document(event.request)
    message = exchange.sent_message(documents.document_id_of(record))
    if message is None:
        return
    try:
        messages.send_status(message, TAKE_BACK, recipient=code, description=reason)
    except WrongStatus as refused:
        services.note_answer(
            documents.document_id_of(record), code, answer=DECLINED, words=refused.message, at=utc_now()
        )  # fmt: skip


@consumes(DocumentRecalled)
def send_recall(event: DocumentRecalled) -> None:
    """The notice goes as a recall message to whoever got the document over the exchange; not sent before, nothing is
    asked back."""
    document_id, reason, notice = documents.recall_of(event.record)
    view = documents.outgoing(SYSTEM, event.record)
    to = tuple(r for r in view.recipients if r.way == "exchange")
    if not document_id or notice is None or not to:
        return
    letter = outgoing_letter(notice, to=to)
    if letter is None:
        return
    recalled = tuple(Reference(r.code, view.row.code, view.row.issued_on, document_id) for r in to)
    messages.send_document(replace(letter, operation=Operation.RECALL, reason=reason, answers=recalled))
