"""Copies on paper of an existing document: the block of Phụ lục I, phần II under its last line; the place of box 14."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from django.utils.translation import gettext as _

from congvu.common.page import Zone
from congvu.engines.typeset import stamps
from congvu.engines.typeset.corners import opened
from congvu.engines.typeset.errors import FileRefused
from congvu.engines.typeset.foot import free_strip
from congvu.engines.typeset.official import copy_page
from congvu.engines.typeset.types import CopyMark, Sheet

MM = 72 / 25.4
TOP_MM = 20.0
GAP_MM = 5.0
LOWEST_MM = 275.0
FOOT_GAP_MM = 3.0
RIGHT_MM = 15.0
PRINT_LOW_MM = 6.0
A4 = (210 * MM, 297 * MM)
# Scanners cut a sheet a few millimetres short or long.
NEARLY = 3 * MM


def with_block(original: bytes, mark: CopyMark, end: Zone | None) -> Sheet:
    """The pages of the original with the block below ``end`` where it fits, else on a page of its own. Without an
    ``end`` the last page is looked at: a scan tells nobody where its text ends and what stands in its foot.

    What comes out is for printing: signatures become plain pictures of themselves, for a copy is no original.
    """
    block = copy_page(mark)
    with opened(original) as pdf, pikepdf.open(BytesIO(block.pdf)) as added:
        pdf.flatten_annotations("print")
        if "/AcroForm" in pdf.Root:
            del pdf.Root.AcroForm
        foreign = end is None
        down = _room_seen(pdf, block) if end is None else _room(pdf, block, end)
        if down is None:
            pdf.pages.append(added.pages[0])
            down = 0.0
        else:
            if foreign:
                _plain(pdf)
            page, shift = pdf.pages[-1], -down * MM
            wide, high = (float(side) for side in added.pages[0].mediabox[2:])
            page.add_overlay(added.pages[0], pikepdf.Rectangle(0, shift, wide, high + shift))
        zone, pages = block.zones["copy_person"], len(pdf.pages)
        out = BytesIO()
        pdf.save(out)
    return Sheet(out.getvalue(), pages, {"person": Zone(pages, zone.x, round(zone.y + down, 2), zone.w, zone.h)})


def extract(original: bytes, pages: Sequence[int]) -> bytes:
    """The named pages of the original in their order; page 1, which carries its layout, always among them.

    What comes out is a part and no original: signatures become plain pictures. Raises FileRefused for a page it does
    not have.
    """
    with opened(original) as pdf:
        if any(not 1 <= n <= len(pdf.pages) for n in pages):
            raise FileRefused(_("Văn bản chỉ có %(n)s trang.") % {"n": len(pdf.pages)})
        pdf.flatten_annotations("print")
        part = pikepdf.new()
        for n in sorted({1, *pages}):
            part.pages.append(pdf.pages[n - 1])
        out = BytesIO()
        part.save(out)
    return out.getvalue()


def _room_seen(pdf: pikepdf.Pdf, block: Sheet) -> float | None:
    """``_room`` on the last page of a file not set here, as people see the page; None for another size than A4 upright,
    and where it cannot be seen."""
    last = pdf.pages[-1]
    if "/TrimBox" in last:
        del last["/TrimBox"]
    _left, _low, wide, high = _shown(last.as_form_xobject())
    if abs(wide - A4[0]) > NEARLY or abs(high - A4[1]) > NEARLY:
        return None
    out = BytesIO()
    pdf.save(out)
    strip = free_strip(out.getvalue(), page=len(pdf.pages))
    return None if strip is None else _down(block, strip[0], min(LOWEST_MM, strip[1] - FOOT_GAP_MM))


def _shown(drawn: pikepdf.Object) -> tuple[float, float, float, float]:
    """Left and lower edge, width and height in points of a page drawn as people see it, turned and cut."""
    box = [float(side) for side in drawn.BBox]
    laid = pikepdf.Matrix(*[float(n) for n in drawn.get("/Matrix", [1, 0, 0, 1, 0, 0])])
    points = [laid.transform((x, y)) for x in (box[0], box[2]) for y in (box[1], box[3])]
    left, low = min(x for x, _y in points), min(y for _x, y in points)
    return left, low, max(x for x, _y in points) - left, max(y for _x, y in points) - low


def _plain(pdf: pikepdf.Pdf) -> None:
    """The last page becomes a sheet of exactly A4 with what people see of it at its own scale: upright, and from the
    same upper left corner."""
    drawn = pdf.pages[-1].as_form_xobject()
    left, low, _wide, high = _shown(drawn)
    pdf.add_blank_page(page_size=A4)
    page = pdf.pages[-1]
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=pdf.make_indirect(drawn)))
    page.obj.Contents = pdf.make_stream(f"q 1 0 0 1 {-left:.3f} {A4[1] - high - low:.3f} cm /Scan Do Q".encode())
    del pdf.pages[-2]


def _room(pdf: pikepdf.Pdf, block: Sheet, end: Zone) -> float | None:
    """How far down the block moves to stand under the last line; None where it does not fit on that page."""
    wide, high = _size(pdf.pages[-1])
    if end.page != len(pdf.pages) or (round(wide), round(high)) != (210, 297):
        return None
    return _down(block, end.y, LOWEST_MM)


def _down(block: Sheet, end: float, lowest: float) -> float | None:
    """How far the block moves from the top of its page to lie between the end of the text and ``lowest``."""
    tall, top = block.zones["copy_end"].y - TOP_MM, max(TOP_MM, end + GAP_MM)
    return top - TOP_MM if top + tall <= lowest else None


def marked(pdf: bytes, words: str) -> bytes:
    """The pages with a line in the lower margin of each that says it is a printed copy. A rendition, never the file:
    signatures become plain pictures of themselves."""
    with opened(pdf) as found:
        found.flatten_annotations("print")
        if "/AcroForm" in found.Root:
            del found.Root.AcroForm
        for page in found.pages:
            wide, _high = _size(page)
            line = stamps.print_line(words, w=wide - 2 * RIGHT_MM)
            with pikepdf.open(BytesIO(line)) as drawn:
                left, bottom = float(page.mediabox[0]) + RIGHT_MM * MM, float(page.mediabox[1]) + PRINT_LOW_MM * MM
                w, h = (float(side) for side in drawn.pages[0].mediabox[2:])
                page.add_overlay(drawn.pages[0], pikepdf.Rectangle(left, bottom, left + w, bottom + h))
        out = BytesIO()
        found.save(out)
    return out.getvalue()


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    turned = int(page.get("/Rotate", 0)) % 180 == 90
    wide, high = (right - left) / MM, (top - bottom) / MM
    return (high, wide) if turned else (wide, high)
