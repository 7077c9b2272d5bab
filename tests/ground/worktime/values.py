"""Short ways to write moments in tests."""

from __future__ import annotations

from datetime import date, datetime, time

from congvu.common.zones import VN

START = date(2000, 1, 1)


def t(text: str) -> time:
    return time.fromisoformat(text)


def d(text: str) -> date:
    """``24/11/2026``."""
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


def m(text: str) -> datetime:
    """``9:05 24/11/2026``, Vietnamese time."""
    hour, day = text.split(" ")
    hours, minutes = hour.split(":")
    return datetime.combine(d(day), time(int(hours), int(minutes)), tzinfo=VN)
