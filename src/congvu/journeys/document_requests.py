"""From the exchange into the books: what senders ask of documents that came, and what recipients answer us.

What the exchange logged is the truth; each message only makes the books follow it, so a repeat changes nothing
(documents.md §1.9, 2.4, 2.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import RequestInput
from congvu.engines.exchange import selectors as exchange
from congvu.engines.exchange import services as messages
from congvu.engines.exchange.events import DocumentArrived, StatusArrived
from congvu.engines.exchange.types import Letter, Operation, StateView
from congvu.ground.events.services import consumes

TAKE_BACK, AGREED, DECLINED = "13", "15", "16"
REQUESTS = (TAKE_BACK, "recall", "update", "replace")


@consumes(DocumentArrived)
def show_operation(event: DocumentArrived) -> None:
    """A message that recalls, updates or replaces is shown beside each document it is about."""
    letter = exchange.letter(event.message)
    for document_id in targets(letter):
        follow(document_id, event.message, letter)


def targets(letter: Letter) -> tuple[str, ...]:
    """The documents an operation is about."""
    found: dict[Operation, tuple[str, ...]] = {
        Operation.RECALL: tuple(row.document_id for row in letter.answers),
        Operation.UPDATE: (letter.target,),
        Operation.REPLACE: tuple(row.document_id for row in letter.replaced),
    }
    return tuple(dict.fromkeys(name for name in found.get(letter.operation, ()) if name))


@consumes(StatusArrived)
def show_status(event: StatusArrived) -> None:
    """13 asks for a document that came here; 15 and 16 answer what we asked."""
    report = exchange.report(event.message)
    if report.status == TAKE_BACK:
        follow(report.document_id, event.message)
    elif report.status in (AGREED, DECLINED, "14"):
        for state in exchange.states_of(report.document_id):
            if state.outgoing:
                _follow_answer(state)


def follow(document_id: str, message: UUID, letter: Letter | None = None) -> None:
    """What waits for an answer, or was declined by the exchange itself, stands beside the document in our books."""
    for state in exchange.states_of(document_id):
        asked = None if state.outgoing else _asked(state)
        agency = exchange.agency(state.recipient)
        if asked is None or agency is None or agency.unit_id is None:
            continue
        operation, reason, declined = asked
        for record in documents.incoming_of(document_id, agency.unit_id):
            given = RequestInput(operation, reason, state.sender, message, declined=declined)
            by = documents.incoming(SYSTEM, record).row.sender
            services.note_request(SYSTEM, record, _with_changes(replace(given, by=by), letter, state))


def _asked(state: StateView) -> tuple[str, str, str] | None:
    """Operation, reason and, where the exchange declined it by itself, why: of the newest request in the log."""
    rows = [(place, row) for place, row in enumerate(state.log) if row.code in REQUESTS and not row.ours]
    if not rows:
        return None
    if state.request:
        counted = [row for _place, row in rows if row.applied and row.code == state.request]
        return state.request, counted[-1].description if counted else "", ""
    place, newest = rows[-1]
    after = state.log[place + 1 : place + 2]
    if not newest.applied and after and after[0].code == DECLINED:
        return newest.code, newest.description, after[0].description
    return None


def _with_changes(given: RequestInput, letter: Letter | None, state: StateView) -> RequestInput:
    """An update that waits brings the data and contents it wants to set."""
    if letter is None or letter.operation is not Operation.UPDATE or not state.request:
        return given
    if documents.has_request(given.message):
        return given
    files = tuple(info.id for info in messages.take_files(SYSTEM, given.message))
    return replace(given, changes=_changes(letter), files=files)


def _changes(letter: Letter) -> Mapping[str, Any]:
    """The data of an update as JSON, within the widths of the book."""
    return {
        "subject": letter.subject[:500], "number": letter.number[:11],
        "symbol": documents.arrived(letter.notation)[:30],
        "issued_on": letter.promulgated.isoformat() if letter.promulgated else None,
        "kind_name": letter.type_name[:100], "signer": letter.signer.name[:50],
        "signer_position": (letter.signer.position or letter.signer.competence)[:100],
        "reply_by": letter.due.isoformat() if letter.due else None, "pages": letter.pages or None,
    }  # fmt: skip


def _follow_answer(state: StateView) -> None:
    """The first answer of a recipient after what we asked last, also where the exchange had ended it before."""
    places = [place for place, row in enumerate(state.log) if row.ours and row.code in REQUESTS]
    for row in state.log[places[-1] + 1 :] if places else ():
        if row.code in (AGREED, DECLINED) and not row.ours:
            services.note_answer(
                state.document_id, state.recipient, answer=row.code, words=row.description, at=row.at
            )  # fmt: skip
            return
