"""Values of working time: budgets, days, calendars, answers. All frozen; nothing here touches the database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.errors import Invalid, Problem
from congvu.common.spoken import say_number
from congvu.common.zones import VN

Interval = tuple[time, time]
NOON = time(12)


class BudgetUnit(StrEnum):
    """Five kinds of time that are never converted into each other."""

    WORKING_DAYS = "wd"
    WORKING_HOURS = "wh"
    SAME_DAY = "sd"
    DAYS = "d"
    HOURS = "h"


_MOST = {
    BudgetUnit.WORKING_DAYS: 2500,
    BudgetUnit.WORKING_HOURS: 20_000,
    BudgetUnit.DAYS: 3660,
    BudgetUnit.HOURS: 87_840,
}
_SHAPE = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?(wd|wh|d|h)")


def _refuse(message: str) -> Invalid:
    return Invalid(message, problems=(Problem("budget", message),))


@dataclass(frozen=True, slots=True)
class Budget:
    """A length of time as the law gives it, written ``3wd``, ``8wh``, ``sd``, ``30d``, ``4h``.

    Days are whole; hours may be quarters (``2.5wh``). ``sd`` carries the value 0. Raises Invalid (field
    ``budget``) for zero, for fractions of days and for more than about ten years.
    """

    unit: BudgetUnit
    value: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        unit, value = BudgetUnit(self.unit), Decimal(self.value)
        object.__setattr__(self, "unit", unit)
        object.__setattr__(self, "value", value)
        if unit is BudgetUnit.SAME_DAY:
            object.__setattr__(self, "value", Decimal(0))
        elif value <= 0:
            raise _refuse(_("Thời hạn phải lớn hơn 0."))
        elif value > _MOST[unit]:
            raise _refuse(_("Thời hạn dài nhất được nhận là %(most)s%(unit)s.") % {"most": _MOST[unit], "unit": unit})
        elif unit in (BudgetUnit.WORKING_DAYS, BudgetUnit.DAYS) and value % 1:
            raise _refuse(_("Số ngày phải là số nguyên; phần lẻ của ngày ghi bằng giờ, ví dụ 4wh."))
        elif value % Decimal("0.25"):
            raise _refuse(_("Số giờ chỉ được lẻ đến một phần tư giờ, ví dụ 2.5wh."))

    @classmethod
    def parse(cls, text: str) -> Budget:
        """The budget written in ``text``. Raises Invalid naming the field ``budget``."""
        plain = text.strip().lower()
        if plain == BudgetUnit.SAME_DAY:
            return cls(BudgetUnit.SAME_DAY)
        match = _SHAPE.fullmatch(plain)
        if match is None:
            raise _refuse(
                _("Không đọc được thời hạn “%(text)s”. Hãy ghi như 3wd, 8wh, sd, 30d hoặc 4h.") % {"text": text[:40]}
            )
        return cls(BudgetUnit(match[3]), Decimal(f"{match[1]}.{match[2] or 0}"))

    def __str__(self) -> str:
        return "sd" if self.unit is BudgetUnit.SAME_DAY else f"{self.value.normalize():f}{self.unit}"

    @property
    def length(self) -> timedelta:
        """The hours of ``wh`` and ``h`` as a timedelta; zero for the other units."""
        hours = self.unit in (BudgetUnit.WORKING_HOURS, BudgetUnit.HOURS)
        return timedelta(minutes=int(self.value * 60)) if hours else timedelta()

    @property
    def words(self) -> str:
        """As a citizen reads it: ``3 ngày làm việc``, ``trong ngày``."""
        if self.unit is BudgetUnit.SAME_DAY:
            return _("trong ngày")
        number, n = say_number(self.value), 1 if self.value == 1 else 2
        if self.unit is BudgetUnit.WORKING_DAYS:
            phrase = ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", n)
        elif self.unit is BudgetUnit.WORKING_HOURS:
            phrase = ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", n)
        elif self.unit is BudgetUnit.DAYS:
            phrase = ngettext("%(n)s ngày", "%(n)s ngày", n)
        else:
            phrase = ngettext("%(n)s giờ", "%(n)s giờ", n)
        return phrase % {"n": number}


class DayKind(StrEnum):
    OFF = "off"
    WORK = "work"
    HALF = "half"


class Cause(StrEnum):
    """Why a day differs from its weekday: a public holiday, a compensation day, a swap, a local decision."""

    HOLIDAY = "holiday"
    COMPENSATION = "compensation"
    SWAP = "swap"
    LOCAL = "local"


class YearState(StrEnum):
    """Whether the year's days off are decreed, only worked out from the law, or not entered at all."""

    DECREED = "decreed"
    PROVISIONAL = "provisional"
    UNKNOWN = "unknown"


