"""The arithmetic of working time. Pure: a calendar value goes in, moments with reasons come out.

Working days (``wd``): the day of receipt is not counted and the limit ends at the same hour, up to the next
quarter, held inside the office hours of the last day. A receipt on a day off counts as received; the first
working day after it is day 1. ``until="close"`` (a unit's setting) ends at office close instead.
``outside`` (a unit's setting) says what a receipt after office close means: ``"day"``, the default, it counts
as received that day; ``"next"``, as received at the opening of the next day.
Calendar days (``d``): the first day is not counted; the limit ends at office close of its last day, or of the
next working day when that is a day off (BLDS 2015, Điều 147, 148).
15:00 belongs to ``sd`` alone and never moves a limit in working days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from congvu.common.spoken import say_time
from congvu.common.zones import VN, local
from congvu.ground.worktime import words
from congvu.ground.worktime.errors import NoWorkingTime
from congvu.ground.worktime.types import Budget, BudgetUnit, Calendar, DueAnswer, Step, YearState

Until = Literal["quarter", "close"]
Outside = Literal["day", "next"]
ONE_DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
FARTHEST = 400


def due(
    start: datetime, budget: Budget, calendar: Calendar, *, until: Until = "quarter", outside: Outside = "day"
) -> DueAnswer:
    """When the budget that began at ``start`` ends, and why.

    Raises ValueError for a naive ``start`` and NoWorkingTime if the calendar has no working day to end on.
    """
    end, provisional = ends(start, budget, calendar, until=until, outside=outside)
    return DueAnswer(end, _reasons(local(start), end, budget, calendar), provisional)


def ends(
    start: datetime, budget: Budget, calendar: Calendar, *, until: Until = "quarter", outside: Outside = "day"
) -> tuple[datetime, bool]:
    """As ``due`` without the reasons: when, and whether it rests on a year not decreed."""
    began = local(start)
    end = _ENDS[budget.unit](began, budget, calendar, until, outside)
    return end, budget.unit is not BudgetUnit.HOURS and bool(_undecreed(began, end, calendar))


def _undecreed(start: datetime, end: datetime, calendar: Calendar) -> list[int]:
    return [y for y in range(start.year, end.year + 1) if calendar.state_of(y) is not YearState.DECREED]


def next_working_day(day: date, calendar: Calendar) -> date:
    """The first working day after ``day``. Raises NoWorkingTime if there is none for over a year."""
    for _step in range(FARTHEST):
        day += ONE_DAY
        if calendar.is_working(day):
            return day
    raise NoWorkingTime(_("Lịch “%(name)s” không có ngày làm việc nào.") % {"name": calendar.name or calendar.key})


def add_working_days(day: date, count: int, calendar: Calendar) -> date:
    """The ``count``-th working day after ``day``; ``day`` itself when ``count`` is 0."""
    for _step in range(count):
        day = next_working_day(day, calendar)
    return day


def days_after(moment: datetime, days: int, calendar: Calendar) -> datetime:
    """The same hour so many working days later. Raises NoWorkingTime."""
    civil = local(moment)
    return datetime.combine(add_working_days(civil.date(), days, calendar), civil.time(), tzinfo=VN)


def days_before(moment: datetime, days: int, calendar: Calendar) -> datetime:
    """The same hour so many working days earlier; as far back as the calendar knows working days."""
    civil = local(moment)
    day, left = civil.date(), days
    for _step in range(FARTHEST):
        if left == 0:
            break
        day -= ONE_DAY
        left -= calendar.is_working(day)
    return datetime.combine(day, civil.time(), tzinfo=VN)


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """Working days after ``first`` up to and with ``last``; negative when ``last`` is before ``first``."""
    if last < first:
        return -working_days_between(last, first, calendar)
    return sum(calendar.is_working(first + ONE_DAY * n) for n in range(1, (last - first).days + 1))


def add_working(start: datetime, length: timedelta, calendar: Calendar) -> datetime:
    """The moment when ``length`` of office time has passed since ``start``; ``start`` itself for no length."""
    if length <= timedelta():
        return local(start)
    left = length
    for opens, closes in _office(local(start), calendar):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise AssertionError("the office hours do not end")


def working_time_between(a: datetime, b: datetime, calendar: Calendar) -> timedelta:
    """Office time from ``a`` to ``b``; negative when ``b`` is before ``a``."""
    a, b = local(a), local(b)
    if b < a:
        return -working_time_between(b, a, calendar)
    total, day = timedelta(), a.date()
    while day <= b.date():
        for start, end in calendar.intervals(day):
            opens = max(a, datetime.combine(day, start, tzinfo=VN))
            closes = min(b, datetime.combine(day, end, tzinfo=VN))
            total += max(closes - opens, timedelta())
        day += ONE_DAY
    return total


def remaining(now: datetime, due_at: datetime, calendar: Calendar) -> timedelta:
    """Office time left until ``due_at``; negative when it is over."""
    return working_time_between(now, due_at, calendar)


def roll(moment: datetime, calendar: Calendar) -> datetime:
    """The moment, or on a day off the same hour of the next working day, held inside its office hours."""
    civil = local(moment)
    if calendar.is_working(civil.date()):
        return civil
    return _hold(civil, next_working_day(civil.date(), calendar), calendar)


def quarter_up(moment: datetime) -> datetime:
    """The moment, or the next full quarter of an hour."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - (midnight - moment) // QUARTER * QUARTER


