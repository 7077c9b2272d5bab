"""The one civil time zone of the program. Stored times are UTC; people read UTC+7, which has no summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

VN = ZoneInfo("Asia/Ho_Chi_Minh")


def local(moment: datetime) -> datetime:
    """The moment as Vietnamese civil time. Raises ValueError for a naive value: a guess would be a wrong deadline."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    return moment.astimezone(VN)


def local_date(moment: datetime) -> date:
    return local(moment).date()


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The aware moment of a civil day and time."""
    return datetime.combine(day, time(hour, minute), tzinfo=VN)


def iso(moment: datetime) -> str:
    """ISO 8601 with +07:00, as every command and API prints it."""
    return local(moment).isoformat(timespec="seconds")


def utc_now() -> datetime:
    return datetime.now(UTC)
