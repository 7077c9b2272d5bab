"""Reading one row of a procedure file: types, codes, time limits. Pure; nothing is guessed.

A row that is no procedure raises ``RowRefused`` with words for the person who made the file.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Invalid
from congvu.common.text import clean
from congvu.domains.procedures.data import plain
from congvu.ground.worktime.types import Budget

_CODE = re.compile(r"([1-9])\.(\d{3})\.?(\d{3})(?!\d)(?:[.\-/ ].*)?")
NAME_LIMIT, TEXT_LIMIT, ROWS_LIMIT = 2_000, 5_000, 500
_UNITS = {"ngay lam viec": "wd", "gio lam viec": "wh", "trong ngay": "sd", "ngay": "d", "gio": "h"}
"""The five units are five different things: a missing one is never filled in (NĐ 61/2018, Luật Hộ tịch, BLDS 2015)."""


class RowRefused(Exception):
    """The row cannot be a procedure; the message says which field and why, in Vietnamese."""


def base_code(raw: str) -> str:
    """The national eight characters of a code: agency suffixes and a stray dot are dropped. Raises RowRefused."""
    match = _CODE.fullmatch(clean(raw)) if len(raw) <= 60 else None
    if match is None:
        raise RowRefused(_("code: “%(clean)s” không phải mã thủ tục (dạng 1.001193)") % {"clean": clean(raw)[:60]})
    return f"{match[1]}.{match[2]}{match[3]}"


def budget_of(value: Decimal | None, unit: str) -> str | None:
    """The time limit as a budget (``3wd``, ``sd``); None when value or unit is missing, zero or unknown.

    Half working days are written in working hours of an eight-hour day (``9.5`` days: ``76wh``), the same moment.
    """
    suffix = _UNITS.get(plain(unit))
    if suffix is None or value is None or value <= 0:
        return None
    if suffix == "wd" and value % 1:
        suffix, value = "wh", value * 8
    try:
        return str(Budget.parse("sd" if suffix == "sd" else f"{value.normalize():f}{suffix}"))
    except Invalid:
        return None


def text(row: dict[str, Any], key: str, *, limit: int = TEXT_LIMIT, required: bool = False) -> str:
    value = row.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise RowRefused(_("%(key)s: phải là chữ") % {"key": key})
    cleaned = clean(value)
    if required and not cleaned:
        raise RowRefused(_("%(key)s: còn trống") % {"key": key})
    if len(cleaned) > limit:
        raise RowRefused(
            _("%(key)s: dài %(count)s ký tự, tối đa %(limit)s") % {"key": key, "count": len(cleaned), "limit": limit}
        )
    return cleaned


def number(row: dict[str, Any], key: str, where: str, *, most: int = 1_000_000_000_000) -> Decimal | None:
    """A number from zero to ``most`` with at most four decimals, or None. Truth values and text are refused."""
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise RowRefused(
            _("%(where)s.%(key)s: phải là số từ 0 đến %(most)s") % {"where": where, "key": key, "most": most}
        )
    exact = Decimal(str(value))
    if exact != round(exact, 4):
        raise RowRefused(_("%(where)s.%(key)s: quá bốn chữ số thập phân") % {"where": where, "key": key})
    return exact


def whole(row: dict[str, Any], key: str, where: str) -> int | None:
    value = number(row, key, where)
    if value is not None and value != value.to_integral_value():
        raise RowRefused(_("%(where)s.%(key)s: phải là số nguyên") % {"where": where, "key": key})
    return None if value is None else int(value)


def rows_of(row: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """A list of objects; missing counts as empty."""
    value = row.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise RowRefused(_("%(key)s: phải là danh sách các mục") % {"key": key})
    if len(value) > ROWS_LIMIT:
        raise RowRefused(
            _("%(key)s: %(count)s mục, tối đa %(rows_limit)s")
            % {"key": key, "count": len(value), "rows_limit": ROWS_LIMIT}
        )
    return value


def words_of(row: dict[str, Any], key: str) -> list[str]:
    """A list of texts; missing counts as empty."""
    value = row.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RowRefused(_("%(key)s: phải là danh sách chữ") % {"key": key})
    if len(value) > ROWS_LIMIT or any(len(item) > TEXT_LIMIT for item in value):
        raise RowRefused(_("%(key)s: quá dài") % {"key": key})
    return [clean(item) for item in value]


def time_of(row: dict[str, Any]) -> tuple[Decimal | None, str]:
    """Value and unit exactly as the source has them; empty where it has none."""
    value = row.get("time")
    if value is None:
        return None, ""
    if not isinstance(value, dict):
        raise RowRefused(_("time: phải là một mục {value, unit}"))
    return number(value, "value", "time"), text(value, "unit", limit=40)


def papers_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": text(item, "name", limit=NAME_LIMIT, required=True),
            "original": whole(item, "original", f"papers[{place}]") or 0,
            "copy": whole(item, "copy", f"papers[{place}]") or 0,
            "group": text(item, "group", limit=NAME_LIMIT),
        }
        for place, item in enumerate(rows_of(row, "papers"))
    ]


def fees_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "channel": text(item, "channel", limit=60),
            "amount": whole(item, "amount", f"fee_items[{place}]"),
            "currency": text(item, "currency", limit=3) or "VND",
            "note": text(item, "note"),
        }
        for place, item in enumerate(rows_of(row, "fee_items"))
    ]


def options_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    options = []
    for place, item in enumerate(rows_of(row, "time_options")):
        value, unit = number(item, "value", f"time_options[{place}]"), text(item, "unit", limit=40)
        shown = "" if value is None else f"{value.normalize():f}"
        channel = text(item, "channel", limit=60)
        options.append({"channel": channel, "value": shown, "unit": unit, "budget": budget_of(value, unit)})
    return options


def results_of(row: dict[str, Any]) -> list[dict[str, str]]:
    rows = rows_of(row, "results")
    return [{"name": text(item, "name", required=True), "code": text(item, "code", limit=40)} for item in rows]


def steps_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Raw step rows: name, role, hours. A step may lack its role or its hours; never its name."""
    return [
        {
            "name": text(item, "name", limit=NAME_LIMIT, required=True),
            "role": text(item, "role", limit=NAME_LIMIT),
            "hours": number(item, "hours", f"steps[{place}]", most=99_999),
        }
        for place, item in enumerate(rows_of(row, "steps"))
    ]


def levels_of(level: str) -> list[str]:
    """``commune``, ``province``, ``ministry``, ``other``, in this order, from the free text of the source."""
    words = plain(level)
    known = (("commune", "cap xa"), ("province", "cap tinh"), ("ministry", "cap bo"), ("other", "co quan khac"))
    return [key for key, sign in known if sign in words]
