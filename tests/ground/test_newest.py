"""The newest readable records: one short range of an index for each state, merged without gap or repeat."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

import pytest
from django.db import connection

from congvu.common.actor import ANONYMOUS, Actor, ActorKind
from congvu.common.zones import VN
from congvu.ground.orgs.models import Unit
from congvu.ground.records.models import Record
from congvu.ground.records.selectors import newest, standing, visible_to

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 2, 8, tzinfo=VN)
READER = Actor(ActorKind.STAFF, "Người đọc", position_id=7)
# State and reader by the hour of the day; two of one hour are told apart by their ids.
LINES = (
    ("done", "p:7", 0), ("recalled", "p:7", 1), ("sent_back", "p:7", 2), ("recalled", "p:8", 3),
    ("sent_back", "p:7", 4), ("recalled", "p:7", 4), ("done", "p:7", 5), ("recalled", "p:7", 6),
)  # fmt: skip


@pytest.fixture
def lines() -> list[UUID]:
    unit = Unit.objects.create(key="don-vi-thu")
    return [
        Record.objects.create(
            id=UUID(int=n + 1), kind="test", unit=unit, state=state, readers=[reader],
            opened_at=START + timedelta(hours=hour), title=f"{n}",
        ).id
        for n, (state, reader, hour) in enumerate(LINES)
    ]  # fmt: skip


def _pages(size: int, *states: str) -> list[list[int]]:
    found, before = [], None
    while True:
        keys = newest(visible_to(READER).filter(kind="test"), size, states=states, before=before)
        rows = list(Record.objects.filter(id__in=keys).order_by("-opened_at", "-id")[:size])
        if not rows:
            return found
        found.append([row.id.int - 1 for row in rows])
        before = rows[-1].opened_at, rows[-1].id


@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_pages_of_two_states_follow_each_other_and_hold_nothing_hidden(lines: list[UUID], size: int):
    pages = _pages(size, "sent_back", "recalled")
    assert list(chain(*pages)) == [7, 5, 4, 2, 1]
    assert all(len(page) == size for page in pages[:-1])


def test_one_state_and_no_state(lines: list[UUID]):
    assert _pages(2, "done") == [[6, 0]]
    assert list(chain(*_pages(3))) == [7, 6, 5, 4, 2, 1, 0]
    assert _pages(3, "unknown") == []


@pytest.mark.parametrize("states", [(), ("done",), ("sent_back", "recalled")])
def test_an_index_gives_the_order_so_that_nothing_is_sorted(lines: list[UUID], states: tuple[str, ...]):
    """Whatever the planner prefers for eight rows: with sorting forbidden it must not come back to it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off")
    plan = newest(visible_to(READER).filter(kind="test"), 3, states=states).explain()
    assert "Sort" not in plan
    assert plan.count("Index Scan using records_record") == max(1, len(states))


def test_figures_of_states_count_only_what_may_be_read(lines: list[UUID]):
    assert [standing(READER, "test", states).now() for states in (("sent_back", "recalled"), ("done",), ("none",))] == [
        5, 2, 0
    ]  # fmt: skip
    assert standing(ANONYMOUS, "test", ("done",)).now() == 0
