"""Checks across fields, by name. A rule that misses an answer it needs has nothing to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from congvu.engines.forms.conditions import is_empty
from congvu.engines.forms.types import Rule

Broken = dict[str, str] | None
"""None when the rule holds; else what the placeholders of its message stand for (often nothing)."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule reads. ``facts`` come from registers ("facts.x" in a definition) and are often not there."""

    answers: Mapping[str, Any]
    params: Mapping[str, Any]
    today: date
    facts: Mapping[str, Any]

    def value(self, name: str) -> Any:
        """The answer of the field that parameter ``name`` names; also ``today``, ``facts.x`` and ISO dates."""
        return self.look_up(self.params[name])

    def values(self, name: str) -> list[Any]:
        found = (self.look_up(key) for key in self.params[name])
        return [value for value in found if not is_empty(value)]

    def look_up(self, key: str) -> Any:
        if key == "today":
            return self.today.isoformat()
        if key.startswith("facts."):
            return self.facts.get(key.removeprefix("facts."))
        if key[:1].isdigit():
            return key
        return self.answers.get(key)


Function = Callable[[Context], Broken]


@dataclass(frozen=True, slots=True)
class Registered:
    function: Function
    fields: tuple[str, ...]


RULES: dict[str, Registered] = {}


def rule(name: str, *fields: str) -> Callable[[Function], Function]:
    """Register a check; ``fields`` are its parameters that name fields."""

    def decorate(function: Function) -> Function:
        RULES[name] = Registered(function, fields)
        return function

    return decorate


def fields_of(item: Rule) -> Iterator[str]:
    """Keys of the fields a rule reads."""
    for name in RULES[item.name].fields:
        named = item.params.get(name, ())
        for key in [named] if isinstance(named, str) else named:
            if key != "today" and not key.startswith("facts.") and not key[:1].isdigit():
                yield key
