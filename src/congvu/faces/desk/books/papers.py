"""Books and lists as papers to print and bind, and as sheets."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse

from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import IssuerView
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import RegisterBook

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = ("pdf", "xlsx")


def register(
    kept: IssuerView, query: documents.BookQuery, rows: Sequence[documents.BookRow], volume: str
) -> RegisterBook:
    """A volume with its cover: agency, name, year, days and numbers from to, number of the volume."""
    days = [row.day for row in rows if row.day is not None]
    return RegisterBook(
        kind=query.kind, agency=kept.name, above=kept.above, rows=tuple(row.cells for row in rows), year=query.year,  # type: ignore[arg-type]
        first_day=query.since or min(days, default=None), last_day=query.until or max(days, default=None),
        first_number=rows[0].number if rows else "", last_number=rows[-1].number if rows else "", volume=volume,
    )  # fmt: skip


def sent(book: RegisterBook, form: str, name: str) -> HttpResponse:
    """The book as ``pdf``, shown, or as ``xlsx``, saved."""
    if form == "xlsx":
        content, media, way = typeset.register_sheet(book), SHEET, "attachment"
    else:
        content, media, way = typeset.set_register(book), "application/pdf", "inline"
    return HttpResponse(
        content, content_type=media, headers={"Content-Disposition": f'{way}; filename="{name}.{form}"'}
    )  # fmt: skip
