"""Who files what, when and how it shall end: drawn with dice before anything is played.

Every part has dice of its own, so the same seed gives the same dossiers relative to today however many processes
play them.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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
HOURS = (7, 8, 8, 9, 9, 10, 13, 14, 15)
TRIES = 200


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


def write(budgets: Mapping[str, str], calendar: Calendar, *, now: datetime, first: int, count: int) -> list[Part]:
    """``count`` parts numbered from ``first``, oldest first. ``budgets`` are the procedures to choose from."""
    dice, people = random.Random(SEED + first), names(SEED + 1 + first)  # noqa: S311 - dice of a demo
    drawn = [_draw(dice, budgets, calendar, now) for _part in range(count)]
    drawn.sort(key=lambda part: part[1])
    return [
        Part(number, next(people), _commune(dice), goal, start, span, codes)
        for number, (goal, start, span, codes) in enumerate(drawn, start=first)
    ]


def _commune(dice: random.Random) -> str:
    """Two in five come to the first commune: real work is skewed as well."""
    return COMMUNES[0].slug if dice.random() < 0.4 else dice.choice(COMMUNES).slug


def _draw(
    dice: random.Random, budgets: Mapping[str, str], calendar: Calendar, now: datetime
) -> tuple[str, datetime, timedelta, tuple[str, ...]]:
    goal = dice.choices([g for g, _ in GOALS], [w for _, w in GOALS])[0]
    codes: Sequence[str] = list(budgets)
    for _try in range(TRIES):
        codes = dice.sample(list(budgets), len(budgets))
        start = _moment(dice, calendar, now, goal)
        due = rules.due(start, Budget.parse(budgets[codes[0]]), calendar).due
        if _fits(goal, due, now):
            break
    return goal, start, rules.working_time_between(start, due, calendar), tuple(codes)


def _fits(goal: str, due: datetime, now: datetime) -> bool:
    """Work that runs is in time, apart from the few late ones, and those are late by days, not by weeks."""
    if goal in ("running", "waiting"):
        return due > now
    if goal == "late":
        return now - timedelta(days=4) < due < now
    return True


def _moment(dice: random.Random, calendar: Calendar, now: datetime, goal: str) -> datetime:
    """A moment of reception in office hours before now, denser towards today."""
    reach = {"running": 12, "waiting": 9, "late": 20}.get(goal, SPAN_DAYS)
    while True:
        day = local_date(now) - timedelta(days=int(reach * dice.random() ** 1.4))
        moment = at(day, dice.choice(HOURS), dice.randrange(60))
        if rules.roll(moment, calendar) == moment and moment < now:
            return moment
