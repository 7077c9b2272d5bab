"""Boards against counting one by one: figures, order with ties, and what the reader may not read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.common.actor import ANONYMOUS, Actor
from congvu.domains.tasks import boards, selectors
from congvu.domains.tasks.models import Task
from congvu.domains.tasks.types import BoardRow
from congvu.ground.records.models import Record
from tests.domains.tasks.orders import UNIT

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
OTHERS = ["p:0"]
# Source, state, day of the term, day of the report: of the fourth source nothing may be read, of the fifth only tasks.
LINES = (
    (0, "doing", 18, None), (0, "done", 10, 9), (0, "done", 10, 11), (0, "cancelled", 10, None),
    (1, "judging", 18, 19), (1, "given", 25, None), (2, "given", 19, None), (2, "failed", 12, 12),
    (3, "doing", 1, None), (4, "doing", 1, None), (4, "returned", None, None), (None, "doing", 2, None),
)  # fmt: skip


@pytest.fixture
def filled(world) -> Actor:
    world.clock.move_to(NOW)
    chair = world.staff("chutich")
    readers, unit = [f"p:{chair.position_id}"], world.made.units[UNIT]
    for n in range(5):
        _record(1 + n, unit, OTHERS if n > 2 else readers, kind="doc_in", state="done", title=f"Nguồn {n}")
    for n, (source, state, due, finished) in enumerate(LINES):
        record = _record(100 + n, unit, OTHERS if source == 3 else readers, kind="task", state=state)
        Task.objects.create(
            record=record, source_id=None if source is None else UUID(int=1 + source), output="Báo cáo",
            assigner_unit_id=unit, assigner_position_id=chair.position_id, assigner_name="Chủ tịch",
            owner_unit_id=world.made.units[f"{UNIT}-{'kt' if n % 2 else 'vh'}"],
            owner_position_id=world.staff("vanhoa").position_id, owner_name="Người làm", due_at=due and _day(due),
            no_term=due is None, given_at=_day(1), finished_at=finished and _day(finished),
            ended_at=_day(15) if state in ("done", "failed", "cancelled") else None,
        )  # fmt: skip
    return chair


def _record(number: int, unit: int, readers: list[str], **values: Any) -> Record:
    return Record.objects.create(id=UUID(int=number), unit_id=unit, readers=readers, opened_at=_day(1), **values)


def _day(number: int) -> datetime:
    return NOW.replace(day=number)


def _figures(row: BoardRow) -> tuple[int, ...]:
    return row.total, row.open, row.late, row.judging, row.done, row.done_late


def test_by_source_counts_what_may_be_read_and_names_only_readable_sources(filled: Actor):
    assert [(row.label, _figures(row)) for row in selectors.by_source(filled)] == [
        ("Nguồn 0", (3, 1, 1, 0, 2, 1)),  # as many late and open ones as the third: the record decides
        ("Nguồn 2", (2, 1, 1, 0, 0, 0)),
        ("Nguồn 1", (2, 2, 0, 1, 0, 0)),
    ]
    assert selectors.by_source(ANONYMOUS) == ()


def test_unreadable_sources_take_no_place_of_the_board(filled: Actor, monkeypatch: pytest.MonkeyPatch):
    """The fifth source has the most open ones among the late, and may not be read."""
    monkeypatch.setattr(boards, "LIMIT", 2)
    assert [row.label for row in selectors.by_source(filled)] == ["Nguồn 0", "Nguồn 2"]


@pytest.mark.parametrize(
    ("board", "key"), [(selectors.by_unit, "owner_unit_id"), (selectors.by_leader, "assigner_position_id")]
)
def test_the_other_boards_count_the_same_tasks(filled: Actor, board: Callable[..., Any], key: str):
    expected: dict[str, list[int]] = {}
    for task in Task.objects.select_related("record").exclude(record__readers=OTHERS):
        state, late = task.record.state, task.due_at is not None and task.due_at < NOW
        if state == "cancelled":
            continue
        behind = state == "done" and (task.finished_at or NOW) > (task.due_at or NOW)
        seen = (True, task.ended_at is None, late and state in ("given", "doing"), state == "judging", state == "done")
        sums = expected.setdefault(str(getattr(task, key)), [0] * 6)
        expected[str(getattr(task, key))] = [a + int(b) for a, b in zip(sums, (*seen, behind), strict=True)]
    found = board(filled)
    assert {row.key: list(_figures(row)) for row in found} == expected
    assert [(row.late, row.open) for row in found] == sorted(((row.late, row.open) for row in found), reverse=True)
    assert board(ANONYMOUS) == ()


def test_readable_tasks_are_asked_for_by_kind(filled: Actor):
    """Not by reader alone, as one index has both: the documents somebody may read are ten times the tasks."""
    for board in (selectors.by_source, selectors.by_unit, selectors.by_leader):
        board(filled)
        with CaptureQueriesContext(connection) as sent:
            board(filled)
        assert len(sent) == (1 if board is selectors.by_source else 2)
        assert """"readers" &&""" in sent[0]["sql"]
        assert """"kind" = 'task'""" in sent[0]["sql"]
