"""A year of a working calendar as twelve months of cells."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from congvu.ground.ui.formats import weekday_date
from congvu.ground.worktime.types import Calendar, Cause, DayKind, DayRow, DayRule

YEARS = tuple(range(2022, 2028))
MONDAYS_FIRST = months.Calendar()


@dataclass(frozen=True, slots=True)
class Cell:
    """One day. ``mark`` is a letter beside the number (L, B, H, P, +, ½), so that colour is not the only sign."""

    day: date
    css: str
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Month:
    number: int
    weeks: list[list[Cell | None]]


def year_of(value: Calendar, rows: list[DayRow], year: int) -> list[Month]:
    texts = {row.rule.day: row.text for row in rows}
    return [Month(month, _weeks(value, texts, year, month)) for month in range(1, 13)]


def _weeks(value: Calendar, texts: dict[date, str], year: int, month: int) -> list[list[Cell | None]]:
    weeks = MONDAYS_FIRST.monthdatescalendar(year, month)
    return [[_cell(value, texts, day) if day.month == month else None for day in week] for week in weeks]


def _cell(value: Calendar, texts: dict[date, str], day: date) -> Cell:
    rule = value.rules.get(day)
    if rule is None:
        works = value.is_working(day)
        return Cell(
            day,
            "" if works else "is-rest",
            "",
            weekday_date(day) if works else _("%(day)s, ngày nghỉ hằng tuần") % {"day": weekday_date(day)},
        )
    css, mark = _look(rule)
    return Cell(day, css, mark, texts.get(day, rule.name))


def _look(rule: DayRule) -> tuple[str, str]:
    if rule.kind is DayKind.WORK:
        return "is-work", "+"
    if rule.kind is DayKind.HALF:
        return "is-half", "½"
    return {
        Cause.HOLIDAY: ("is-holiday", "L"),
        Cause.COMPENSATION: ("is-comp", "B"),
        Cause.SWAP: ("is-swap", "H"),
        Cause.LOCAL: ("is-swap", "P"),
    }[rule.cause]
