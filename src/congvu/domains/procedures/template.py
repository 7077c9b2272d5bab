"""The seven-step pattern of a commune, offered where no process is published. Always shown as a template."""

from __future__ import annotations

import functools
import re
from decimal import ROUND_DOWN, Decimal
from typing import Any

from congvu.domains.procedures.data import load, plain
from congvu.domains.procedures.steps import PUBLIC_NAMES

QUARTER = Decimal("0.25")
HOURS_A_DAY = Decimal(8)


def working_hours(budget: str) -> Decimal:
    """Working hours inside a budget, for planning only: calendar days count five of seven, rounded down, at least one.

    The due time is never derived from this; it comes from the calendar of the unit.
    """
    if budget == "sd":
        return HOURS_A_DAY
    unit = budget.lstrip("0123456789.")
    value = Decimal(budget[: -len(unit)])
    if unit == "wd":
        return value * HOURS_A_DAY
    if unit == "d":
        return max(Decimal(int(value * 5 / 7)), Decimal(1)) * HOURS_A_DAY
    return value


def distribute(total: Decimal) -> dict[str, Decimal]:
    """Hours of each kind of step; they add up to ``total`` exactly."""
    band = next(band for band in load("template")["bands"] if band["to"] is None or total <= band["to"])
    hours = {kind: _share(total, band[kind]) for kind in ("receive", "assign", "review", "approve", "issue")}
    return {**hours, "appraise": total - sum(hours.values(), Decimal(0)), "return": Decimal(0)}


def _share(total: Decimal, rule: dict[str, Any]) -> Decimal:
    share = total * Decimal(str(rule["part"]))
    share = max(Decimal(rule.get("min", 0)), min(Decimal(rule.get("max", 10_000)), share))
    return (share / QUARTER).to_integral_value(ROUND_DOWN) * QUARTER


def seven_steps(budget: str) -> list[dict[str, Any]]:
    """The template filled with the hours of this budget, in the form that ``steps`` produces."""
    hours = distribute(working_hours(budget))
    return [
        {
            "order": place,
            "key": f"s{place:02d}",
            "name": line["name"],
            "role_text": line["role_text"],
            "role": line["role"],
            "place": line["place"],
            "hours": f"{hours[line['kind']].normalize():f}",
            "public_name": PUBLIC_NAMES[line["kind"]],
            "kind": line["kind"],
            "pause": False,
            "added": False,
        }
        for place, line in enumerate(load("template")["steps"], start=1)
    ]


@functools.cache
def _rules() -> tuple[tuple[str, re.Pattern[str], bool, str], ...]:
    lines = load("template")["fits"]
    return tuple((line["where"], re.compile(line["like"]), line["fits"], line.get("reason", "")) for line in lines)


def misfit(values: dict[str, Any]) -> str:
    """Why the commune template does not fit this procedure, in Vietnamese; empty when it does."""
    if reason := bad_name(values["name"]):
        return reason
    texts = {key: plain(values[key]) for key in ("name", "field", "agency", "level")}
    texts["both"] = f"{texts['field']} | {texts['level']}"
    for where, pattern, fits, reason in _rules():
        if pattern.search(texts[where]):
            return "" if fits else str(reason)
    return ""


def bad_name(name: str) -> str:
    """Why the name cannot be that of a procedure, or empty."""
    if plain(name).startswith("cong bo danh muc va quy trinh noi bo"):
        return "Tên trong nguồn là tên một quyết định công bố, không phải tên thủ tục"
    return ""
