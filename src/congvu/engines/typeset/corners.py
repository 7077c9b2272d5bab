"""The upper right corner of a file that was set elsewhere: where a signature of text stands on it, as people see it.

Scans and exported tables turn their pages and cut their edges; the place is told in the page's own millimetres, and the
mark is turned with the page so that it reads upright.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf
from django.utils.translation import gettext as _

from congvu.common.page import Zone
from congvu.engines.typeset.errors import FileRefused
from congvu.engines.typeset.types import Corner

MM = 72 / 25.4
# As wide and high as the corner of a paper set here; narrow pages give less, down to what the lines of size 10 need.
WIDE, HIGH = 80.0, 12.0
LEAST_WIDE, LEAST_HIGH = 55.0, 40.0
RIGHT, TOP = 15.0, 6.0

Box = tuple[float, float, float, float]


def corner_of(pdf: bytes) -> Corner:
    """The corner of page 1. Raises FileRefused for a file that is broken or has a password, for a page too small."""
    media, shown, turned = _page_of(pdf)
    # What is shown never reaches beyond the sheet.
    left, bottom = max(media[0], shown[0]), max(media[1], shown[1])
    right, top = min(media[2], shown[2]), min(media[3], shown[3])
    wide, high = (right - left) / MM, (top - bottom) / MM
    seen_w, seen_h = (high, wide) if turned in (90, 270) else (wide, high)
    if seen_w < LEAST_WIDE or seen_h < LEAST_HIGH:
        raise FileRefused(_("Trang đầu của tệp PDF quá nhỏ, không đủ chỗ cho chữ ký số của cơ quan."))
    w = min(WIDE, seen_w - RIGHT)
    x, y, across, down = _unturned(seen_w - RIGHT - w, w, wide, high, turned)
    from_left, from_top = (left - media[0]) / MM, (media[3] - top) / MM
    zone = Zone(1, round(from_left + x, 2), round(from_top + y, 2), round(across, 2), round(down, 2))
    return Corner(zone, turned, round(w, 2), HIGH)


def _page_of(pdf: bytes) -> tuple[Box, Box, int]:
    """Sheet, shown part and turn of page 1. Raises FileRefused."""
    with opened(pdf) as found:
        page = found.pages[0]
        try:
            return _box(page.mediabox), _box(page.cropbox), int(_inherited(page, "/Rotate")) % 360
        except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError, pikepdf.PdfError) as error:
            raise FileRefused(_("Tệp không phải là PDF hoặc đã hỏng.")) from error


def _unturned(x: float, w: float, wide: float, high: float, turned: int) -> tuple[float, float, float, float]:
    """The rectangle as it lies on the page before the page is turned: left, top, width, height."""
    if turned == 90:
        return TOP, high - x - w, HIGH, w
    if turned == 180:
        return wide - x - w, high - TOP - HIGH, w, HIGH
    if turned == 270:
        return wide - TOP - HIGH, x, HIGH, w
    return x, TOP, w, HIGH


# How a mark is laid so that it stands upright on a page turned clockwise: the matrix, and whether the sides change.
_LAID = {90: ("0 1 -1 0 {h} 0", True), 180: ("-1 0 0 -1 {w} {h}", False), 270: ("0 -1 1 0 0 {w}", True)}


def turn(mark: bytes, turned: int) -> bytes:
    """A mark of one page for a page that is shown turned; the same bytes for one that is not."""
    if turned not in _LAID:
        return mark
    matrix, swapped = _LAID[turned]
    with pikepdf.open(BytesIO(mark)) as source, pikepdf.new() as made:
        page = source.pages[0]
        w, h = (float(side) for side in page.mediabox[2:])
        made.add_blank_page(page_size=(h, w) if swapped else (w, h))
        drawn = made.copy_foreign(page.as_form_xobject())
        made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Mark=drawn))
        made.pages[0].Contents = made.make_stream(f"q {matrix.format(w=w, h=h)} cm /Mark Do Q".encode())
        out = BytesIO()
        made.save(out)
    return out.getvalue()


def rebuilt(pdf: bytes) -> bytes:
    """The same pages with the tables of the file written anew: word processors write some that signing cannot add to.

    Raises FileRefused for a file that is broken or signed already: a signature would be lost.
    """
    with opened(pdf) as found:
        form = found.Root.get("/AcroForm", pikepdf.Dictionary())
        if any(_signed(field) for field in form.get("/Fields", ())):
            raise FileRefused(_("PDF đã có chữ ký số nên không thêm ô ký mới được."))
        out = BytesIO()
        found.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _signed(field: pikepdf.Object, depth: int = 0) -> bool:
    """Whether a field, or one below it, holds a signature; a form that goes on for ever ends somewhere."""
    if depth > 8:
        return True
    if field.get("/FT") == "/Sig" and "/V" in field:
        return True
    return any(_signed(kid, depth + 1) for kid in field.get("/Kids", ()))


def opened(data: bytes) -> pikepdf.Pdf:
    """Raises FileRefused for what is no PDF, is broken, has a password or no page."""
    try:
        pdf = pikepdf.open(BytesIO(data))
        if not len(pdf.pages):
            raise FileRefused(_("Tệp PDF không có trang nào."))
    except pikepdf.PasswordError as error:
        raise FileRefused(_("Tệp PDF có mật khẩu.")) from error
    except (pikepdf.PdfError, ValueError) as error:
        raise FileRefused(_("Tệp không phải là PDF hoặc đã hỏng.")) from error
    return pdf


def _box(sides: pikepdf.Object) -> Box:
    x1, y1, x2, y2 = (float(side) for side in sides)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _inherited(page: pikepdf.Page, name: str) -> int:
    """A value of the page, perhaps said by a node above it."""
    node: pikepdf.Object = page.obj
    depth = 0
    while name not in node and "/Parent" in node and depth < 50:
        node, depth = node["/Parent"], depth + 1
    return int(node.get(name, 0))
