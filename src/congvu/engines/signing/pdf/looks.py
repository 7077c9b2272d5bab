"""How a signature or a filled blank looks: a page drawn elsewhere, laid into the field as it is."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp.static import StaticStampStyle

from congvu.common.page import Zone
from congvu.engines.signing.pdf.opening import refusing

POINTS_PER_MM = 72 / 25.4
_WHOLE_BOX = layout.SimpleBoxLayoutRule(
    x_align=layout.AxisAlignment.ALIGN_MID, y_align=layout.AxisAlignment.ALIGN_MID, margins=layout.Margins.uniform(0)
)
# Without a picture the field stays empty: nothing is drawn that typeset did not draw.
NOTHING = StaticStampStyle(border_width=0, background_layout=_WHOLE_BOX)


class _Drawn(PdfContent):
    """The first page of a PDF as content of another one."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        form = page_as_form(self._ensure_writer, self._pdf)
        self.resources.xobject["/Drawn"] = form
        x1, y1, x2, y2 = (float(side) for side in form.get_object()["/BBox"])
        self.box = layout.BoxConstraints(width=abs(x2 - x1), height=abs(y2 - y1))
        return b"/Drawn Do"


def style(appearance: bytes | None) -> StaticStampStyle:
    """The style that lays the drawn page over the whole field."""
    return NOTHING if appearance is None else replace(NOTHING, background=_Drawn(appearance))


def page_as_form(writer: Any, pdf: bytes) -> IndirectObject:
    """The first page of ``pdf`` as a form XObject of the file being written. Raises PdfRefused for a broken one."""
    with refusing():
        form: IndirectObject = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(pdf)), page_ix=0)
    return form


def box(writer: IncrementalPdfFileWriter, zone: Zone) -> tuple[float, float, float, float]:
    """A zone (mm from the top left) in the points of its page, lower left corner first. Raises IndexError."""
    page, _resources = writer.find_page_for_modification(zone.page - 1)
    left, bottom, _right, top = _media_box(page.get_object())
    x, y = left + zone.x * POINTS_PER_MM, top - zone.y * POINTS_PER_MM
    lower = y - zone.h * POINTS_PER_MM
    if lower < bottom - 1:
        raise IndexError(zone)
    return (round(x, 2), round(lower, 2), round(x + zone.w * POINTS_PER_MM, 2), round(y, 2))


def zone_of(page: DictionaryObject, number: int, rectangle: Any) -> Zone:
    """The reverse: where a rectangle in points lies on its page, in mm from the top left."""
    left, _bottom, _right, top = _media_box(page)
    x1, y1, x2, y2 = (float(side) for side in rectangle)
    sides = (min(x1, x2) - left, top - max(y1, y2), abs(x2 - x1), abs(y2 - y1))
    return Zone(number, *(round(side / POINTS_PER_MM, 2) for side in sides))


def _media_box(page: DictionaryObject) -> tuple[float, float, float, float]:
    """The page's size, perhaps said by a node above it."""
    node: Any = page
    while "/MediaBox" not in node:
        node = node["/Parent"]
    left, bottom, right, top = (float(side) for side in node["/MediaBox"])
    return left, bottom, right, top


def appearance_of(form: IndirectObject) -> DictionaryObject:
    return DictionaryObject({pdf_name("/N"): form})
