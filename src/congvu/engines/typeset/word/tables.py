"""Registers and lists as .docx: a heading and one table whose first row is repeated on each page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from congvu.engines.typeset.books import closing, form_of
from congvu.engines.typeset.encode import text
from congvu.engines.typeset.types import Column, Group, RegisterBook

FONT, SIZE = "Times New Roman", 11


def write(book: RegisterBook) -> bytes:
    """The rows as they are, A4, landscape where the paper is."""
    form = form_of(book)
    made = Document()
    wide = _page(made, landscape=form.landscape)
    title = text(book.title or form.title)
    made.core_properties.title, made.core_properties.author = title.replace("\n", " "), ""
    made.core_properties.language = "vi-VN"
    _line(made, text(book.agency), bold=True)
    _line(made, title, bold=True, size=14)
    for line in book.subtitle:
        _line(made, text(line))
    _table(made, book, form.columns, wide)
    for line in closing(book):
        _line(made, text(line), side=WD_ALIGN_PARAGRAPH.LEFT)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _page(made: Any, *, landscape: bool) -> int:
    """Sets the page; the width of the text in millimetres."""
    section = made.sections[0]
    sides = (297, 210) if landscape else (210, 297)
    section.page_width, section.page_height = (Mm(side) for side in sides)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    normal.paragraph_format.space_after = Pt(0)
    return sides[0] - 40


def _line(
    made: Any, words: str, *, bold: bool = False, size: int = SIZE, side: Any = WD_ALIGN_PARAGRAPH.CENTER
) -> None:
    paragraph = made.add_paragraph()
    paragraph.alignment = side
    _run(paragraph, words, bold=bold, size=size)


def _run(paragraph: Any, words: str, *, bold: bool = False, size: int = SIZE) -> None:
    run = paragraph.add_run(words.replace("\u200b", ""))
    run.bold, run.font.size, run.font.name = bold, Pt(size), FONT


def _table(made: Any, book: RegisterBook, columns: tuple[Column, ...], wide: int) -> None:
    table = made.add_table(rows=1, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    whole = sum(column.share for column in columns)
    widths = [Mm(wide * column.share / whole) for column in columns]
    _fill(table.rows[0], [column.label for column in columns], widths, bold=True)
    # The heading comes again on every page.
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in book.rows:
        if isinstance(row, Group):
            cells = table.add_row().cells
            _run(cells[0].merge(cells[-1]).paragraphs[0], text(f"{row.number}. {row.title}"), bold=True)
        else:
            _fill(table.add_row(), list(row), widths)


def _fill(row: Any, values: list[str], widths: list[Any], *, bold: bool = False) -> None:
    for cell, value, width in zip(row.cells, values, widths, strict=True):
        cell.width = width
        _run(cell.paragraphs[0], text(value), bold=bold)
