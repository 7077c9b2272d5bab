"""Annexes of the documents of the demo: tables brought as Word files, as an office has them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from congvu.common.actor import Actor
from congvu.domains.documents import services
from congvu.domains.documents.types import AnnexInput
from congvu.ground.files import services as files


def bring(author: Actor, record: UUID, annexes: Sequence[Mapping[str, Any]]) -> None:
    """Attach the tables to the draft just made."""
    for annex in annexes:
        content = _word(annex.get("before", ""), annex["rows"])
        kept = files.upload(author, name=annex["name"], stream=io.BytesIO(content))
        services.attach_annex(author, record, AnnexInput(kept.id, annex["title"]))


def _word(before: str, rows: Sequence[Sequence[str]]) -> bytes:
    from docx import Document

    made = Document()
    if before:
        made.add_paragraph(before)
    table = made.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
