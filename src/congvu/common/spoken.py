"""Dates, hours and numbers as the reader's language writes them: ``thứ Năm 19/11/2026``, ``Thursday 19 Nov 2026``."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

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
# Numbers of months mean another day to half of those who read English: there months have names.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_english() -> bool:
    """Whether the reader chose English."""
    return (get_language() or "vi").startswith("en")


def say_date(day: date) -> str:
    """``19/11/2026``, ``19 Nov 2026``: without leading zeros, as running text writes it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if in_english() else f"{day.day}/{day.month}/{day.year}"


def say_padded(day: date) -> str:
    """``05/11/2026``, ``05 Nov 2026``: dates in columns and forms."""
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}" if in_english() else f"{day:%d/%m/%Y}"


def say_day_month(day: date) -> str:
    """``19/11``, ``19 Nov``."""
    return f"{day.day} {MONTHS[day.month - 1]}" if in_english() else f"{day.day}/{day.month}"


def say_day(day: date) -> str:
    """``thứ Năm 19/11/2026``, ``Thursday 19 Nov 2026``."""
    return f"{WEEKDAYS[day.weekday()]} {say_date(day)}"


def say_time(moment: datetime) -> str:
    """``9:05`` on the 24-hour clock of Vietnam. Raises ValueError for a naive moment."""
    civil = local(moment)
    return f"{civil.hour}:{civil.minute:02d}"


def say_moment(moment: datetime) -> str:
    """``17:00 thứ Năm 19/11/2026``. Raises ValueError for a naive moment."""
    return _("%(time)s %(day)s") % {"time": say_time(moment), "day": say_day(local(moment).date())}


def say_number(value: int | float | Decimal) -> str:
    """``1.284,5``, ``1,284.5``: the given digits, grouped."""
    text = f"{Decimal(str(value)).normalize():,f}"
    return text if in_english() else text.translate(str.maketrans(",.", ".,"))


def upper_first(text: str) -> str:
    """The text with its first letter as a capital; the rest stays."""
    return text[:1].upper() + text[1:]
