"""What a fee line says. "Miễn phí" on a portal often means "the provincial council decides", which is not free."""

from __future__ import annotations

import re
from typing import Any

from congvu.domains.procedures.data import plain

_COUNCIL = re.compile(r"hdnd|hoi dong nhan dan")
_FREE = re.compile(r"^[-\s]*(mien|khong|phi cap ban sao)")
_UNSET = re.compile(r"^[-\s]*chua quy dinh")


def fee_state(amount: int | None, note: str) -> str:
    """``amount``, ``free``, ``council``, ``law`` or ``unset``; see ``types.FeeItem``."""
    words = plain(note)
    if amount:
        return "amount"
    if _COUNCIL.search(words):
        return "council"
    if amount is None or _UNSET.search(words):
        return "unset"
    return "free" if not words or _FREE.search(words) else "law"


def classify(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_classify(row) for row in rows]


def _classify(row: dict[str, Any]) -> dict[str, Any]:
    state = fee_state(row["amount"], row["note"])
    return {**row, "state": state, "amount": row["amount"] if state in ("amount", "free") else None}
