"""Documents put into work files as they are: nothing is copied, their metadata is what the file keeps."""

from __future__ import annotations

from uuid import UUID

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.common.symbols import parted
from congvu.common.zones import local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import IncomingView, OutgoingView
from congvu.domains.workfiles import selectors as filed
from congvu.domains.workfiles import services as workfiles
from congvu.domains.workfiles.types import Described


def collect(actor: Actor, document_id: UUID, file_id: UUID) -> int:
    """Put a document into a work file the actor keeps. Returns its ordinal there. Raises NotFound, Forbidden."""
    return workfiles.add(actor, file_id, document_id, described(actor, document_id))


def metadata(actor: Actor, document_id: UUID) -> tuple[tuple[str, str], ...]:
    """The fields of NĐ 30/2020 Phụ lục VI with their texts. Raises NotFound."""
    return filed.metadata_of(described(actor, document_id))


def described(actor: Actor, document_id: UUID) -> Described:
    """The metadata of a document as its book has it (NĐ 30/2020 Phụ lục VI, phần II). Raises NotFound."""
    try:
        return _incoming(documents.incoming(actor, document_id))
    except NotFound:
        return _outgoing(documents.outgoing(actor, document_id))


def _incoming(view: IncomingView) -> Described:
    row = view.row
    lines = [f"{line.role_label}: {line.position or line.unit}" for line in view.directions]
    said = [f"{said.by}: {said.text}" for said in view.opinions]
    return Described(
        subject=row.title, direction="in", type_name=row.kind_name, number=view.number, notation=view.symbol,
        issued_on=row.issued_on, organ_name=row.sender, pages=view.pages or 0, signer_position=view.signer_position,
        signer_name=view.signer, priority=row.priority, copies=view.copies, due_on=view.reply_by,
        arrived_on=local_date(row.arrived_at), arrival_number=row.arrival_number,
        to_places="; ".join(dict.fromkeys(line.unit for line in view.directions)), trace="\n".join([*lines, *said]),
        confidence="01" if row.channel == "exchange" else "02", description=view.description,
    )  # fmt: skip


def _outgoing(view: OutgoingView) -> Described:
    row = view.row
    number, symbol = parted(row.code)
    return Described(
        subject=row.title, direction="out", type=view.kind.abbreviation or "CV", type_name=view.kind.name,
        number=number if row.issued_on else "", notation=symbol, issued_on=row.issued_on, organ_name=row.issuer,
        pages=documents.pages_of(view.id) or 0, signer_position=view.signer, signer_name=row.signer,
        to_organ_id=next((to.code for to in view.recipients if to.code), ""),
        to_organ_name="; ".join(to.name for to in view.recipients), priority=row.priority, due_on=view.reply_by,
        trace="\n".join(f"{said.by}: {said.text}" for said in view.opinions),
        signatures="; ".join(name for name in (row.signer, row.issuer if view.issued_at else "") if name),
    )  # fmt: skip
