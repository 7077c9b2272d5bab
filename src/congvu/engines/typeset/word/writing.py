"""A draft as .docx: the main lines of its layout, for editing elsewhere. The document itself is always the PDF."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from congvu.engines.typeset.official import data_of
from congvu.engines.typeset.types import OfficialDocument

FONT = "Times New Roman"
_SIDES = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY, "left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}  # fmt: skip


def write(document: OfficialDocument) -> bytes:
    """The draft with head, text, tables, pictures and closing; number and date as they are known."""
    data = data_of(document)
    made = Document()
    _page(made, document)
    _head(made, data)
    _opening(made, data)
    for block in data["body"]:
        _block(made, block, document, data)
    _closing(made, data)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _page(made: Any, document: OfficialDocument) -> None:
    section = made.sections[0]
    wide, high = (Mm(297), Mm(210)) if document.landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = wide, high
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(document.size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    made.core_properties.title = document.subject or document.title
    made.core_properties.author = ""
    made.core_properties.language = "vi-VN"


def _add(
    holder: Any, words: str, *, size: float = 14, bold: bool = False, italic: bool = False, side: str = "center"
) -> Any:
    paragraph = holder.add_paragraph()
    paragraph.alignment = _SIDES[side]
    _run(paragraph, words, size=size, bold=bold, italic=italic)
    return paragraph


def _run(paragraph: Any, words: str, *, size: float = 14, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(words.replace("\u200b", ""))
    run.font.size, run.font.name, run.bold, run.italic = Pt(size), FONT, bold, italic


def _columns(made: Any, shares: tuple[float, float]) -> tuple[Any, Any]:
    table = made.add_table(rows=1, cols=2)
    table.autofit = False
    for cell, share in zip(table.rows[0].cells, shares, strict=True):
        cell.width = Mm(165 * share)
        cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _head(made: Any, data: dict[str, Any]) -> None:
    left, right = _columns(made, (0.4, 0.6))
    for line in data["issuer"]["above"]:
        _add(left, line.upper(), size=12)
    for line in data["issuer"]["name"]:
        _add(left, line.upper(), size=12, bold=True)
    if data["layout"] != "attached":
        _add(left, f"{data['number_label']} {data['number'] or '       '}{data['symbol']}", size=13)
    if data["layout"] == "letter" and data["subject"]:
        _add(left, f"V/v {data['subject']}", size=12)
    if data["family"] == "party":
        _add(right, "ĐẢNG CỘNG SẢN VIỆT NAM", size=15, bold=True)
    elif data["issuer"]["heading"]:
        _add(right, data["issuer"]["heading"].upper(), size=13, bold=True)
    else:
        _add(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
        _add(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    if data["place"] and data["layout"] != "attached":
        day = data["date"] or "ngày      tháng      năm"
        _add(right, f"{data['place']}, {day}", size=13, italic=True)


def _opening(made: Any, data: dict[str, Any]) -> None:
    if data["layout"] != "letter":
        _add(made, data["title"].upper(), bold=True).paragraph_format.space_before = Pt(12)
        if data["subject"]:
            _add(made, data["subject"], bold=True)
    if data["authority"]:
        _add(made, data["authority"].upper(), bold=True)
    if data["addressees"]:
        joined = data["addressees"][0] if len(data["addressees"]) == 1 else ""
        _add(made, f"Kính gửi: {joined}".rstrip()).paragraph_format.space_before = Pt(12)
        for item in data["addressees"] if not joined else ():
            _add(made, f"- {item}", side="left").paragraph_format.left_indent = Mm(60)
    for basis in data["bases"]:
        _text(made, "", basis, italic=True)


def _text(made: Any, label: str, runs: list[dict[str, Any]], *, bold: bool = False, italic: bool = False) -> Any:
    paragraph = made.add_paragraph()
    paragraph.alignment = _SIDES["justify"]
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    paragraph.paragraph_format.space_before = Pt(6)
    if label:
        _run(paragraph, f"{label} ", bold=bold)
    for run in runs:
        _run(paragraph, run["t"], bold=run["b"], italic=italic or run["i"])
    return paragraph


def _block(made: Any, block: dict[str, Any], document: OfficialDocument, data: dict[str, Any]) -> None:
    match block["type"]:
        case "paragraph":
            paragraph = _text(made, "", block["runs"])
            if block["side"] != "justify":
                paragraph.alignment, paragraph.paragraph_format.first_line_indent = _SIDES[block["side"]], None
        case "basis":
            _text(made, "", block["runs"], italic=True)
        case "heading" | "middle":
            _add(made, block.get("text") or data["heading"], bold=True).paragraph_format.space_before = Pt(12)
        case "division":
            _add(made, block["label"], bold=True).paragraph_format.space_before = Pt(12)
            if block["title"]:
                _add(made, block["title"].upper(), bold=True)
        case "article" | "clause" | "point":
            titled = [{**run, "b": True} for run in block["title"]]
            gap = [{"t": " ", "b": False, "i": False}] if titled and block["runs"] else []
            _text(
                made, block["label"], [*titled, *gap, *block["runs"]], bold=block["type"] == "article" or bool(titled)
            )
        case "dashes":
            for item in block["items"]:
                _text(made, "-", item)
        case "table":
            _table(made, block)
        case "picture":
            made.add_picture(BytesIO(document.pictures[block["key"]]), width=Mm(min(block["width"], 165)))


def _table(made: Any, block: dict[str, Any]) -> None:
    rows = block["rows"]
    table = made.add_table(rows=len(rows), cols=len(block["widths"]))
    table.style = "Table Grid"
    taken: set[tuple[int, int]] = set()
    for n, row in enumerate(rows):
        column = 0
        for cell in row:
            while (n, column) in taken:
                column += 1
            last = (n + cell["rowspan"] - 1, column + cell["colspan"] - 1)
            taken |= {(r, c) for r in range(n, last[0] + 1) for c in range(column, last[1] + 1)}
            place = table.cell(n, column)
            if last != (n, column):
                place = place.merge(table.cell(*last))
            place.paragraphs[0].alignment = _SIDES[cell["side"]]
            for run in cell["runs"]:
                _run(place.paragraphs[0], run["t"], size=13, bold=run["b"] or n < block["header"], italic=run["i"])
        if n < block["header"]:
            table.rows[n]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _closing(made: Any, data: dict[str, Any]) -> None:
    left, right = _columns(made, (0.5, 0.5))
    _add(left, "Nơi nhận:", size=12, bold=True, italic=True, side="left")
    for item in data["recipients"]:
        _add(left, f"- {item}", size=11, side="left")
    if data["drafter"]:
        _add(left, data["drafter"], size=11, side="left")
    signer = data["signer"]
    for line in (*signer["authority"], *signer["title"]):
        _add(right, line.upper(), bold=True)
    for _n in range(4):
        _add(right, "")
    _add(right, signer["name"], bold=True)
