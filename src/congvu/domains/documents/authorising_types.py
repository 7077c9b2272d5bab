"""Values about authorisations to sign; ``types`` is the door to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AuthorisationInput:
    """Who lets whom sign, by which document, for what, from a day to a day. Without ``kinds`` every kind."""

    giver: int | None
    holder: int | None
    number: str
    matters: str
    valid_from: date | None
    valid_to: date | None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorisationView:
    """One authorisation; ``standing`` is coming, good, ended or over."""

    id: int
    giver: str
    holder: str
    number: str
    matters: str
    kinds: tuple[str, ...]
    valid_from: date
    valid_to: date
    ended_on: date | None
    standing: str
