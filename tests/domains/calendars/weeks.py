"""Entries for tests: Yên Khê's week from Monday 23/11/2026; Tuesday 24/11 is a public holiday."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID, uuid4

from congvu.domains.calendars import services
from congvu.domains.calendars.types import EntryInput, When

MONDAY = date(2026, 11, 23)
THURSDAY = date(2026, 11, 26)
UNIT = "xa-yen-khe"
EIGHT, TEN = time(8), time(10)


def post(world, login: str) -> int:
    """The post of an official."""
    found = world.staff(login).position_id
    assert found is not None
    return found


def entry(world, **values) -> EntryInput:
    """A meeting on Thursday from 8 to 10, led by the chair."""
    given = {
        "kind": "meeting", "content": "Họp giao ban", "when": When(THURSDAY, start=EIGHT, end=TEN),
        "leader": post(world, "chutich"), "place": "Nhà văn hóa",
    }  # fmt: skip
    return EntryInput(**{**given, **values})


def register(world, login: str = "chanhvp", **values) -> UUID:
    """Registered by the head of the office unless said otherwise: it stands in the calendar at once."""
    return services.register(world.staff(login), entry(world, **values), key=uuid4().hex)
