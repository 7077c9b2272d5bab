"""When each person asked has to confirm and is reminded, by the calendar of the own unit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from congvu.common.zones import local_date
from congvu.domains.documents import spreading_figures as figures
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as calendars
from congvu.ground.worktime.types import Budget, BudgetUnit, Calendar

# A term that ends at 17:00 is over right after it.
MOMENT = timedelta(seconds=1)


class Terms:
    """Terms of one act; units of one calendar have the same."""

    def __init__(self, days: int, start: datetime) -> None:
        self.budget, self.start = Budget(BudgetUnit.WORKING_DAYS, Decimal(days)), start
        self._known: dict[str, Calendar] = {}

    @cached_property
    def tree(self) -> orgs.UnitTree:
        return orgs.tree()

    def calendar(self, unit: int) -> Calendar:
        key = self.tree.calendar_of(unit)
        if key not in self._known:
            self._known[key] = calendars.calendar(key)
        return self._known[key]

    def due(self, unit: int) -> datetime:
        """The end of office hours of the last working day; the day it begins is not counted."""
        return rules.due(self.start, self.budget, self.calendar(unit), until="close").due

    def first_notice(self, unit: int) -> datetime:
        """Some working days before the term, or right after it where the term is as short as that."""
        due = self.due(unit)
        early = rules.days_before(due, figures.remind_before(local_date(self.start)), self.calendar(unit))
        return early if early > self.start else due + MOMENT


def again_after(moment: datetime, calendar: Calendar, on: date) -> datetime:
    """The same hour some working days later."""
    return rules.days_after(moment, figures.remind_again(on), calendar)
