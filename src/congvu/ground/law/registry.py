"""What rooms declare: the figures their rules read, and the statements they keep that somebody has to compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.utils.functional import Promise

from congvu.ground.law.types import FigureDef, Item, Kind

T = TypeVar("T")
FIGURES: dict[str, FigureDef[Any]] = {}
KINDS: dict[str, Kind] = {}
Lister = Callable[[], Iterable[Item]]


def define(
    key: str, *, label: str | Promise, hint: str | Promise, parse: Callable[[str], T], legal: bool = True
) -> FigureDef[T]:
    """Declare a figure. The room that reads it ships its first value by a migration."""
    FIGURES[key] = FigureDef(key, label, hint, parse, legal)
    return FIGURES[key]


def to_compare(kind: str, *, label: str | Promise) -> Callable[[Lister], Lister]:
    """Register a lister of statements that nobody had compared with their text when they were shipped or typed."""

    def decorate(lister: Lister) -> Lister:
        KINDS[kind] = Kind(kind, label, lister)
        return lister

    return decorate


def whole(text: str) -> int:
    """A number above zero and below ten thousand. Raises ValueError."""
    number = int(text) if text.isascii() and text.isdecimal() else 0
    if not 0 < number < 10_000:
        raise ValueError(text)
    return number


def percent(text: str) -> int:
    """A whole percentage from 1 to 100. Raises ValueError."""
    number = whole(text)
    if number > 100:
        raise ValueError(text)
    return number
