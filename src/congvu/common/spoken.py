"""Dates and hours as Vietnamese sentences write them: ``thứ Năm 19/11/2026``, ``9:05``."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.zones import local

WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)


def say_date(day: date) -> str:
    """``19/11/2026``, without leading zeros, as running text writes it."""
    return f"{day.day}/{day.month}/{day.year}"


def say_day(day: date) -> str:
    """``thứ Năm 19/11/2026``."""
    return f"{WEEKDAYS[day.weekday()]} {say_date(day)}"


def say_time(moment: datetime) -> str:
    """``9:05`` on the 24-hour clock of Vietnam. Raises ValueError for a naive moment."""
    civil = local(moment)
    return f"{civil.hour}:{civil.minute:02d}"


def say_moment(moment: datetime) -> str:
    """``17:00 thứ Năm 19/11/2026``. Raises ValueError for a naive moment."""
    return _("%(time)s %(day)s") % {"time": say_time(moment), "day": say_day(local(moment).date())}


def upper_first(text: str) -> str:
    """The text with its first letter as a capital; the rest stays."""
    return text[:1].upper() + text[1:]
