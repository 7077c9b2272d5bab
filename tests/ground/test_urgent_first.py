"""The most urgent readable records first, the newest first among equals: two short ranges, without gap or repeat."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

import pytest
from django.db import connection

from congvu.common.actor import Actor, ActorKind
from congvu.common.zones import VN
from congvu.ground.orgs.models import Unit
from congvu.ground.records.models import Record
from congvu.ground.records.selectors import urgent_first, visible_to

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 2, 8, tzinfo=VN)
READER = Actor(ActorKind.STAFF, "Người đọc", position_id=7)
# State, reader, urgency, hour; two of one hour and urgency are told apart by their ids.
LINES = (
    ("open", "p:7", 0, 0), ("open", "p:7", 3, 1), ("open", "p:7", 1, 2), ("open", "p:8", 4, 3), ("done", "p:7", 3, 4),
    ("open", "p:7", 1, 2), ("open", "p:7", 0, 5), ("open", "p:7", 3, 0), ("open", "p:7", 0, 5),
)  # fmt: skip
EXPECTED = [1, 7, 5, 2, 8, 6, 0]


@pytest.fixture
def lines() -> list[UUID]:
    unit = Unit.objects.create(key="don-vi-thu")
    return [
        Record.objects.create(
            id=UUID(int=n + 1), kind="test", unit=unit, state=state, readers=[reader], urgency=urgency,
            opened_at=START + timedelta(hours=hour), title=f"{n}",
        ).id
        for n, (state, reader, urgency, hour) in enumerate(LINES)
    ]  # fmt: skip


def _pages(size: int) -> list[list[int]]:
    found, before = [], None
    while True:
        keys = urgent_first(visible_to(READER).filter(kind="test"), size, state="open", before=before)
        rows = list(Record.objects.filter(id__in=keys).order_by("-urgency", "-opened_at", "-id")[:size])
        if not rows:
            return found
        found.append([row.id.int - 1 for row in rows])
        before = rows[-1].urgency, rows[-1].opened_at, rows[-1].id


@pytest.mark.parametrize("size", [1, 2, 3, 4, 10])
def test_pages_follow_each_other_and_hold_nothing_hidden(lines: list[UUID], size: int):
    pages = _pages(size)
    assert list(chain(*pages)) == EXPECTED
    assert all(len(page) == size for page in pages[:-1])


@pytest.mark.parametrize("before", [None, (3, START, UUID(int=8)), (0, START + timedelta(hours=5), UUID(int=9))])
def test_indexes_give_the_order_so_that_nothing_is_sorted(lines: list[UUID], before):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off")
    keys = urgent_first(visible_to(READER).filter(kind="test"), 3, state="open", before=before)
    plan = keys.explain()
    assert "Sort" not in plan
    assert plan.count("Index Scan using records_record_urgent") == (1 if before is None or before[0] else 0)
    # Which of the two that are in this order the planner takes depends on what it knows of the table.
    assert len(re.findall(r"Index Scan using records_record_(?:state|newest)", plan)) == 1
    if before is not None and before[0]:
        assert "(ROW(urgency, opened_at, id) < ROW(" in plan.split("records_record_urgent")[1].split("Filter")[0]
