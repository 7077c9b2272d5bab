"""The door: a paper in, a PDF out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Literal, cast

import segno
from django.utils.translation import gettext as _

from congvu.common.errors import Problem
from congvu.common.page import Zone
from congvu.engines.typeset import books, copies, corners, demo, lint, official, reading, stamps
from congvu.engines.typeset.compiler import TEMPLATES, compiled
from congvu.engines.typeset.encode import encode, long_date, paper_of
from congvu.engines.typeset.errors import PaperIncomplete
from congvu.engines.typeset.types import (
    PAPERS,
    Block,
    CopyForm,
    CopyMark,
    Corner,
    DirectionSlip,
    Finding,
    HandOver,
    OfficialDocument,
    Paper,
    Picture,
    Reading,
    RegisterBook,
    Sheet,
)

__all__ = [
    "TEMPLATES", "annex_corner", "check_draft", "copy_zone", "demo_seal", "demo_signature", "draw_annex_corner",
    "draw_arrival", "draw_stamp", "extract_pages", "mark_printed", "place_picture", "qr_svg", "read_text",
    "read_word", "rebuilt_pdf", "register_sheet", "register_word", "render", "set_annexes", "set_copy",
    "set_direction_slip", "set_hand_over", "set_official", "set_register", "write_text", "write_word",
]  # fmt: skip
StampKind = Literal["person", "agency", "text", "initials", "annex_corner", "copy_corner"]
QR_SYMBOL_MM = 24
QUIET_MODULES = 4


def render(template: str, data: Paper | Mapping[str, Any]) -> bytes:
    """The paper as tagged PDF/A-2a and PDF/UA-1, in Vietnamese, with a title.

    ``data`` is the typed paper of the template (``types.PAPERS``) or a mapping with the same fields.
    Raises PaperIncomplete for an unknown template and for missing, unknown or ill-typed fields.
    """
    cls = PAPERS.get(template)
    if cls is None:
        raise PaperIncomplete(_("Không có mẫu giấy “%(template)s”.") % {"template": template})
    paper = data if isinstance(data, Paper) else paper_of(cls, data)
    if not isinstance(paper, cls):
        raise PaperIncomplete(_("Dữ liệu không phải của mẫu giấy “%(template)s”.") % {"template": template})
    return _compile(template, paper)


def _compile(template: str, paper: Paper) -> bytes:
    inputs = encode(paper)
    inputs["watermark"] = paper.watermark
    inputs["keywords"] = [template]
    inputs["tracking_url"] = paper.tracking_url.removeprefix("https://").removeprefix("http://")
    inputs["qr"], inputs["qr_side"] = qr_svg(paper.tracking_url) if paper.tracking_url else ("", 0)
    return compiled(template, inputs)


def set_official(document: OfficialDocument, *, watermark: str = "") -> Sheet:
    """The document as PDF/A after NĐ 30/2020, with the zones where it is signed, numbered and dated.

    ``watermark`` is for renditions of drafts; never give one for the file to be signed.
    Raises PaperIncomplete naming each missing particular or picture and each table that does not fit together.
    """
    return official.sheet(document, watermark)


def set_annexes(document: OfficialDocument, *, watermark: str = "") -> tuple[Sheet, ...]:
    """The annexes that are files of their own (``Annex.separate``), in order, each with its zone ``corner``."""
    return official.annex_sheets(document, watermark)


def set_copy(original: bytes, mark: CopyMark, *, end: Zone | None = None) -> Sheet:
    """A copy for paper (SY, SL): the original's pages with the block of copy; zone ``person`` for its signer.

    ``end`` is the original's zone of that name when it was set here; the block then stands on the same page if it
    fits. Raises FileRefused for a PDF that is broken or has a password. An electronic copy is the scan itself with
    the agency's signature in ``copy_zone``.
    """
    return copies.with_block(original, mark, end)


def copy_zone(scan: bytes) -> Zone:
    """Where the text signature of an electronic copy stands (box 14): upper right of page 1."""
    return copies.corner(scan)


def annex_corner(pdf: bytes) -> Corner:
    """Where the agency's signature stands on an annex that was set elsewhere: upper right of page 1 as people see it,
    whichever way the page is turned (documents.md §1.10). Raises FileRefused."""
    return corners.corner_of(pdf)


def draw_annex_corner(corner: Corner, *, text: str, at: datetime) -> bytes:
    """The look of that signature, number and symbol and the time with its zone, turned with the page."""
    mark = draw_stamp("annex_corner", w=corner.w, h=corner.h, text=text, at=at)
    return corners.turn(mark, corner.turned)


def rebuilt_pdf(pdf: bytes) -> bytes:
    """The same pages in a file that signing can add to. Raises FileRefused; also for one that is signed already."""
    return corners.rebuilt(pdf)


def extract_pages(original: bytes, pages: Sequence[int]) -> bytes:
    """Page 1 and the pages named, for a trích sao; signatures become plain pictures. Raises FileRefused."""
    return copies.extract(original, pages)


def mark_printed(pdf: bytes, words: str) -> bytes:
    """A rendition whose pages say they are a printed copy (NĐ 30/2020 Phụ lục VI III.6). Raises FileRefused."""
    return copies.marked(pdf, words)


def draw_stamp(
    kind: StampKind,
    *,
    w: float = 0,
    h: float = 0,
    picture: bytes = b"",
    text: str = "",
    agency: str = "",
    at: datetime | None = None,
    form: CopyForm = "SY",
    size: float = 13.0,
    italic: bool = False,
    side: stamps.Side = "right",
) -> bytes:
    """One mark as a transparent one-page PDF of ``w`` × ``h`` mm, the size of its zone (documents.md §1.8, 1.10).

    "person", "agency": ``picture`` (PNG) as large as it fits. "text": ``text`` at ``size`` on the baseline of the
    blank, for number (side right) and date (italic, side left). "initials": ``text`` in blue, or ``picture``.
    "annex_corner": ``text`` = số và ký hiệu, and ``at``. "copy_corner": ``form``, ``agency``, ``at``.
    Raises PaperIncomplete without a readable picture or without the time a mark must show.
    """
    if kind in ("annex_corner", "copy_corner") and at is None:
        raise PaperIncomplete(_("Chưa đủ dữ liệu để in giấy này."), problems=(Problem("at", _("Thiếu giá trị.")),))
    match kind:
        case "text":
            return stamps.field(text, w=w, h=h, size=size, italic=italic, side=side)
        case "initials" if not picture:
            return stamps.initials(text, w=w, h=h)
        case "annex_corner":
            return stamps.annex_corner(text, cast(datetime, at), w=w, h=h)
        case "copy_corner":
            return stamps.copy_corner(form, agency, cast(datetime, at), w=w, h=h)
    return stamps.picture(text or kind, picture, w=w, h=h)


def draw_arrival(agency: str, number: str, on: date, *, forwarded: str = "", file: str = "") -> bytes:
    """Dấu ĐẾN, 50 × 35 mm, as a one-page PDF; for renditions and paper, never for the file that was received."""
    return stamps.arrival(agency, number, on, forwarded, file)


def set_register(book: RegisterBook) -> bytes:
    """A register (cover, landscape, heading on each page, margin to bind) or a list of Phụ lục IV and V as PDF/A.

    Raises PaperIncomplete when a row has not one text for each column.
    """
    return books.printed(book)


def register_sheet(book: RegisterBook) -> bytes:
    """The same rows as .xlsx; every value is a text. Raises PaperIncomplete like ``set_register``."""
    from congvu.engines.typeset import sheets

    return sheets.sheet(book)


def register_word(book: RegisterBook) -> bytes:
    """The same rows as a table in .docx, to be edited elsewhere. Raises PaperIncomplete like ``set_register``."""
    from congvu.engines.typeset.word import tables

    return tables.write(book)


def set_direction_slip(slip: DirectionSlip) -> bytes:
    """Phiếu giải quyết văn bản đến as PDF/A."""
    return books.slip(slip)


def set_hand_over(paper: HandOver) -> Sheet:
    """Biên bản giao nhận hồ sơ, tài liệu; zone ``secretary`` is for the giver, ``person`` for the taker."""
    return official.sheet(books.hand_over_document(paper))


def check_draft(document: OfficialDocument) -> tuple[Finding, ...]:
    """Capitals and layout of a draft against NĐ 30/2020, each finding with its place, words and, mostly, a proposal."""
    return lint.lint(document)


def read_word(data: bytes) -> Reading:
    """Structured text, pictures and notes of an uploaded .docx.

    Raises FileRefused for macros, content linked from outside, entities, ZIP bombs, passwords and broken files.
    """
    from congvu.engines.typeset import word

    return word.read(data)


def write_word(document: OfficialDocument) -> bytes:
    """The draft as an editable .docx in the main lines of its layout."""
    from congvu.engines.typeset import word

    return word.write(document)


def read_text(text: str) -> tuple[Block, ...]:
    """Blocks of plain lines: Điều, khoản, điểm, căn cứ, dashes by how they begin."""
    return reading.read_text(text)


def place_picture(body: Sequence[Block], picture: Picture) -> tuple[Block, ...]:
    """The text with a picture where a line of its own says [hình], else at its end."""
    return reading.placed(body, picture)


def write_text(body: Sequence[Block]) -> str:
    """Plain lines of a text, numbered, that ``read_text`` reads back."""
    return reading.write_text(body)


def demo_signature(name: str) -> bytes:
    """A blue PNG for the demonstration, the same for the same name."""
    return demo.signature(name)


def demo_seal(agency: str) -> bytes:
    """A red PNG for the demonstration that says itself that it has no legal value."""
    return demo.seal(agency)


def official_day(day: date) -> str:
    """``ngày 05 tháng 02 năm 2026``, as documents write it (NĐ 30/2020 Phụ lục I)."""
    return long_date(day)


def qr_svg(address: str) -> tuple[str, float]:
    """A QR code (error correction M) of a short address and the side in mm to draw it at.

    The symbol itself is 24 mm wide; the four-module quiet zone that the standard asks for comes on top.
    """
    code, out = segno.make(address, error="m", micro=False), BytesIO()
    code.save(out, kind="svg", border=QUIET_MODULES, xmldecl=False, svgns=True, dark="#000", light=None)
    modules = code.symbol_size(border=0)[0]
    return out.getvalue().decode(), round(QR_SYMBOL_MM * (modules + 2 * QUIET_MODULES) / modules, 2)
