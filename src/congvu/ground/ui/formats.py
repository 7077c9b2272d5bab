"""How screens write dates, numbers, money and codes (design language, 5.2), in the reader's language."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from congvu.common.spoken import WEEKDAYS, in_english, say_date, say_day, say_day_month, say_padded
from congvu.common.zones import local

NBSP = "\u00a0"


def _day(value: date | datetime) -> date:
    """The civil day of a moment; a date as it is. Raises ValueError for a naive moment."""
    return local(value).date() if isinstance(value, datetime) else value


def short_date(value: date | datetime) -> str:
    """``5/11/2026``, ``5 Nov 2026``: dates on screens."""
    return say_date(_day(value))


def table_date(value: date | datetime) -> str:
    """``05/11/2026``, ``05 Nov 2026``: dates in columns."""
    return say_padded(_day(value))


def weekday_date(value: date | datetime) -> str:
    """``thứ Năm 19/11``, ``Thursday 19 Nov``: dates in sentences."""
    day = _day(value)
    return f"{WEEKDAYS[day.weekday()]} {say_day_month(day)}"


def full_date(value: date | datetime) -> str:
    """``thứ Năm 19/11/2026``, ``Thursday 19 Nov 2026``."""
    return say_day(_day(value))


def document_date(value: date | datetime) -> str:
    """``ngày 05 tháng 01 năm 2026``; zero before days under 10 and months 1 and 2 (NĐ 30/2020, Phụ lục I)."""
    day = _day(value)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def clock(value: datetime) -> str:
    """``9:05``: 24 hours, no leading zero."""
    moment = local(value)
    return f"{moment.hour}:{moment.minute:02d}"


def date_time(value: datetime) -> str:
    """``9:05 ngày 19/11/2026``, ``9:05 on 19 Nov 2026``."""
    return f"{clock(value)} {'on' if in_english() else 'ngày'} {short_date(value)}"


def number(value: int | float | Decimal, places: int | None = None) -> str:
    """``1.284`` or ``98,6``, in English ``1,284`` or ``98.6``.

    ``places`` fixes the decimals (half up); without it integers and given digits stay.
    """
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    grouped = f"{exact:,f}"
    return grouped if in_english() else grouped.translate(str.maketrans(",.", ".,"))


def percent(value: int | float | Decimal) -> str:
    """``98,6%`` from 98.6."""
    return f"{number(value, 1)}%"


def money(value: int | float | Decimal) -> str:
    """``25.000 đ``, ``25,000 VND``: whole đồng, with a space that does not break."""
    return f"{number(value, 0)}{NBSP}{'VND' if in_english() else 'đ'}"


def size(octets: int) -> str:
    """``1,1 MB``: thousands of bytes, as file managers of phones count."""
    if octets < 1000:
        return f"{octets}{NBSP}B"
    if octets < 1_000_000:
        return f"{number(octets / 1000, 0)}{NBSP}KB"
    return f"{number(octets / 1_000_000, 1)}{NBSP}MB"


def mask_id(value: str) -> str:
    """``•••• 4471``: only the last four of a personal number; nothing of one that is too short to hide."""
    digits = re.sub(r"\D", "", value)
    return f"••••{NBSP}{digits[-4:]}" if len(digits) > 7 else "••••"


def phone(value: str) -> str:
    """``0900 000 147``; a number of another length or with other signs stays as given."""
    digits = re.sub(r"[\s.\-()]", "", value)
    if re.fullmatch(r"0\d{9}", digits):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    if re.fullmatch(r"0\d{10}", digits):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return value


def phone_href(value: str) -> str:
    """The number for a ``tel:`` address."""
    return re.sub(r"[^\d+]", "", value)


def initials(full_name: str) -> str:
    """``MQ`` of "Trần Minh Quân": the last two words, as people call each other."""
    return "".join(word[0].upper() for word in full_name.split()[-2:])
