"""A record to hang clocks on, and a shorthand for the calendar value."""

from __future__ import annotations

from uuid import UUID

import pytest

from congvu.common.actor import Actor, ActorKind
from congvu.ground.worktime.types import Calendar
from tests.ground.worktime.conftest import national
from tests.ground.worktime.values import m


@pytest.fixture(scope="session")
def vn() -> Calendar:
    return national()


@pytest.fixture
def unit(db):
    from congvu.ground.orgs.models import Unit

    return Unit.objects.create(key="an-khe")


def new_record(unit, opened="9:00 16/11/2026") -> UUID:
    from congvu.ground.records import services as records

    row = records.open_record(
        kind="dossier", title="Thử", unit=unit.id, state="processing", readers=[], opened_at=m(opened)
    )
    return row.id


@pytest.fixture
def record(unit) -> UUID:
    """Received at 9:00 on Monday 16/11/2026 with 5 working days: due at 9:00 on Monday 23/11."""
    from congvu.engines.deadlines import services

    found = new_record(unit)
    services.open_clocks(found, start=m("9:00 16/11/2026"), budget="5wd", calendar="vn", basis="Điều 9 Luật A")
    return found


@pytest.fixture
def due_at():
    from congvu.ground.records.models import Record

    return lambda record: Record.objects.get(id=record).due_at


@pytest.fixture
def admin() -> Actor:
    return Actor(kind=ActorKind.STAFF, name="Lý Quang Tạo", user_id=9, position_id=4, roles=frozenset({"admin"}))


@pytest.fixture
def clerk() -> Actor:
    return Actor(kind=ActorKind.STAFF, name="Phạm Thị Hoa", user_id=7, position_id=3, roles=frozenset({"clerk"}))
