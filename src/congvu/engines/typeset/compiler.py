"""One typst compiler for the process: fonts and parsed templates stay loaded, so a warm paper takes milliseconds."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import typst

from congvu.common.page import Zone
from congvu.common.zones import utc_now
from congvu.engines.typeset.fonts import installed

TEMPLATES = Path(__file__).parent / "templates"
# Papers are tagged, archivable and accessible; marks that are put onto a page are only archivable.
PAPER: list[typst.PDFStandard] = ["a-2a", "ua-1"]
MARK: list[typst.PDFStandard] = ["a-2b"]
_compiling = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    fonts, _families = installed()
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


def compiled(template: str, inputs: Mapping[str, Any], *, standards: list[typst.PDFStandard] = PAPER) -> bytes:
    """The PDF of a template (its path below ``templates`` without ".typ") and its JSON data."""
    with _compiling:
        return _pdf(template, inputs, standards)


def placed(template: str, inputs: Mapping[str, Any]) -> tuple[bytes, dict[str, Zone]]:
    """The PDF, and the zones the template marked in it by the labelled metadata ``<zone>``."""
    with _compiling:
        pdf = _pdf(template, inputs, PAPER)
        found = orjson.loads(_compiler().query("<zone>", field="value"))
    return pdf, {z["name"]: Zone(z["page"], *(round(z[side], 2) for side in ("x", "y", "w", "h"))) for z in found}


def _pdf(template: str, inputs: Mapping[str, Any], standards: list[typst.PDFStandard]) -> bytes:
    made = _compiler().compile(
        input=TEMPLATES / f"{template}.typ", format="pdf", pdf_standards=standards, pdf_tags=standards is PAPER,
        timestamp=int(utc_now().timestamp()),
        sys_inputs={"data": orjson.dumps({**inputs, "fonts": installed()[1]}).decode()},
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise RuntimeError(f"template {template} made no single file")
    return made
