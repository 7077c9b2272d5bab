"""Weeks, parts of the day and recurring days. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from congvu.common.zones import VN, local
from congvu.domains.calendars.types import Session, When
from congvu.ground.worktime import rules
from congvu.ground.worktime.errors import NoWorkingTime
from congvu.ground.worktime.types import NOON, Calendar, Interval

DAY = timedelta(days=1)
# The halves of a day on which the office is closed.
MORNING, AFTERNOON = (time(7, 30), time(11, 30)), (time(13, 30), time(17))
AFTER_HOURS = timedelta(hours=2)


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def edges(first: date, last: date) -> tuple[datetime, datetime]:
    """Midnight at the beginning of one day and at the end of another."""
    return datetime.combine(first, time(), tzinfo=VN), datetime.combine(last + DAY, time(), tzinfo=VN)


def halves(day: date, calendar: Calendar) -> tuple[Interval, Interval]:
    """Morning and afternoon of the day; the usual ones where the office is closed."""
    hours = calendar.intervals(day)
    mornings, afternoons = [i for i in hours if i[0] < NOON], [i for i in hours if i[0] >= NOON]
    morning = (mornings[0][0], mornings[-1][1]) if mornings else MORNING
    return morning, (afternoons[0][0], afternoons[-1][1]) if afternoons else AFTERNOON


def span(when: When, calendar: Calendar) -> tuple[datetime, datetime, bool]:
    """When it begins and ends, and whether the end was left open.

    An open end is that of the half of the day. Raises ValueError without a start where the clock is meant.
    """
    last = when.until or when.day
    if when.session == Session.HOURS:
        if when.start is None:
            raise ValueError("no start")
        starts = datetime.combine(when.day, when.start, tzinfo=VN)
        if when.end is not None:
            return starts, datetime.combine(last, when.end, tzinfo=VN), False
        return starts, _half_end(starts, last, calendar), True
    first, final = halves(when.day, calendar), halves(last, calendar)
    begins = first[1][0] if when.session == Session.AFTERNOON else first[0][0]
    ends = final[0][1] if when.session == Session.MORNING else final[1][1]
    return datetime.combine(when.day, begins, tzinfo=VN), datetime.combine(last, ends, tzinfo=VN), False


def _half_end(starts: datetime, last: date, calendar: Calendar) -> datetime:
    for _begin, end in halves(last, calendar):
        moment = datetime.combine(last, end, tzinfo=VN)
        if moment > starts:
            return moment
    return starts + AFTER_HOURS


def days_of(starts: datetime, ends: datetime) -> Iterator[date]:
    """The civil days an entry touches."""
    day, last = local(starts).date(), local(ends - timedelta(microseconds=1)).date()
    while day <= last:
        yield day
        day += DAY


def occurrences(weekdays: Sequence[int], month_days: Sequence[int], first: date, last: date) -> Iterator[date]:
    """The days of a recurring entry. A day the month does not have is its last one."""
    day = first
    while day <= last:
        end_of_month = (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY
        wanted = {min(number, end_of_month.day) for number in month_days}
        if day.weekday() in weekdays or day.day in wanted:
            yield day
        day += DAY


def working_day(day: date, calendar: Calendar) -> date:
    """The day, or the next one on which the office works; the day itself where it never works."""
    if calendar.is_working(day):
        return day
    try:
        return rules.next_working_day(day, calendar)
    except NoWorkingTime:
        return day
