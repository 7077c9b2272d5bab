"""Wordings as data (``texts.json``): per kind and language a subject, a body and a short form for SMS.

The short form may name only what identifies no person; that is checked when the texts are loaded.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from congvu.common.text import clean
from congvu.common.zones import local

SHORT_FIELDS = frozenset({"agency", "code", "due", "old_due", "count", "phone", "link", "pickup", "step"})
SHORTEST_AGENCY = {"vi": "Cơ quan", "en": "The office"}
SMS_LENGTH = 160
LANGUAGES = ("vi", "en")
_FIELD = re.compile(r"\{(\w+)\}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one kind in one language, with ``{field}`` places."""

    subject: str
    body: str
    short: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message. ``legal``: the law requires it, so it cannot be muted. ``email``: it also goes out by mail."""

    key: str
    label: str
    legal: bool
    email: bool
    wordings: Mapping[str, Wording]

    @property
    def fields(self) -> frozenset[str]:
        """Every field a context must hold, whatever the language."""
        texts = (text for w in self.wordings.values() for text in (w.subject, w.body, w.short))
        return frozenset(name for text in texts for name in _FIELD.findall(text))


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by key. Raises ValueError for a text that could carry personal data into an SMS."""
    rows = json.loads(Path(__file__).with_name("texts.json").read_text(encoding="utf-8"))
    return {key: _kind(key, row) for key, row in rows.items()}


def _kind(key: str, row: Mapping[str, Any]) -> Kind:
    wordings = {language: Wording(**row[language]) for language in LANGUAGES}
    for wording in wordings.values():
        unsafe = set(_FIELD.findall(wording.short)) - SHORT_FIELDS
        if unsafe:
            raise ValueError(f"{key}: short text names {sorted(unsafe)}")
    return Kind(key, row["label"], row["legal"], row["email"], wordings)


def stored(context: Mapping[str, Any]) -> dict[str, Any]:
    """The context as JSON; moments become ``{"at": …}`` so that each language writes them its own way."""
    return {
        name: {"at": local(value).isoformat()} if isinstance(value, datetime) else clean(str(value))
        for name, value in context.items()
    }


def shown(value: Any, language: str) -> str:
    """One stored value as people read it: "17:00 ngày 30/11/2026", "17:00 on 30 Nov 2026"."""
    if isinstance(value, Mapping):
        at = local(datetime.fromisoformat(value["at"]))
        if language == "en":
            return f"{at.hour}:{at.minute:02d} on {at.day} {_MONTHS[at.month - 1]} {at.year}"
        return f"{at.hour}:{at.minute:02d} ngày {at.day}/{at.month}/{at.year}"
    return str(value)


def fill(text: str, context: Mapping[str, Any], language: str) -> str:
    """The text with its fields filled in, once: a value that looks like a field stays as it is. Raises KeyError."""
    return _FIELD.sub(lambda found: shown(context[found[1]], language), text).strip()


def one_line(text: str, longest: int) -> str:
    return " ".join(text.split())[:longest]


def unmarked(text: str) -> str:
    """Vietnamese without its marks, case kept: what a plain SMS can carry."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(c for c in apart if not unicodedata.combining(c)).replace("–", "-").replace("…", "...")
    return plain.encode("ascii", "replace").decode()


def sms(kind: str, context: Mapping[str, Any], language: str = "vi") -> str:
    """The short form, at most 160 signs without marks. A long agency name gives way first, then the last sentences."""
    wording = kinds()[kind].wordings[language].short
    text = one_line(unmarked(fill(wording, context, language)), 1000)
    if len(text) > SMS_LENGTH:
        shorter = {**context, "agency": SHORTEST_AGENCY[language]}
        text = one_line(unmarked(fill(wording, shorter, language)), 1000)
    while len(text) > SMS_LENGTH and ". " in text:
        text = text.rpartition(". ")[0] + "."
    return text[:SMS_LENGTH]
