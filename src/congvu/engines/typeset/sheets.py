"""Registers and lists as .xlsx. Imported when a sheet is made: openpyxl is heavy and a web process rarely needs it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from congvu.engines.typeset.books import closing, form_of
from congvu.engines.typeset.encode import text
from congvu.engines.typeset.types import Group, RegisterBook


def sheet(book: RegisterBook) -> bytes:
    """The same rows as .xlsx. Values are texts, whatever they begin with: no formula is ever made of a subject."""
    form = form_of(book)
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet((text(book.title or form.title))[:31].replace("/", "-") or "Sổ")
    page.freeze_panes = "A4"
    page.print_title_rows = "3:3"
    page.page_setup.orientation = "landscape" if form.landscape else "portrait"
    page.page_setup.paperSize = "9"
    for n, column in enumerate(form.columns, 1):
        page.column_dimensions[get_column_letter(n)].width = 8 + 7 * column.share
    page.append([_cell(page, book.agency, bold=True)])
    heading = " ".join(
        filter(None, (book.title or form.title, f"năm {book.year}" if book.year else "", *book.subtitle))
    )
    page.append([_cell(page, heading, bold=True)])
    page.append([_cell(page, column.label, bold=True, framed=True) for column in form.columns])
    for row in book.rows:
        values = (f"{row.number}. {row.title}",) if isinstance(row, Group) else row
        page.append([_cell(page, value, bold=isinstance(row, Group), framed=True) for value in values])
    for line in closing(book):
        page.append([_cell(page, line)])
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def _cell(page: Any, value: str, *, bold: bool = False, framed: bool = False) -> Any:
    cell = WriteOnlyCell(page, value=text(value))
    cell.data_type = "s"
    cell.font = Font(name="Times New Roman", size=12, bold=bold)
    if framed:
        thin = Side(style="thin")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell
