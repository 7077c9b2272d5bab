"""Small PDFs to sign, and pictures to lay into their fields."""

from __future__ import annotations

from functools import cache

import typst

from congvu.common.page import Zone
from congvu.engines.signing import services
from congvu.engines.signing.types import Filling, TextField

ZONES = {"person": Zone(1, 110, 200, 60, 25), "agency": Zone(1, 90, 195, 36, 36)}
TEXTS = {"number": TextField(Zone(1, 45, 40, 20, 6), "Số"), "date": TextField(Zone(1, 130, 40, 60, 6), "Ngày tháng")}


@cache
def _compile(source: str) -> bytes:
    made = typst.compile(source.encode(), format="pdf", pdf_standards=["a-2b"])
    assert isinstance(made, bytes)
    return made


def paper(pages: int = 1) -> bytes:
    text = '#set page(paper: "a4")\n#set document(title: [Công văn])\n' + "#pagebreak()\n".join(
        f"Văn bản trang {number}, UBND xã Yên Khê.\n" for number in range(1, pages + 1)
    )
    return _compile(text)


def drawn(words: str, width: float = 60, height: float = 25) -> bytes:
    return _compile(
        f"#set page(width: {width}mm, height: {height}mm, margin: 1mm)\n#set document(title: [x])\n"
        f"#set text(size: 8pt)\n{words}"
    )


def prepared(pages: int = 1) -> bytes:
    return services.prepare(paper(pages), signatures=ZONES, texts=TEXTS)


def numbered(pdf: bytes) -> bytes:
    return services.fill(
        pdf, {"number": Filling("15", drawn("15", 20, 6)), "date": Filling("19", drawn("19 tháng 11 năm 2026", 60, 6))}
    )
