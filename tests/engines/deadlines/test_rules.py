"""The one pure function: by hand for each budget, and what must hold for all."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.common.zones import VN
from congvu.engines.deadlines.rules import derive
from congvu.engines.deadlines.types import Effect, Extension, Pause, PauseReason, Terms
from congvu.ground.worktime import rules as worktime
from congvu.ground.worktime.types import Budget
from tests.ground.worktime.conftest import national
from tests.ground.worktime.values import m

CALENDAR = national()
steady = settings(deadline=None, max_examples=60)


def waited(effect, since, until, cancelled=None):
    return Pause(PauseReason.SUPPLEMENT, effect, since, until, cancelled)


TUESDAY_TO_THURSDAY = ("10:00 17/11/2026", "14:00 19/11/2026")  # 5.5 + 8 + 5 = 18.5 office hours
MONDAY_TO_TUESDAY = ("10:00 16/11/2026", "14:00 17/11/2026")  # 5.5 + 5 = 10.5 office hours


@pytest.mark.parametrize(
    ("budget", "wait", "subtracted", "restarted"),
    [
        # Received Mon 16/11/2026 9:07.
        # Mon 23 9:15 + 18.5 h: Mon 6.25, Wed 25 8, Thu 26 4.25.
        ("5wd", TUESDAY_TO_THURSDAY, "13:15 26/11/2026", "14:00 27/11/2026"),
        # Thu 19 16:37 + 18.5 h: 0:23, Fri 8, Mon 8, Wed 2:07. Anew: Thu 3, Fri 8, Mon 8, Wed 8, Thu 3.
        ("30wh", TUESDAY_TO_THURSDAY, "9:37 25/11/2026", "10:30 26/11/2026"),
        # Mon 17:00 + 10.5 h: Tue 8, Wed 2.5.
        ("sd", MONDAY_TO_TUESDAY, "10:00 18/11/2026", "17:00 17/11/2026"),
        # Thu 26 + 2 days is a Saturday. Anew: 19 + 10 = Sunday 29.
        ("10d", TUESDAY_TO_THURSDAY, "17:00 30/11/2026", "17:00 30/11/2026"),
        # Wed 18 9:07 + 52 h.
        ("48h", TUESDAY_TO_THURSDAY, "13:07 20/11/2026", "14:00 21/11/2026"),
    ],
)
def test_each_budget_measures_waiting_its_own_way(vn, budget, wait, subtracted, restarted):
    terms, (since, until) = Terms(m("9:07 16/11/2026"), Budget.parse(budget)), map(m, wait)
    assert derive(terms, vn, [waited(Effect.SUBTRACT, since, until)]).due == m(subtracted)
    assert derive(terms, vn, [waited(Effect.RESTART, since, until)]).due == m(restarted)


def test_office_close_stays_office_close(vn):
    terms = Terms(m("9:07 16/11/2026"), Budget.parse("5wd"), until="close")
    assert derive(terms, vn).due == m("17:00 23/11/2026")
    pause = waited(Effect.SUBTRACT, m("10:00 17/11/2026"), m("14:00 19/11/2026"))
    assert derive(terms, vn, [pause]).due == m("17:00 27/11/2026")  # Mon 17:00 + 18.5 h: Wed 8, Thu 8, Fri 2.5


def test_an_appointment_on_a_day_that_became_a_day_off_moves_on(vn):
    terms = Terms(m("9:00 16/11/2026"), Budget.parse("5wd"))
    promised = Extension(m("9:00 17/11/2026"), m("9:00 23/11/2026"), m("10:00 24/11/2026"))
    assert derive(terms, vn, [], promised).due == m("10:00 25/11/2026")


moments = st.datetimes(datetime(2025, 12, 1), datetime(2026, 12, 1)).map(lambda x: x.replace(tzinfo=VN))
budgets = st.sampled_from(["1wd", "3wd", "15wd", "2wh", "40wh", "sd", "1d", "30d", "4h", "100h"]).map(Budget.parse)
gaps = st.integers(0, 60 * 24 * 20).map(lambda minutes: timedelta(minutes=minutes))
effects = st.sampled_from(list(Effect))


@st.composite
def histories(draw):
    """A start and some pauses one after the other."""
    start = draw(moments)
    pauses, now = [], start
    for _ in range(draw(st.integers(0, 3))):
        since = now + draw(gaps)
        now = since + draw(gaps)
        pauses.append(waited(draw(effects), since, now))
    return start, pauses


@steady
@given(histories(), budgets)
def test_cancelled_pauses_are_as_if_they_had_not_been(history, budget):
    start, pauses = history
    cancelled = [waited(p.effect, p.since, p.until, p.until) for p in pauses]
    terms = Terms(start, budget)
    assert derive(terms, CALENDAR, cancelled) == derive(terms, CALENDAR)


@steady
@given(histories(), budgets, moments)
def test_an_open_pause_moves_nothing_yet(history, budget, since):
    start, pauses = history
    terms = Terms(start, budget)
    waiting = waited(Effect.RESTART, since, None)
    assert derive(terms, CALENDAR, [*pauses, waiting]) == derive(terms, CALENDAR, pauses)


@steady
@given(histories(), budgets)
def test_waiting_never_makes_it_sooner(history, budget):
    start, pauses = history
    terms = Terms(start, budget)
    subtracted = [waited(Effect.SUBTRACT, p.since, p.until) for p in pauses]
    assert derive(terms, CALENDAR, subtracted).due >= derive(terms, CALENDAR).due


@steady
@given(histories(), budgets)
def test_the_order_of_rows_does_not_matter(history, budget):
    start, pauses = history
    distinct = list({p.since: p for p in pauses}.values())
    terms = Terms(start, budget)
    assert derive(terms, CALENDAR, distinct) == derive(terms, CALENDAR, reversed(distinct))


@steady
@given(moments, st.integers(1, 30), gaps, gaps)
def test_subtracting_gives_back_exactly_the_office_time_waited(start, days, before, length):
    terms = Terms(start, Budget("wd", days))
    base = derive(terms, CALENDAR).due
    since, until = start + before, start + before + length
    moved = derive(terms, CALENDAR, [waited(Effect.SUBTRACT, since, until)]).due
    given_back = worktime.working_time_between(base, moved, CALENDAR)
    expected = worktime.working_time_between(since, until, CALENDAR) if since < base else timedelta()
    assert timedelta() <= given_back - expected < timedelta(minutes=15)


@steady
@given(moments, budgets, gaps, gaps)
def test_a_restart_is_a_fresh_start(start, budget, before, length):
    since, until = start + before, start + before + length
    derived = derive(Terms(start, budget), CALENDAR, [waited(Effect.RESTART, since, until)])
    assert derived == derive(Terms(until, budget), CALENDAR)
