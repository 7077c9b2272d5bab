"""Values that leave the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry as people read it; ``label`` is the act's Vietnamese name."""

    at: datetime
    verb: str
    label: str
    actor_name: str
    position_title: str
    on_behalf_of: str
    actor_kind: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ViewLine:
    """One look at a record; ``label`` says at what."""

    at: datetime
    name: str
    position_title: str
    on_behalf_of: str
    label: str


@dataclass(frozen=True, slots=True)
class ViewCounts:
    """How often a record was looked at, by how many people, and how many copies were printed."""

    times: int
    people: int
    printed: int
