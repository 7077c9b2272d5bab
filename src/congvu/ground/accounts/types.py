"""Values that leave the room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A person or organisation that files dossiers. ``address`` holds the parts as given, ``text`` among them."""

    id: int
    kind: str
    full_name: str
    personal_id: str
    tax_code: str
    born_on: date | None
    sex: str
    phone: str
    email: str
    address: dict[str, Any] = field(default_factory=dict)
    has_login: bool = False


@dataclass(frozen=True, slots=True)
class UserView:
    id: int
    username: str
    kind: str
    name: str
    email: str
    phone: str
    is_active: bool
    subject_id: int | None


@dataclass(frozen=True, slots=True)
class PersonalId:
    """What the twelve digits of a personal number tell [from memory: Nghị định 137/2015/NĐ-CP, Điều 13]."""

    number: str
    birth_place: str
    sex: str
    birth_year: int