def _office(start: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """Office intervals from ``start`` on, the running one cut; for ever."""
    day = start.date() if calendar.is_working(start.date()) else next_working_day(start.date(), calendar)
    while True:
        for begin, end in calendar.intervals(day):
            opens, closes = datetime.combine(day, begin, tzinfo=VN), datetime.combine(day, end, tzinfo=VN)
            if closes > start:
                yield max(start, opens), closes
        day = next_working_day(day, calendar)


def _hold(moment: datetime, day: date, calendar: Calendar) -> datetime:
    """The hour of ``moment`` on ``day``, not before its opening and not after its closing."""
    wanted = datetime.combine(day, moment.time(), tzinfo=VN)
    return min(max(wanted, calendar.opens(day)), calendar.closes(day))


def _working_days(start: datetime, budget: Budget, calendar: Calendar, until: Until, outside: Outside) -> datetime:
    received = start
    if outside == "next" and calendar.is_working(start.date()) and start > calendar.closes(start.date()):
        received = datetime.combine(start.date() + ONE_DAY, calendar.intervals(start.date())[0][0], tzinfo=VN)
    last = add_working_days(received.date(), int(budget.value), calendar)
    if until == "close":
        return calendar.closes(last)
    hour = quarter_up(received)
    if hour.date() > received.date():
        return calendar.closes(last)
    return _hold(hour, last, calendar)


def _working_hours(start: datetime, budget: Budget, calendar: Calendar, *_settings: str) -> datetime:
    return add_working(start, budget.length, calendar)


def _same_day(start: datetime, _budget: Budget, calendar: Calendar, *_settings: str) -> datetime:
    day = start.date()
    rule = calendar.same_day_rule(day)
    if rule is None:
        raise NoWorkingTime(_("Lịch chưa có giờ nhận và giờ trả của thủ tục trong ngày."))
    if not calendar.is_working(day) or start.time() > rule.cutoff or start > calendar.closes(day):
        day = next_working_day(day, calendar)
        rule = calendar.same_day_rule(day) or rule
    return min(datetime.combine(day, rule.finish, tzinfo=VN), calendar.closes(day))


def _days(start: datetime, budget: Budget, calendar: Calendar, *_settings: str) -> datetime:
    last = start.date() + ONE_DAY * int(budget.value)
    return calendar.closes(last if calendar.is_working(last) else next_working_day(last, calendar))


def _hours(start: datetime, budget: Budget, _calendar: Calendar, *_settings: str) -> datetime:
    return start + budget.length


_ENDS: dict[BudgetUnit, Callable[[datetime, Budget, Calendar, Until, Outside], datetime]] = {
    BudgetUnit.WORKING_DAYS: _working_days,
    BudgetUnit.WORKING_HOURS: _working_hours,
    BudgetUnit.SAME_DAY: _same_day,
    BudgetUnit.DAYS: _days,
    BudgetUnit.HOURS: _hours,
}


def _reasons(start: datetime, end: datetime, budget: Budget, calendar: Calendar) -> tuple[Step, ...]:
    """The steps from receipt to due."""
    opening = [words.received(start, budget, calendar)]
    if budget.unit is BudgetUnit.HOURS:
        return (*opening, words.ended(end, budget))
    if budget.unit is BudgetUnit.SAME_DAY:
        opening.append(_same_day_step(start, calendar))
    first = start.date() + ONE_DAY * int(budget.value) if budget.unit is BudgetUnit.DAYS else start.date()
    days = [first + ONE_DAY * n for n in range((end.date() - first).days + 1)]
    special = [words.special(calendar.rules[day]) for day in days if day in calendar.rules]
    if budget.unit is BudgetUnit.DAYS and first not in calendar.rules and not calendar.is_working(first):
        special.insert(0, words.ends_off(first))
    notes = [words.undecided(y, calendar.state_of(y)) for y in _undecreed(start, end, calendar)]
    return (*opening, *special, *notes, words.ended(end, budget))


def _same_day_step(start: datetime, calendar: Calendar) -> Step:
    rule = calendar.same_day_rule(start.date())
    return Step(start.date(), f"{same_day_words(start, calendar)}.", rule.basis if rule else "")


def same_day_words(start: datetime, calendar: Calendar) -> str:
    """``Trong ngày (nhận trước 15:00)`` or ``(nhận sau 15:00)``, from the rule of the day of receipt."""
    began = local(start)
    rule = calendar.same_day_rule(began.date())
    if rule is None:
        return _("Trong ngày")
    cutoff = datetime.combine(began.date(), rule.cutoff, tzinfo=VN)
    pattern = _("Trong ngày (nhận trước %(time)s)") if began <= cutoff else _("Trong ngày (nhận sau %(time)s)")
    return pattern % {"time": say_time(cutoff)}
