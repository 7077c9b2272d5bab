"""Books and lists that leave the screen: what was printed or exported is written down."""

from __future__ import annotations

from typing import Any

from congvu.common.actor import Actor
from congvu.domains.documents import policies
from congvu.domains.documents.selectors.registers import BookQuery, BookRow, register_rows
from congvu.ground.audit.services import act, note


@act("document.print_book", policy=policies.may_open_books, label="In, xuất sổ văn bản")
def print_book(actor: Actor, query: BookQuery, *, form: str) -> tuple[BookRow, ...]:
    """The rows of a book to be printed or exported as ``form``. Raises Invalid for a range that fits no volume."""
    rows = register_rows(actor, query)
    note(
        book=query.kind, issuer=query.book, year=query.year, form=form, rows=len(rows),
        first=rows[0].number if rows else "", last=rows[-1].number if rows else "",
    )  # fmt: skip
    return rows


@act("document.export_list", policy=policies.may_export, label="Xuất danh sách văn bản")
def note_export(_actor: Actor, /, name: str, *, form: str, rows: int, **narrowed: Any) -> None:
    """Write down that a list was taken along: which, as what, how many rows, how narrowed."""
    note(list=name, form=form, rows=rows, **narrowed)
