"""The door: a paper in, a PDF out."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import segno
import typst
from django.utils.translation import gettext as _

from congvu.common.zones import utc_now
from congvu.engines.typeset.encode import encode, paper_of
from congvu.engines.typeset.errors import PaperIncomplete
from congvu.engines.typeset.fonts import installed
from congvu.engines.typeset.types import PAPERS, Paper

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
QR_SYMBOL_MM = 24
QUIET_MODULES = 4
_compiling = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    """One compiler for the process: it keeps fonts and parsed templates, so a warm paper takes milliseconds."""
    fonts, _missing = installed()
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


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
    inputs["fonts"] = list(installed()[1])
    inputs["watermark"] = paper.watermark
    inputs["keywords"] = [template]
    inputs["tracking_url"] = paper.tracking_url.removeprefix("https://").removeprefix("http://")
    inputs["qr"], inputs["qr_side"] = qr_svg(paper.tracking_url) if paper.tracking_url else ("", 0)
    with _compiling:
        made = _compiler().compile(
            input=TEMPLATES / f"{template}.typ", format="pdf", pdf_standards=STANDARDS,
            timestamp=int(utc_now().timestamp()), sys_inputs={"data": orjson.dumps(inputs).decode()},
        )  # fmt: skip
    if not isinstance(made, bytes):
        raise RuntimeError(f"template {template} made no single file")
    return made


def qr_svg(address: str) -> tuple[str, float]:
    """A QR code (error correction M) of a short address and the side in mm to draw it at.

    The symbol itself is 24 mm wide; the four-module quiet zone that the standard asks for comes on top.
    """
    code, out = segno.make(address, error="m", micro=False), BytesIO()
    code.save(out, kind="svg", border=QUIET_MODULES, xmldecl=False, svgns=True, dark="#000", light=None)
    modules = code.symbol_size(border=0)[0]
    return out.getvalue().decode(), round(QR_SYMBOL_MM * (modules + 2 * QUIET_MODULES) / modules, 2)
