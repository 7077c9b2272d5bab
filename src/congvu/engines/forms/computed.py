"""Values the program makes from answers, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from congvu.engines.forms.conditions import is_empty
from congvu.engines.forms.types import Field
from congvu.engines.forms.words import date_in_words, number_in_words, sentence


def _date_words(value: Any) -> str | None:
    return sentence(date_in_words(date.fromisoformat(value))) if isinstance(value, str) and len(value) == 10 else None


def _money_words(value: Any) -> str | None:
    return sentence(f"{number_in_words(value)} đồng") if isinstance(value, int) else None


def _copy_fee(value: Any, each: int) -> str | None:
    return f"{f'{value * each:,}'.replace(',', '.')} đ" if isinstance(value, int) else None


FUNCTIONS: dict[str, Callable[..., str | None]] = {
    "date_words": _date_words,
    "money_words": _money_words,
    "copy_fee": _copy_fee,
}


def compute(field: Field, answers: Mapping[str, Any]) -> str | None:
    """The value of a computed field, or None while its sources are missing or unreadable."""
    sources = [answers.get(key) for key in field.params["of"]]
    if any(is_empty(value) for value in sources):
        return None
    return FUNCTIONS[field.params["function"]](*sources, **field.params.get("with", {}))
