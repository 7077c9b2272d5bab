"""What a scanned file is: pages, resolution, colour, version, PDF/A, the digitiser's signature on page 1."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf

from congvu.domains.digitising.types import Facts

INCH = 72.0
# A picture counts as the page when it is this share of its width.
FILLING = 0.6


def inspect(content: bytes) -> Facts:
    """Read a PDF. Raises ValueError for what cannot be read."""
    try:
        with pikepdf.open(BytesIO(content)) as held:
            pages = [_page(page) for page in held.pages]
            shown = [found for found in pages if found]
            return Facts(
                pages=len(pages), pictures=len(shown), dpi=min((dpi for dpi, _colour in shown), default=0),
                colour=bool(shown) and all(colour for _dpi, colour in shown), pdf_version=held.pdf_version,
                archival=bool(held.open_metadata().pdfa_status), signed_at=_signed(held),
            )  # fmt: skip
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error


def _page(page: Any) -> tuple[int, bool] | None:
    """Resolution and colour of the largest picture on a page; None when no picture fills it.

    The resolution is that of a picture as wide as the page, which scans are.
    """
    box = page.mediabox
    width = max(1.0, float(box[2]) - float(box[0])) / INCH
    best: tuple[int, bool] | None = None
    for picture in page.get_images().values():
        across = int(picture.get("/Width", 0))
        dpi = round(across / width)
        if across > width * INCH * FILLING and (best is None or dpi > best[0]):
            best = (dpi, _coloured(picture))
    return best


def _coloured(picture: Any) -> bool:
    """At least 24 bits a point: three channels of eight."""
    return _channels(picture.get("/ColorSpace")) >= 3 and int(picture.get("/BitsPerComponent", 8)) >= 8


def _channels(space: Any) -> int:
    """Channels of a colour space: by its name, or, where it is an array, by its first word and its profile."""
    words = str(space[0]) if isinstance(space, pikepdf.Array) else str(space)
    if words == "/ICCBased":
        return int(space[1].get("/N", 1))
    return 3 if words in ("/DeviceRGB", "/CalRGB", "/DeviceCMYK") else 1


def _signed(held: Any) -> bool | None:
    """Whether a signature stands in the upper right quarter of page 1; None when nothing is signed."""
    found = None
    for number, page in enumerate(held.pages):
        left, bottom, right, top = (float(value) for value in page.mediabox)
        for note in page.obj.get("/Annots", ()):
            if str(note.get("/FT", "")) != "/Sig" or "/V" not in note:
                continue
            box = [float(value) for value in note.get("/Rect", (0, 0, 0, 0))]
            placed = box[0] >= (left + right) / 2 and box[1] >= (bottom + top) / 2 and box[2] > box[0]
            found = bool(found) or (number == 0 and placed)
    return found
