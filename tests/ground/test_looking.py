"""Looking through the newest records one by one: the same as asking an index, newest first, in order and complete."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.common.actor import ANONYMOUS, Actor, ActorKind
from congvu.common.zones import VN
from congvu.ground.orgs.models import Unit
from congvu.ground.records import looking
from congvu.ground.records.models import Record
from congvu.ground.records.selectors import Frequency, frequency, look_through, visible_to
from congvu.ground.records.services import keep_words

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 2, 8, tzinfo=VN)
READER = Actor(ActorKind.STAFF, "Người đọc", position_id=7)


@pytest.fixture
def lines() -> None:
    """Ten records, the last two of one hour; every third has files with ``rừng``, the fifth is somebody else's."""
    unit = Unit.objects.create(key="don-vi-thu")
    for n in range(10):
        record = Record.objects.create(
            id=UUID(int=n + 1), kind="test", unit=unit, state="open", readers=["p:8" if n == 4 else "p:7"],
            opened_at=START + timedelta(hours=min(n, 8)), title=f"{n}", folded="bien che" if n % 2 else "bien ban 100%",
        )  # fmt: skip
        keep_words(record.id, "trồng rừng" if n % 3 == 0 else "trồng lúa")


def _look(most: int, limit: int = 10, **asked: Any) -> tuple[list[int], int | None]:
    look = look_through(visible_to(READER).filter(kind="test"), most, limit, **asked)
    return [key.int - 1 for _moment, key in look.found], look.end[1].int - 1 if look.end else None


def test_what_was_found_and_how_far_was_looked(lines: None):
    assert _look(20) == ([9, 8, 7, 6, 5, 3, 2, 1, 0], None)
    assert _look(20, words=["bien", "che"]) == ([9, 7, 5, 3, 1], None)
    assert _look(20, words=["100%"]) == ([8, 6, 2, 0], None)
    assert _look(20, question="rung & trong") == ([9, 6, 3, 0], None)
    assert _look(20, words=["che"], question="rung") == ([9, 3], None)
    assert _look(4, words=["che"]) == ([9, 7], 6)
    assert _look(4, 1, words=["che"]) == ([9], 6)
    assert _look(9) == ([9, 8, 7, 6, 5, 3, 2, 1, 0], 0)
    assert _look(4, question="khongco") == ([], 6)


@pytest.mark.parametrize(("readable", "every", "kept"), [(3, 10, True), (9, 10, False)])
def test_both_ways_to_the_newest_find_the_same(
    lines: None, monkeypatch: pytest.MonkeyPatch, readable: int, every: int, kept: bool
):  # fmt: skip
    """Few readable ones are sorted; of many the newest are taken from the index of all."""
    monkeypatch.setattr(looking, "_expected", lambda rows: readable if rows.query.where else every)
    with CaptureQueriesContext(connection) as sent:
        assert _look(4, words=["che"]) == ([9, 7], 6)
    assert len(sent) == 1
    assert ("readable AS MATERIALIZED" in sent[0]["sql"]) == kept


def test_looking_goes_on_where_the_page_before_ended(lines: None):
    tie = START + timedelta(hours=8)
    assert _look(3, before=(tie, UUID(int=10))) == ([8, 7, 6], 6)
    assert _look(3, words=["che"], before=(tie, UUID(int=9))) == ([7, 5], 5)
    assert _look(3, before=(START, UUID(int=1))) == ([], None)


def test_a_record_without_files_and_nobody(lines: None):
    keep_words(UUID(int=10), "")
    assert _look(20, question="rung")[0] == [6, 3, 0]
    look = look_through(visible_to(ANONYMOUS).filter(kind="test"), 5, 5, words=["che"])
    assert (look.found, look.end) == ((), None)


def test_only_what_is_frequent_in_a_long_table_is_looked_for_so(lines: None, monkeypatch: pytest.MonkeyPatch):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE records_record; ANALYZE records_words")
    assert frequency(["bien"], "").enough(20) == 0, "a short table"
    assert frequency(["bien"], "").few
    monkeypatch.setattr(looking, "FEW", 1)
    assert frequency([], "").enough(20) == 0
    assert frequency(["bien"], "") == Frequency(10, 1.0)
    assert frequency(["bien"], "").enough(20) == 30
    assert frequency([], "trong").enough(20) == 30
    assert 70 <= frequency(["bien"], "rung").enough(20) <= 80, "four in ten: the rarer of the two decides"
    assert frequency(["bien"], "trong").enough(10 * looking.MOST) == 0
    monkeypatch.setattr(looking, "FEW", 5)
    assert frequency(["bien"], "khongco").few
    assert frequency(["bien"], "khongco").enough(20) == 0
