"""The register form: what it offers beside what was typed: number, addressee with reasons, look-alikes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.common.zones import local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import IncomingInput, IncomingRow, IncomingView, IssuerView
from congvu.faces.desk.incoming.rows import CHANNELS, PRIORITIES, SECRECIES
from congvu.faces.desk.incoming.slip import why
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.formats import table_date
from congvu.ground.ui.types import Option

BY_HAND = ("paper", "mail", "hand")


def arrived_fields(view: IncomingView) -> QueryDict:
    """What the message said, as the form's fields hold it."""
    row, fields = view.row, QueryDict(mutable=True)
    fields.update({
        "sender": row.sender, "number": view.number, "symbol": view.symbol, "issued_on": day_text(row.issued_on),
        "kind_name": row.kind_name, "subject": row.title, "signer": view.signer, "reply_by": day_text(view.reply_by),
        "signer_position": view.signer_position, "priority": str(row.priority), "secrecy": str(view.secrecy),
        "pages": str(view.pages or ""), "copies": str(view.copies), "description": view.description,
        "paper_follows": "1" if view.paper_follows else "",
    })  # fmt: skip
    return fields


def day_text(day: date | None) -> str:
    return table_date(day) if day else ""


def register_parts(
    actor: Actor, fields: QueryDict, *, view: IncomingView | None = None, refusal: Refusal | None = None
) -> dict[str, Any]:
    """Choices of the form, the number that would be taken now, and what the book knows of documents like this one."""
    book = view.book if view is not None else documents.book_of(actor)
    alike = alike_of(book, fields, view)
    return {
        "number_next": documents.next_number(book.id, local_date(timezone.now()).year),
        "book": book,
        "senders": documents.senders(book.id),
        "kinds": [kind.name for kind in documents.kinds()],
        "priorities": _numbered(PRIORITIES, fields.get("priority", "0")),
        "secrecies": _numbered(SECRECIES, fields.get("secrecy", "0")),
        "channels": [Option(key, str(CHANNELS[key]), checked=key == fields.get("channel", "paper")) for key in BY_HAND],
        "alike": alike,
        "ask_another": bool(alike) or (refusal is not None and refusal.code == "duplicate"),
        **addressee_parts(book, fields, view),
    }


def addressee_parts(book: IssuerView, fields: QueryDict, view: IncomingView | None = None) -> dict[str, Any]:
    """Whom the document may go to, and who led on documents of this sender before."""
    sender, code = fields.get("sender", "").strip(), view.sender_code if view is not None else ""
    found = None
    if sender or code:
        found = documents.proposal(book.id, sender=sender, sender_code=code, symbol=fields.get("symbol", ""))
    chosen = fields.get("to", "")
    there = orgs.tree()
    leaders = [
        Option(f"l:{seat.position_id}", ", ".join([*seat.names, seat.title]), checked=chosen == f"l:{seat.position_id}")
        for seat in orgs.seats([book.unit_id])
        if "chair" in seat.roles
    ]
    sections = [unit for unit in there if unit.id != book.unit_id and there.agency_of(unit.id).id == book.unit_id]
    sections.sort(key=lambda unit: (found is None or unit.id != found.unit_id, unit.order))
    units = [Option(f"u:{unit.id}", unit.name, checked=chosen == f"u:{unit.id}") for unit in sections]
    return {"leaders": leaders, "units": units, "proposal": found, "why": why(found)}


def alike_of(book: IssuerView, fields: QueryDict, view: IncomingView | None = None) -> list[IncomingRow]:
    """Documents of the book that look the same as the one on the form."""
    given = IncomingInput(
        sender=fields.get("sender", ""), subject="", number=fields.get("number", ""), symbol=fields.get("symbol", ""),
        sender_code=view.sender_code if view is not None else "",
        document_id=view.document_id if view is not None else "",
    )  # fmt: skip
    return documents.duplicates(book.id, given, besides=view.id if view is not None else None)


def _numbered(words: tuple[Any, ...], chosen: str) -> list[Option]:
    return [Option(str(n), str(label), checked=str(n) == (chosen or "0")) for n, label in enumerate(words)]
