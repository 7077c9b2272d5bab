"""The national calendar without a database, and actors."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from congvu.common.actor import Actor, ActorKind
from congvu.ground import worktime
from congvu.ground.worktime.types import (
    Calendar,
    Cause,
    DayKind,
    DayRule,
    OfficeWeek,
    SameDayRule,
    YearState,
    read_intervals,
)
from tests.ground.worktime.values import START, t


def national() -> Calendar:
    data = json.loads((Path(worktime.__file__).parent / "data" / "vn.json").read_text(encoding="utf-8"))
    rules = {}
    for day, kind, cause, name, basis, other in data["days"]:
        when = date.fromisoformat(day)
        instead = date.fromisoformat(other) if other else None
        rules[when] = DayRule(
            when, DayKind(kind), Cause(cause), name, data["bases"][basis], instead, "", when.year == 2027
        )
    hours = read_intervals(data["hours"]["intervals"])
    weeks = tuple(OfficeWeek(weekday, hours, START) for weekday in data["hours"]["weekdays"])
    years = {int(y): YearState.PROVISIONAL if p else YearState.DECREED for y, p in data["years"].items()}
    return Calendar("vn", data["name"], rules, weeks, (SameDayRule(t("15:00"), t("17:00"), START),), years)


@pytest.fixture(scope="session")
def vn() -> Calendar:
    return national()


@pytest.fixture
def admin() -> Actor:
    return Actor(kind=ActorKind.STAFF, name="Lý Quang Tạo", user_id=9, position_id=4, roles=frozenset({"admin"}))


@pytest.fixture
def clerk() -> Actor:
    return Actor(kind=ActorKind.STAFF, name="Phạm Thị Hoa", user_id=7, position_id=3, roles=frozenset({"clerk"}))
