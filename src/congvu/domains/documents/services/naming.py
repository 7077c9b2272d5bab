"""How a document is called where there is room for a few words only. Stored, so Vietnamese."""

from __future__ import annotations

from congvu.domains.documents.models import Incoming

WIDTH = 50


def code_of(row: Incoming) -> str:
    """What the inbox shows in front: number of arrival and the document's own number and symbol."""
    own = "/".join(part for part in (row.number, row.symbol) if part)
    return " · ".join(part for part in (f"Đến {row.arrival_number}", own) if part)[:WIDTH]
