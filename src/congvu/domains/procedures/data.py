"""Data files of the room: read once, folded once."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import orjson

from congvu.common.text import fold


@functools.cache
def load(name: str) -> Any:
    """The content of ``data/<name>.json``."""
    return orjson.loads(files("congvu.domains.procedures").joinpath("data", f"{name}.json").read_bytes())


def plain(text: str | None) -> str:
    """Folded, blanks single: what patterns and searches compare."""
    return " ".join(fold(text or "").split())


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One line of the role map: a pattern on the folded role text, optionally on the step's name too."""

    role_text: re.Pattern[str]
    step_name: re.Pattern[str] | None
    role: str
    place: str
    public_name: str


@functools.cache
def role_rules() -> tuple[RoleRule, ...]:
    return tuple(
        RoleRule(
            re.compile(line["text"]),
            re.compile(line["step"]) if line.get("step") else None,
            line["role"],
            line["place"],
            line.get("public", ""),
        )
        for line in load("rolemap")["rules"]
    )


@functools.cache
def field_names() -> dict[str, str]:
    """Folded synonym → the field's own name."""
    return {plain(word): name for name, facts in load("fields").items() for word in (name, *facts.get("synonyms", []))}


@functools.cache
def field_audiences() -> dict[str, tuple[str, ...]]:
    return {name: tuple(facts["audience"]) for name, facts in load("fields").items() if facts.get("audience")}


@functools.cache
def synonyms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Folded everyday phrase → procedure codes, the longest phrase first."""
    table = [(plain(line["phrase"]), tuple(line["codes"])) for line in load("synonyms")]
    return tuple(sorted(table, key=lambda line: -len(line[0])))


def codes_meant(query: str) -> Iterator[str]:
    """Codes whose everyday phrases the folded query holds, or whose phrase it begins (from three letters on)."""
    held = [codes for phrase, codes in synonyms() if f" {phrase} " in f" {query} "]
    begun = [codes for phrase, codes in synonyms() if len(query) >= 3 and phrase.startswith(query)]
    yield from dict.fromkeys(code for codes in (*held, *begun) for code in codes)
