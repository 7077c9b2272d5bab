"""Rules about dates and ages. A partial date is given the benefit of the doubt."""

from __future__ import annotations

from datetime import date, timedelta

from congvu.common.spoken import say_padded
from congvu.engines.forms.conditions import is_empty
from congvu.engines.forms.dates import earliest, latest
from congvu.engines.forms.rules.registry import Broken, Context, rule


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March, when the year is complete."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(following - timedelta(days=1), date(year, month + 1, 1) + timedelta(days=day.day - 1))


@rule("before", "a", "b")
def before(context: Context) -> Broken:
    """``a`` ≤ ``b``; with ``strict``, ``a`` < ``b``."""
    a, b = context.value("a"), context.value("b")
    if is_empty(a) or is_empty(b):
        return None
    first, last = earliest(a), latest(b)
    wrong = first >= last if context.params.get("strict") else first > last
    return {} if wrong else None


@rule("within_days", "from", "to")
def within_days(context: Context) -> Broken:
    """``to`` is at most ``days`` after ``from``."""
    start, end = context.value("from"), context.value("to")
    if is_empty(start) or is_empty(end):
        return None
    limit = latest(start) + timedelta(days=context.params["days"])
    return {"limit": say_padded(limit)} if earliest(end) > limit else None


@rule("after_days", "from", "to")
def after_days(context: Context) -> Broken:
    """``to`` is more than ``days`` after ``from``."""
    start, end = context.value("from"), context.value("to")
    if is_empty(start) or is_empty(end):
        return None
    return {} if latest(end) <= earliest(start) + timedelta(days=context.params["days"]) else None


@rule("age_at_least", "birth", "on")
def age_at_least(context: Context) -> Broken:
    """The person is at least ``years`` old on the day ``on``; by sex with ``years_by``: {sex: years}."""
    birth, on = context.value("birth"), context.value("on")
    if is_empty(birth) or is_empty(on):
        return None
    years = context.params["years"]
    return {"years": str(years)} if years_later(earliest(birth), years) > latest(on) else None


@rule("age_gap", "older", "younger")
def age_gap(context: Context) -> Broken:
    """The younger was born between ``min`` and ``max`` years after the older."""
    older, younger = context.value("older"), context.value("younger")
    if is_empty(older) or is_empty(younger):
        return None
    too_near = years_later(earliest(older), context.params["min"]) > latest(younger)
    too_far = years_later(latest(older), context.params["max"] + 1) <= earliest(younger)
    return {"years": str(earliest(younger).year - earliest(older).year)} if too_near or too_far else None


@rule("months_apart", "a", "b")
def months_apart(context: Context) -> Broken:
    """Two births of one mother lie at least ``months`` apart, or within two days (twins)."""
    a, b = context.value("a"), context.value("b")
    if is_empty(a) or is_empty(b):
        return None
    first, last = sorted((date.fromisoformat(a), date.fromisoformat(b)))
    twins = last - first <= timedelta(days=2)
    return None if twins or months_later(first, context.params["months"]) <= last else {}


@rule("not_later_today", "day", "hour", "minute")
def not_later_today(context: Context) -> Broken:
    """A time of today is not after the present (``facts.clock``, "HH:MM"; silent without it)."""
    day, hour, clock = context.value("day"), context.value("hour"), context.facts.get("clock")
    if day != context.today.isoformat() or is_empty(hour) or not clock:
        return None
    return {} if f"{hour:02d}:{context.value('minute') or 0:02d}" > clock else None


@rule("full_date", "field")
def full_date(context: Context) -> Broken:
    """The date is complete, not only a year."""
    value = context.value("field")
    return {} if isinstance(value, str) and len(value) == 4 else None
