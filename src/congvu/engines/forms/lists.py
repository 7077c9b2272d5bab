"""Code lists shared by forms (``data/lists.json``): peoples and countries, with version and source."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from congvu.engines.forms.types import Choice, Note, Words

_PATH = Path(__file__).parent / "data" / "lists.json"


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_PATH.read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=8)
def labels(name: str) -> dict[str, Words]:
    """Value → label of a list. Raises KeyError for an unknown list."""
    return {item[0]: Words(*item[1:3]) for item in _lists()[name]["items"]}


@lru_cache(maxsize=8)
def choices(name: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label) for value, label in labels(name).items())


def note(name: str) -> Note | None:
    """What of the list nobody compared with its source yet."""
    entry = _lists()[name]
    return Note(f"list:{name}", entry["title"], entry["basis"]) if entry["mark"] == "M" else None
