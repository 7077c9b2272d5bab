"""Whole numbers and money in đồng."""
# ruff: noqa: ARG002  every kind answers the same calls, not each needs all of them

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.spoken import say_number
from congvu.engines.forms.kinds.base import Bad, Kind, raw_of
from congvu.engines.forms.types import Field

_PLAIN = re.compile(r"^\d+$", re.ASCII)
_GROUPED = re.compile(r"^\d{1,3}([. ,]\d{3})+$", re.ASCII)
_CURRENCY = re.compile(r"\s*(đồng|vnđ|vnd|đ|₫)\.?$", re.IGNORECASE)


def dotted(number: int) -> str:
    """1284 → "1.284"; in English "1,284"."""
    return say_number(number)


class Number(Kind):
    """A whole number. Parameters: ``min``, ``max``, ``unit`` (shown after it)."""

    highest = 999_999

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        number = raw if isinstance(raw, int) and not isinstance(raw, bool) else self._read(str(raw))
        low, high = int(field.params.get("min", 0)), int(field.params.get("max", self.highest))
        if number < low:
            raise Bad(_("phải từ %(low)s trở lên") % {"low": dotted(low)})
        if number > high:
            raise Bad(_("nhiều nhất là %(high)s") % {"high": dotted(high)})
        return number

    def _read(self, text: str) -> int:
        text = _CURRENCY.sub("", text).strip()
        if _GROUPED.match(text):
            text = re.sub(r"[. ,]", "", text)
        if not _PLAIN.match(text) or len(text) > 18:
            raise Bad(_("ghi bằng chữ số, không có số lẻ, ví dụ 3"))
        return int(text)

    def boxes(self, field: Field, value: Any) -> dict[str, Any]:
        raw = raw_of(value)
        return {"": "" if value is None else raw if raw is not None else dotted(value)}

    def text(self, field: Field, value: Any) -> str:
        unit = field.params.get("unit", "")
        return f"{dotted(value)} {unit}" if unit else dotted(value)

    def schema(self, field: Field) -> dict[str, Any]:
        params = field.params
        return {"type": "integer", "minimum": params.get("min", 0), "maximum": params.get("max", self.highest)}


class Money(Number):
    """An amount in whole đồng."""

    template = "money"
    highest = 10**15

    def text(self, field: Field, value: Any) -> str:
        return f"{dotted(value)} đ"
