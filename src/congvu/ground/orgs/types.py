"""Values that leave the room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as it was on the day asked for; ``valid_from`` and ``valid_to`` bound that version.

    ``family`` is the system it belongs to for good: ``administrative``, ``party`` or ``mass``.
    """

    id: int
    key: str
    code: str
    area_code: str
    name: str
    short_name: str
    type: str
    level: str
    parent_id: int | None
    has_seal: bool
    calendar: str
    order: int
    valid_from: date
    valid_to: date | None
    settings: dict[str, Any] = field(default_factory=dict)
    family: str = "administrative"


@dataclass(frozen=True, slots=True)
class SuccessionView:
    """One thread from a unit to a unit that continued it."""

    predecessor_id: int
    successor_id: int
    on: date
    legal_act: str
    extent: str
    scope: str


@dataclass(frozen=True, slots=True)
class PositionView:
    id: int
    unit_id: int
    title: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A position a person may act in: their own (``kind`` main, concurrent, seconded) or a stand-in's.

    ``stand_in_for`` names the absent person, or the position where it has no holder; empty for own posts.
    """

    position_id: int
    title: str
    unit_id: int
    unit: str
    kind: str
    roles: tuple[str, ...]
    stand_in_for: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who may act in a position on the day asked for."""

    user_id: int
    name: str
    kind: str
    stand_in: bool = False


@dataclass(frozen=True, slots=True)
class SeatView:
    """A post with who holds it on the day asked for (stand-ins left out); nobody where it is vacant."""

    position_id: int
    unit_id: int
    title: str
    roles: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a post of a unit on the day asked for; ``kind`` is main, concurrent or seconded."""

    user_id: int
    name: str
    position_id: int
    title: str
    unit_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is said of a unit when it is created or changed; the dates are given beside it."""

    name: str
    type: str
    level: str
    parent_id: int | None
    code: str = ""
    area_code: str = ""
    short_name: str = ""
    has_seal: bool = False
    calendar: str = ""
    order: int = 0
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thread:
    """One successor of a unit that ends; ``extent`` and ``scope`` are choices of ``Succession``."""

    successor_id: int
    extent: str = "whole"
    scope: str = "territory"


# Under this key a session holds the id of the position its person chose to act in.
SESSION_POST = "post"


@dataclass(frozen=True, slots=True)
class ConflictPost:
    """A post in a hand; ``stand_in``: only for a time, to the last day ``until``."""

    title: str
    unit: str
    stand_in: bool
    until: date | None


@dataclass(frozen=True, slots=True)
class RightsConflict:
    """Rights of one agency that check each other, in one hand: ``words`` say which, ``posts`` where they come from."""

    user_id: int
    person: str
    agency: str
    words: str
    posts: tuple[ConflictPost, ...]