def working_days(text: str) -> int:
    """A number of working days, written ``2wd``. Raises ValueError for any other kind of time."""
    budget = Budget.parse(text)
    if budget.unit is not BudgetUnit.WORKING_DAYS:
        raise ValueError(text)
    return int(budget.value)


@dataclass(frozen=True, slots=True)
class DayRule:
    """One day that differs from its weekday.

    ``instead_of``: the holiday a compensation day makes up for, or the other day of a swap. ``worked`` is the
    half that is worked on a half day: ``morning`` or ``afternoon``. ``basis`` names the legal text.
    """

    day: date
    kind: DayKind
    cause: Cause
    name: str
    basis: str = ""
    instead_of: date | None = None
    worked: str = ""
    provisional: bool = False
    verified: bool = True


@dataclass(frozen=True, slots=True)
class OfficeWeek:
    """Office hours of one weekday, true from ``valid_from`` up to and with ``valid_to``."""

    weekday: int
    intervals: tuple[Interval, ...]
    valid_from: date
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class SameDayRule:
    """Received by ``cutoff``: ready at ``finish`` the same day; later: at ``finish`` of the next working day."""

    cutoff: time
    finish: time
    valid_from: date
    valid_to: date | None = None
    basis: str = ""

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """All that arithmetic needs of one calendar, its parents folded in. Compare by identity."""

    key: str
    name: str = ""
    rules: Mapping[date, DayRule] = field(default_factory=dict)
    weeks: tuple[OfficeWeek, ...] = ()
    same_day: tuple[SameDayRule, ...] = ()
    years: Mapping[int, YearState] = field(default_factory=dict)
    _days: dict[date, tuple[Interval, ...]] = field(default_factory=dict, init=False, repr=False)

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """Office hours of the day, in order; empty on a day off. A half day keeps the worked half."""
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = self._intervals(day)
        return found

    def _intervals(self, day: date) -> tuple[Interval, ...]:
        rule = self.rules.get(day)
        if rule is None:
            return self._usual(day, day.weekday())
        if rule.kind is DayKind.OFF:
            return ()
        usual = self._usual(day, day.weekday()) or self._usual(day, rule.instead_of.weekday() if rule.instead_of else 0)
        if rule.kind is DayKind.WORK:
            return usual
        return tuple(i for i in usual if (i[0] < NOON) == (rule.worked != "afternoon"))

    def _usual(self, day: date, weekday: int) -> tuple[Interval, ...]:
        return next((w.intervals for w in self.weeks if w.weekday == weekday and w.holds(day)), ())

    def is_working(self, day: date) -> bool:
        return bool(self.intervals(day))

    def opens(self, day: date) -> datetime:
        """Opening of a working day. Raises IndexError on a day off."""
        return datetime.combine(day, self.intervals(day)[0][0], tzinfo=VN)

    def closes(self, day: date) -> datetime:
        """Closing of a working day. Raises IndexError on a day off."""
        return datetime.combine(day, self.intervals(day)[-1][1], tzinfo=VN)

    def same_day_rule(self, day: date) -> SameDayRule | None:
        return next((rule for rule in self.same_day if rule.holds(day)), None)

    def state_of(self, year: int) -> YearState:
        return self.years.get(year, YearState.UNKNOWN)

    def day_length(self, day: date) -> timedelta:
        """Working time of one usual full day, taken from the first weekday with hours (8 hours by default)."""
        for weekday in range(7):
            hours = self._usual(day, weekday)
            if hours:
                return sum((_span(i) for i in hours), timedelta())
        return timedelta(hours=8)


def read_intervals(stored: list[list[str]]) -> tuple[Interval, ...]:
    """Hours as stored (``[["07:30", "11:30"]]``) as times in order. Raises ValueError for a text that is no time."""
    return tuple(sorted((time.fromisoformat(start), time.fromisoformat(end)) for start, end in stored))


def _span(interval: Interval) -> timedelta:
    start, end = interval
    return timedelta(hours=end.hour - start.hour, minutes=end.minute - start.minute)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation, in the reader's language. ``date`` is the day it speaks of."""

    date: date
    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class DueAnswer:
    """A due moment (+07:00) with its reasons. ``provisional``: it rests on a year that is not decreed yet."""

    due: datetime
    explain: tuple[Step, ...] = ()
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A day on which the table and the ``holidays`` package differ. Nothing is changed by it."""

    day: date
    table_works: bool
    library_works: bool
    name: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day rule as the calendar page lists it; ``own`` is False where the rule comes from a parent calendar."""

    rule: DayRule
    own: bool
    text: str
