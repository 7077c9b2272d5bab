"""Who files what, when and how it shall end: drawn with dice before anything is played.

Every part has dice of its own, so the same seed gives the same dossiers relative to today however many processes
play them.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count as upwards

from congvu.boot.demo.people import names
from congvu.boot.demo.territory import COMMUNES
from congvu.common.zones import at, local_date
from congvu.ground.worktime import rules
from congvu.ground.worktime.types import Budget, Calendar

SEED = 766
SPAN_DAYS = 45
# How each dossier goes, with its share. What has not reached its end when the present comes stays where it is.
GOALS = (
    ("returned", 44), ("finished", 8), ("slow", 2), ("running", 26), ("answered", 6), ("waiting", 5), ("refused", 3),
    ("stopped", 2), ("withdrawn", 2), ("late", 2),
)  # fmt: skip
# What every demonstration shows, however small and whatever the dice say: a signature waited for, a result waiting to
# be fetched, one handed over, papers asked for, a dossier that is late.
SURE = ("approving", "finished", "returned", "waiting", "late")
# A result that waits for its signature is in time for so long yet: an hour of showing it must not make it late.
AHEAD = timedelta(hours=2)
# Goals that say whether the term is over.
TIMED = ("running", "waiting", "late")
# Office time by which the late ones are late at most.
LATE = timedelta(hours=32)
HOURS = (7, 8, 8, 9, 9, 10, 13, 14, 15)
TRIES = 200
# What the dice say of a part: its commune, goal, start, span and codes.
Drawn = tuple[str, str, datetime, timedelta, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """One dossier to be played. ``span`` is the office time it may take; ``codes`` are tried in their order."""

    number: int
    person: str
    commune: str
    goal: str
    start: datetime
    span: timedelta
    codes: tuple[str, ...]

    def dice(self) -> random.Random:
        return random.Random(f"{SEED}-{self.number}")  # noqa: S311 - dice of a demo


def write(
    budgets: Mapping[str, str], calendar: Calendar, *, signed: Collection[str], now: datetime, first: int, count: int
) -> list[Part]:
    """``count`` parts numbered from ``first``, oldest first. ``budgets`` are the procedures to choose from, ``signed``
    those of them whose result a leader signs here."""
    dice, people = random.Random(SEED + first), names(SEED + 1 + first)  # noqa: S311 - dice of a demo
    sure = SURE[: 0 if first else count]
    to_sign = {code: budget for code, budget in budgets.items() if code in signed}
    drawn = [
        _draw_to_sign(dice, to_sign, calendar, now)
        if goal == "approving"
        else _draw(dice, budgets, calendar, now, goal)
        for goal in (*sure, *[""] * (count - len(sure)))
    ]
    drawn.sort(key=lambda part: part[2])
    return [Part(number, next(people), *rest) for number, rest in enumerate(drawn, start=first)]


def _commune(dice: random.Random) -> str:
    """Two in five come to the first commune: real work is skewed as well."""
    return COMMUNES[0].slug if dice.random() < 0.4 else dice.choice(COMMUNES).slug


def _draw_to_sign(dice: random.Random, budgets: Mapping[str, str], calendar: Calendar, now: datetime) -> Drawn:
    """A result that waits for its signature: received when it is in time yet by every procedure, as one may have to
    give way to another; where there is no such moment, by those alone that it is in time by."""
    start, codes = now, list[str]()
    for _try in range(TRIES):
        tried = _moment(dice, calendar, now, "approving")
        dues = {code: rules.due(tried, Budget.parse(budget), calendar).due for code, budget in budgets.items()}
        in_time = [code for code, due in dues.items() if due > now + AHEAD]
        if len(in_time) > len(codes):
            start, codes = tried, in_time
        if len(codes) == len(budgets):
            break
    return COMMUNES[0].slug, "approving", start, rules.working_time_between(start, now, calendar), tuple(codes)


def _draw(dice: random.Random, budgets: Mapping[str, str], calendar: Calendar, now: datetime, sure: str) -> Drawn:
    """The part but for its number and its person. What is not ``sure`` to be shown has a goal by the dice."""
    goal = sure or dice.choices([g for g, _ in GOALS], [w for _, w in GOALS])[0]
    commune = COMMUNES[0].slug if sure else _commune(dice)
    codes: Sequence[str] = list(budgets)
    for _try in range(TRIES):
        codes = dice.sample(list(budgets), len(budgets))
        start = _moment(dice, calendar, now, goal)
        due = rules.due(start, Budget.parse(budgets[codes[0]]), calendar).due
        if _fits(goal, sure, due, now, calendar):
            break
    if sure or goal in TIMED:
        # A procedure that has to give way does so to another that goes as well with the goal.
        dues = [(code, rules.due(start, Budget.parse(budgets[code]), calendar).due) for code in codes]
        codes = [code for code, by in dues if _fits(goal, sure, by, now, calendar)]
    return commune, goal, start, rules.working_time_between(start, due, calendar), tuple(codes)


def _fits(goal: str, sure: str, due: datetime, now: datetime, calendar: Calendar) -> bool:
    """Work that runs is in time, apart from the few late ones, and those are late by days, not by weeks."""
    if goal in ("running", "waiting"):
        return due > now
    if goal == "late":
        return due < now and rules.working_time_between(due, now, calendar) < LATE
    return due <= now or sure not in ("finished", "returned")


def _moment(dice: random.Random, calendar: Calendar, now: datetime, goal: str) -> datetime:
    """A moment of reception in office hours before now, denser towards today."""
    reach = {"running": 12, "waiting": 9, "late": 20, "approving": 8}.get(goal, SPAN_DAYS)
    for tried in upwards():
        # After long holidays the last office day lies further back.
        day = local_date(now) - timedelta(days=int((reach + tried // TRIES) * dice.random() ** 1.4))
        moment = at(day, dice.choice(HOURS), dice.randrange(60))
        if rules.roll(moment, calendar) == moment and moment < now:
            return moment
    raise AssertionError("there is always a working day further back")
