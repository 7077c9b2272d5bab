"""Rows and parts of tasks as values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from congvu.domains.tasks.models import Entry, Extension, Support, Task
from congvu.domains.tasks.standing import standing
from congvu.domains.tasks.types import EntryView, ExtensionView, PartView, TaskRow
from congvu.ground.orgs.selectors import UnitTree


def listed(rows: QuerySet[Task]) -> QuerySet[Task]:
    """The same tasks with what a line shows: the record, and whether an extension waits."""
    asked = Extension.objects.filter(task=OuterRef("pk"), answered_at=None)
    return rows.select_related("record").annotate(asking=Exists(asked))


def unit_name(tree: UnitTree, unit: int) -> str:
    """The short name of a unit today; empty for one that ended."""
    found = tree.get(unit)
    return found.short_name if found else ""


def row_of(task: Task, tree: UnitTree, now: datetime) -> TaskRow:
    record = task.record
    return TaskRow(
        id=record.id, code=record.code, title=record.title, state=record.state,
        standing=standing(record.state, task.due_at, task.finished_at, now), owner_unit_id=task.owner_unit_id,
        owner_unit=unit_name(tree, task.owner_unit_id), owner_name=task.owner_name, assigner_name=task.assigner_name,
        due_at=task.due_at, finished_at=task.finished_at, given_at=task.given_at, percent=task.percent,
        asking=bool(getattr(task, "asking", False)),
    )  # fmt: skip


def owner_of(task: Task, tree: UnitTree) -> PartView:
    post = task.owner_position
    name = unit_name(tree, task.owner_unit_id)
    return PartView("owner", task.owner_unit_id, name, post.id, post.title, task.owner_name)


def assigner_of(task: Task, tree: UnitTree) -> PartView:
    post = task.assigner_position
    name = unit_name(tree, task.assigner_unit_id)
    return PartView("assigner", task.assigner_unit_id, name, post.id, post.title, task.assigner_name)


def supports_of(task: Task, tree: UnitTree) -> tuple[PartView, ...]:
    """Supporters first, then who only follows. One statement."""
    rows = Support.objects.filter(task=task).select_related("position").order_by("part", "id")
    return tuple(
        PartView(row.part, row.unit_id, unit_name(tree, row.unit_id), row.position_id, row.position.title, row.name,
                 row.done_at, row.due_at)
        for row in rows
    )  # fmt: skip


def entries_of(task: Task) -> tuple[EntryView, ...]:
    """The thread, newest first. One statement."""
    return tuple(
        EntryView(row.kind, str(Entry.Kind(row.kind).label), row.text, row.percent, tuple(row.files), row.at, row.by,
                  row.post, row.on_behalf_of)
        for row in Entry.objects.filter(task=task).order_by("-at", "-id")
    )  # fmt: skip


def extensions_of(rows: Iterable[Extension]) -> tuple[ExtensionView, ...]:
    return tuple(
        ExtensionView(row.pk, row.asked_at, row.asked_by, row.reason, row.old_due, row.wanted, row.answered_at,
                      row.answered_by, row.granted, row.new_due, row.answer)
        for row in rows
    )  # fmt: skip
