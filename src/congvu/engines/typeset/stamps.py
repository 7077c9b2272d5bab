"""Looks of signatures and fields: one-page PDFs as large as their zone, transparent, for whoever signs or shows."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from congvu.common.zones import iso
from congvu.engines.typeset.compiler import MARK, compiled
from congvu.engines.typeset.encode import text
from congvu.engines.typeset.pictures import drawn
from congvu.engines.typeset.types import COPY_FORMS, CopyForm

Side = Literal["left", "center", "right"]
# Dấu ĐẾN, NĐ 30/2020 PL IV: 35 mm high, 50 mm wide.
ARRIVAL_MM = (50.0, 35.0)
PRINT_LINE_MM = 4.0
_PLAIN: dict[str, Any] = {
    "lines": [], "svg": "", "ratio": 1.0, "size": 10.0, "style": "normal", "side": "center", "colour": "black",
}  # fmt: skip


def _stamp(kind: str, title: str, w: float, h: float, **given: Any) -> bytes:
    data = {**_PLAIN, "kind": kind, "title": text(title), "w": w, "h": h, **given}
    return compiled("official/stamp", data, standards=MARK)


@lru_cache(maxsize=32)
def picture(title: str, image: bytes, *, w: float, h: float) -> bytes:
    """A signature or seal as large as the zone allows, its shape kept; the last ones drawn are kept for the next
    documents of the same hand. Raises PaperIncomplete for no picture."""
    found = drawn(title, image)
    return _stamp("picture", title, w, h, svg=found.svg, ratio=found.ratio)


@lru_cache(maxsize=32)
def field(value: str, *, w: float, h: float, size: float, italic: bool, side: Side) -> bytes:
    """Number or date in the blank of the page: same size, same baseline."""
    style = "italic" if italic else "normal"
    return _stamp("field", value, w, h, lines=[text(value)], size=size, style=style, side=side)


def initials(value: str, *, w: float, h: float) -> bytes:
    """Ký nháy: the person's initials in blue."""
    return _stamp("field", value, w, h, lines=[text(value)], size=13.0, style="italic", side="left", colour="blue")


def annex_corner(number_symbol: str, at: datetime, *, w: float, h: float) -> bytes:
    """Agency's signature on an annex in a file of its own: number and symbol, time with zone; no picture, size 10."""
    return _stamp("lines", number_symbol, w, h, lines=[text(number_symbol), iso(at)], side="right")


def copy_corner(form: CopyForm, agency: str, at: datetime, *, w: float, h: float) -> bytes:
    """Box 14 of an electronic copy: form of copy in small letters, agency, time with zone; no picture, size 10."""
    words = COPY_FORMS[form].capitalize()
    return _stamp("lines", words, w, h, lines=[words, text(agency).replace("\n", " "), iso(at)], side="right")


def print_line(words: str, *, w: float) -> bytes:
    """The line that marks a printed copy."""
    return _stamp("lines", words, w, PRINT_LINE_MM, lines=[text(words)], size=8.0, side="center")


def arrival(agency: str, number: str, on: date, forwarded: str = "", file: str = "") -> bytes:
    """Dấu ĐẾN, 50 × 35 mm, for renditions and paper only."""
    w, h = ARRIVAL_MM
    lines = [text(agency).replace("\n", " "), text(number), f"{on:%d/%m/%Y}", text(forwarded), text(file)]
    return _stamp("arrival", f"Đến số {number}", w, h, lines=lines, colour="red")
