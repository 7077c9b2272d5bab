"""The one function that says when a clock is due. Pure: terms, calendar, pauses and an extension go in.

Restart (NĐ 61/2018, Điều 19 khoản 4): the term begins again from zero when everything has arrived, even if it
was over when the papers were asked for; the index clock keeps that lateness. Subtract (QĐ 766/QĐ-TTg, and time
to pay what is owed to the State): the due time moves on by the waiting, measured the way the budget counts
(office time for working days and hours, calendar days, clock hours); waiting that began after the due time
moves nothing. A pause still open moves nothing yet; a cancelled one never does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from congvu.common.zones import local
from congvu.engines.deadlines.types import Derived, Effect, Extension, Pause, Terms
from congvu.ground.worktime import rules as worktime
from congvu.ground.worktime.types import BudgetUnit, Calendar


def derive(
    terms: Terms, calendar: Calendar, pauses: Iterable[Pause] = (), extension: Extension | None = None
) -> Derived:
    """The due time that follows from the rows. Raises what ``worktime.rules.due`` raises."""
    found = _term(terms, terms.start, calendar)
    done: list[tuple[datetime, Pause | Extension]] = [(p.since, p) for p in pauses if p.counts and p.until]
    if extension is not None:
        done.append((extension.at, extension))
    for _moment, happened in sorted(done, key=lambda pair: pair[0]):
        found = _after(found, happened, terms, calendar)
    return found


def _term(terms: Terms, start: datetime, calendar: Calendar) -> Derived:
    until, outside = cast(worktime.Until, terms.until), cast(worktime.Outside, terms.outside)
    due, provisional = worktime.ends(start, terms.budget, calendar, until=until, outside=outside)
    return Derived(due, local(start), provisional)


def _after(found: Derived, happened: Pause | Extension, terms: Terms, calendar: Calendar) -> Derived:
    if isinstance(happened, Extension):
        return replace(found, due=worktime.roll(happened.new_due, calendar))
    end = cast(datetime, happened.until)
    if happened.effect is Effect.RESTART:
        return _term(terms, end, calendar)
    if happened.since >= found.due:
        return found
    return replace(found, due=_later(found.due, happened.since, end, terms, calendar))


def _later(due: datetime, since: datetime, until: datetime, terms: Terms, calendar: Calendar) -> datetime:
    """The due time moved on by the waiting."""
    unit = terms.budget.unit
    if unit is BudgetUnit.HOURS:
        return due + (until - since)
    if unit is BudgetUnit.DAYS:
        last = due.date() + timedelta(days=(local(until).date() - local(since).date()).days)
        return calendar.closes(last if calendar.is_working(last) else worktime.next_working_day(last, calendar))
    waited = worktime.working_time_between(since, until, calendar)
    moved = worktime.add_working(due, waited, calendar)
    if unit is not BudgetUnit.WORKING_DAYS:
        return moved
    if terms.until == "close":
        return calendar.closes(moved.date())
    return worktime.quarter_up(moved)
