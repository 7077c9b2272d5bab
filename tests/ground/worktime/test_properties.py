"""What must hold for every start and every budget."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.common.zones import VN
from congvu.ground.worktime import rules
from congvu.ground.worktime.types import Budget, BudgetUnit
from tests.ground.worktime.conftest import national

CALENDAR = national()
steady = settings(deadline=None, max_examples=60)
starts = st.datetimes(datetime(2021, 12, 1), datetime(2028, 2, 1)).map(lambda x: x.replace(tzinfo=VN))
days = st.integers(1, 60)
lengths = st.integers(0, 60 * 200).map(lambda minutes: timedelta(minutes=minutes))
budgets = st.one_of(
    st.builds(Budget, st.sampled_from([BudgetUnit.WORKING_DAYS, BudgetUnit.WORKING_HOURS, BudgetUnit.DAYS]), days),
    st.just(Budget(BudgetUnit.SAME_DAY)),
)


def due(start, unit, count):
    return rules.due(start, Budget(unit, count), CALENDAR).due


@steady
@given(starts, budgets)
def test_never_due_on_a_day_off_nor_outside_office_hours(start, budget):
    end = rules.due(start, budget, CALENDAR).due
    assert CALENDAR.is_working(end.date())
    assert CALENDAR.opens(end.date()) <= end <= CALENDAR.closes(end.date())


@steady
@given(starts, budgets)
def test_due_after_start(start, budget):
    end = rules.due(start, budget, CALENDAR).due
    assert end > start


@steady
@given(starts, days)
def test_more_budget_is_never_sooner(start, count):
    for unit in (BudgetUnit.WORKING_DAYS, BudgetUnit.WORKING_HOURS, BudgetUnit.DAYS):
        assert due(start, unit, count) <= due(start, unit, count + 1)
    assert due(start, BudgetUnit.WORKING_DAYS, count).date() < due(start, BudgetUnit.WORKING_DAYS, count + 1).date()


@steady
@given(starts, st.integers(0, 60 * 24 * 30), days)
def test_later_start_is_never_due_on_an_earlier_day(start, minutes, count):
    later = start + timedelta(minutes=minutes)
    for unit in (BudgetUnit.WORKING_DAYS, BudgetUnit.WORKING_HOURS, BudgetUnit.DAYS):
        assert due(start, unit, count).date() <= due(later, unit, count).date()
    assert due(start, BudgetUnit.SAME_DAY, 0) <= due(later, BudgetUnit.SAME_DAY, 0)


@steady
@given(starts, days)
def test_working_days_count_exactly(start, count):
    end = due(start, BudgetUnit.WORKING_DAYS, count)
    assert rules.working_days_between(start.date(), end.date(), CALENDAR) == count
    assert end.minute % 15 == 0


@steady
@given(starts, lengths)
def test_add_then_between_is_the_same_length(start, length):
    assert rules.working_time_between(start, rules.add_working(start, length, CALENDAR), CALENDAR) == length


@steady
@given(starts, starts, starts)
def test_between_adds_up(a, b, c):
    def between(x, y):
        return rules.working_time_between(x, y, CALENDAR)

    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


@steady
@given(starts, lengths, lengths)
def test_add_in_two_parts(start, first, second):
    halfway = rules.add_working(start, first, CALENDAR)
    assert rules.add_working(halfway, second, CALENDAR) == rules.add_working(start, first + second, CALENDAR)


@steady
@given(starts, days)
def test_every_special_day_on_the_way_is_explained(start, count):
    answer = rules.due(start, Budget(BudgetUnit.WORKING_DAYS, count), CALENDAR)
    told = {step.date for step in answer.explain}
    assert {x for x in CALENDAR.rules if start.date() <= x <= answer.due.date()} <= told


@steady
@given(starts)
def test_quarter_up(start):
    up = rules.quarter_up(start)
    assert timedelta() <= up - start < timedelta(minutes=15)
    assert up.minute % 15 == up.second == up.microsecond == 0
