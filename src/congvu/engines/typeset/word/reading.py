"""A .docx into structured text: paragraphs recognised by how they begin, lists by their numbering, tables kept."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph as WordParagraph

from congvu.common.text import nfc
from congvu.engines.typeset.errors import FileRefused
from congvu.engines.typeset.reading import counted, structured
from congvu.engines.typeset.types import Block, Cell, Paragraph, Picture, Reading, Run, Table, Text, plain, words
from congvu.engines.typeset.word.package import checked

# The frame of a document that its boxes hold already; only the text is taken.
_FRAME = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA", "ĐẢNG CỘNG SẢN VIỆT NAM", "NƠI NHẬN:")
_CAPTION = re.compile(r"^Hình\s+\d{1,3}\s*[.:]\s*\S", re.IGNORECASE)
LONGEST_CAPTION = 200
_EMU_IN_MM = 36_000
_MARKS = {"decimal": "{}. ", "lowerLetter": "{}) ", "bullet": "- "}


def read(data: bytes) -> Reading:
    """The text of a .docx. Raises FileRefused for files that must not be opened or cannot be read."""
    try:
        document = Document(checked(data))
        return _Reader(document).reading()
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, SyntaxError, zlib.error) as error:
        raise FileRefused(_("Tệp không phải là .docx hoặc đã hỏng.")) from error


class _Reader:
    def __init__(self, document: Any) -> None:
        self._document = document
        self._pictures: dict[str, bytes] = {}
        self._notes: list[str] = []
        self._counts: dict[tuple[str, int], int] = {}

    def reading(self) -> Reading:
        made: list[Block] = []
        for lines in self._chunks():
            made += [lines] if isinstance(lines, Block) else structured(lines)
        notes = tuple(dict.fromkeys(self._notes))
        return Reading(counted(_captioned(made)), self._pictures, notes, landscape=self._landscape())

    def _landscape(self) -> bool:
        first = next(iter(self._document.sections), None)
        return first is not None and (first.page_width or 0) > (first.page_height or 0)

    def _chunks(self) -> Iterator[Block | list[Text]]:
        """Runs of lines, and between them the tables and pictures."""
        lines: list[Text] = []
        for item in self._document.iter_inner_content():
            if isinstance(item, WordTable):
                table = self._table(item)
                if table is not None:
                    yield lines
                    yield table
                    lines = []
                continue
            lines.append(self._line(item))
            for picture in self._drawn(item):
                yield lines
                yield picture
                lines = []
        yield lines

    def _line(self, paragraph: WordParagraph) -> Text:
        text = tuple(self._runs(paragraph))
        mark = self._mark(paragraph) if words(text).strip() else ""
        return (*plain(mark), *text)

    def _runs(self, paragraph: WordParagraph) -> Iterator[Run]:
        for part in paragraph.iter_inner_content():
            for run in part.runs if isinstance(part, Hyperlink) else (part,):
                text = nfc(run.text.replace("\t", " ").replace("\u00a0", " "))
                if text:
                    yield Run(text, bool(run.bold), bool(run.italic))

    def _mark(self, paragraph: WordParagraph) -> str:
        """What Word would print before an automatically numbered paragraph: "1. ", "a) " or "- "."""
        numbering = _numbering(paragraph)
        if numbering is None or numbering.numId is None or not numbering.numId.val:
            return ""
        level = numbering.ilvl.val if numbering.ilvl is not None else 0
        style = self._style_of_list(str(numbering.numId.val), level)
        key = (str(numbering.numId.val), level)
        self._counts = {k: n for k, n in self._counts.items() if k[0] != key[0] or k[1] <= level}
        self._counts[key] = self._counts.get(key, 0) + 1
        letter = "abcdefghijklmnopqrstuvwxyz"[(self._counts[key] - 1) % 26]
        return _MARKS.get(style, "- ").format(letter if style == "lowerLetter" else self._counts[key])

    def _style_of_list(self, number: str, level: int) -> str:
        part = next(
            (r.target_part for r in self._document.part.rels.values() if r.reltype.endswith("/numbering")), None
        )
        if part is None:
            return "bullet"
        found = part.element.xpath(f"./w:num[@w:numId='{int(number)}']/w:abstractNumId/@w:val")
        styles = part.element.xpath(
            f"./w:abstractNum[@w:abstractNumId='{int(found[0])}']/w:lvl[@w:ilvl='{level}']/w:numFmt/@w:val"
        ) if found else []  # fmt: skip
        return str(styles[0]) if styles else "bullet"

    def _table(self, table: WordTable) -> Table | None:
        rows = tuple(self._row(row) for row in table._tbl.tr_lst)
        whole = " ".join(words(cell.text) for row in rows for cell in row).upper()
        if any(mark in whole for mark in _FRAME):
            self._notes.append(_("Đã bỏ phần đầu và phần ký của tệp; các ô này lấy từ hồ sơ văn bản."))
            return None
        if len({sum(cell.colspan for cell in row) for row in rows}) != 1:
            self._notes.append(_("Có bảng gộp ô phức tạp, đã tách lại thành ô đơn."))
            wide = max(sum(cell.colspan for cell in row) for row in rows)
            rows = tuple((*row, *(Cell() for _n in range(wide - sum(c.colspan for c in row)))) for row in rows)
        return Table(rows, header=1 if len(rows) > 1 else 0)

    def _row(self, row: Any) -> tuple[Cell, ...]:
        """Cells of a row; a cell that continues the one above stays empty rather than spanning rows."""
        return tuple(
            Cell(() if cell.vMerge == "continue" else self._cell(cell), colspan=max(1, cell.grid_span))
            for cell in row.tc_lst
        )

    def _cell(self, cell: Any) -> Text:
        lines = ["".join(node.text or "" for node in p.iter(qn("w:t"))) for p in cell.p_lst]
        return plain(nfc("\n".join(lines)).strip())

    def _drawn(self, paragraph: WordParagraph) -> Iterable[Picture]:
        for blip in paragraph._p.iter(qn("a:blip")):
            relation = blip.get(qn("r:embed"))
            part = self._document.part.related_parts.get(relation) if relation else None
            if part is None or part.content_type not in ("image/png", "image/jpeg"):
                self._notes.append(_("Có hình không ở dạng PNG hoặc JPEG, đã bỏ."))
                continue
            key = f"hinh-{len(self._pictures) + 1}"
            self._pictures[key] = part.blob
            yield Picture(key, _told(blip), _width(blip))


def _numbering(paragraph: WordParagraph) -> Any:
    """The paragraph's own numbering, or that of its style or a style below it."""
    properties: Any = paragraph._p.pPr
    style: Any = paragraph.style
    while True:
        if properties is not None and properties.numPr is not None:
            return properties.numPr
        if style is None:
            return None
        properties, style = style.element.pPr, style.base_style


def _told(blip: Any) -> str:
    """The alternative text somebody gave the picture in Word."""
    properties = [child for node in blip.iterancestors() for child in node if child.tag == qn("wp:docPr")]
    return " ".join(nfc(properties[0].get("descr") or "").split())[:500] if properties else ""


def _captioned(blocks: Iterable[Block]) -> Iterator[Block]:
    """A line "Hình 1. …" right behind a picture is its caption."""
    last: Block | None = None
    for block in blocks:
        if isinstance(last, Picture) and not last.caption and isinstance(block, Paragraph):
            whole = words(block.text)
            if _CAPTION.match(whole) and len(whole) <= LONGEST_CAPTION:
                yield replace(last, caption=plain(whole))
                last = None
                continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _width(blip: Any) -> float:
    extents = [node.getparent() for node in blip.iterancestors() if node.tag == qn("a:graphic")]
    sizes = [child.get("cx") for parent in extents for child in parent if child.tag == qn("wp:extent")]
    return float(round(min(165.0, max(5.0, int(sizes[0]) / _EMU_IN_MM)))) if sizes else 120.0
