"""What every kind of field can do: read a POST, parse, show again, say, and describe itself as JSON Schema."""
# ruff: noqa: ARG002  every kind answers the same calls, not each needs all of them

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from congvu.common.text import clean
from congvu.engines.forms.types import Field

RAW = "raw"


class FormData(Protocol):
    """The part of Django's QueryDict that is read."""

    def get(self, key: str, default: Any = None, /) -> Any: ...
    def getlist(self, key: str, /) -> list[Any]: ...
    def __contains__(self, key: object, /) -> bool: ...


class Bad(ValueError):
    """What was typed cannot be taken. The text follows the label and says what to do; ``part`` names the box."""

    def __init__(self, message: str, part: str = "") -> None:
        super().__init__(message)
        self.part = part


def tidy(value: Any, *, lines: bool = False) -> str:
    """Typed text in the stored form: NFC, no control or invisible format characters, blanks folded."""
    text = clean(str(value))
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Co", "Cn"))
    return text if lines else " ".join(text.split())


def raw_of(value: Any) -> Any:
    """What was typed, when the value could not be read; else None."""
    return value[RAW] if isinstance(value, Mapping) and RAW in value else None


class Kind:
    """A one-box text; the other kinds say where they differ.

    ``template`` is under ``forms/fields/``; ``asks``: a person answers it; ``kept``: it has a stored answer.
    """

    template = "text"
    asks = True
    kept = True

    def read(self, field: Field, name: str, data: FormData) -> Any:
        """What stands in the boxes called ``name`` (text, or texts by box); None when all are empty."""
        return tidy(data.get(name, "")) or None

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        """The clean value of what was read, or of a clean value itself. Raises Bad."""
        return str(raw)

    def boxes(self, field: Field, value: Any) -> dict[str, Any]:
        """What the boxes show for a value or for what was typed; the main box has the key ``""``."""
        raw = raw_of(value)
        return {"": "" if value is None else raw if raw is not None else self.text(field, value)}

    def text(self, field: Field, value: Any) -> str:
        """The value in words for summaries and print."""
        return str(value)

    def schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}
