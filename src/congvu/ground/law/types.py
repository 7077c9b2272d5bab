"""Values that leave the room."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from django.utils.functional import Promise

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FigureDef(Generic[T]):
    """A figure some rule reads. ``parse`` turns the stored text into what the rule needs, or raises ValueError or a
    Refusal; ``hint`` says how to write it. ``legal`` False: a convention of the program, nothing to compare."""

    key: str
    label: str | Promise
    hint: str | Promise
    parse: Callable[[str], T]
    legal: bool = True


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison, in force unless ``withdrawn_at`` is set."""

    id: int
    kind: str
    key: str
    label: str
    against: str
    at: datetime
    by: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_reason: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One statement to compare. ``key`` changes with the content; ``where`` names the thing it stands in
    ("Tờ khai khai sinh"), ``basis`` the text to compare it with, ``part`` a filter inside the kind (a form's key)."""

    key: str
    label: str
    basis: str
    where: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item with its comparison in force, None while nobody compared it."""

    kind: str
    item: Item
    compared: Compared | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of statement: its name in the list, and who lists them."""

    key: str
    label: str | Promise
    lister: Callable[[], Iterable[Item]]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One dated value. ``valid_to`` is the day before the next one begins; ``current`` holds on the day asked for,
    ``replaced`` never does: a newer row says otherwise for the same days."""

    id: int
    value: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    set_by: str
    current: bool
    replaced: bool
    compared: Compared | None


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure with its values, newest first."""

    key: str
    label: str
    hint: str
    legal: bool
    rows: tuple[FigureRow, ...]

    @property
    def current(self) -> FigureRow | None:
        return next((row for row in self.rows if row.current), None)
