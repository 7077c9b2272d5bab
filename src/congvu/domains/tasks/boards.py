"""Boards: tasks counted by the document they come from, by unit, by the leader who gave them. One pass each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from congvu.common.actor import Actor
from congvu.domains.tasks.models import RUNNING, State, Task
from congvu.domains.tasks.reading import unit_name
from congvu.domains.tasks.types import BoardRow
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import visible_ids

LIMIT = 200


def _counts(now: datetime) -> dict[str, Count]:
    late = Q(record__state__in=RUNNING, due_at__lt=now)
    done = Q(record__state=State.DONE)
    return {
        "total": Count("pk"),
        "open": Count("pk", filter=Q(ended_at=None)),
        "late": Count("pk", filter=late),
        "judging": Count("pk", filter=Q(record__state=State.JUDGING)),
        "done": Count("pk", filter=done),
        "done_late": Count("pk", filter=done & Q(finished_at__gt=F("due_at"))),
    }


def _counted(actor: Actor, since: datetime | None) -> QuerySet[Task]:
    """What is counted: tasks the actor may read, cancelled ones left out; open ones whatever their age."""
    rows = Task.objects.filter(record__in=visible_ids(actor)).exclude(record__state=State.CANCELLED)
    return rows.filter(Q(ended_at=None) | Q(given_at__gte=since)) if since else rows


def _board(rows: QuerySet[Task], *names: str) -> list[dict[str, Any]]:
    """The counts for each value of these columns, most late tasks first. One statement."""
    grouped: Any = rows.values(*names)
    return list(grouped.annotate(**_counts(timezone.now())).order_by("-late", "-open", names[0])[:LIMIT])


def by_source(actor: Actor, *, since: datetime | None = None) -> tuple[BoardRow, ...]:
    """By source record the actor may read. One statement."""
    rows = _counted(actor, since).filter(source__in=visible_ids(actor))
    found = _board(rows, "source_id", "source__code", "source__title")
    return tuple(_row(row, row["source_id"], row["source__title"], row["source__code"]) for row in found)


def by_unit(actor: Actor, *, since: datetime | None = None) -> tuple[BoardRow, ...]:
    """By the unit that owns the task. Two statements, one for the names."""
    found, tree = _board(_counted(actor, since), "owner_unit_id"), orgs.tree()
    return tuple(_row(row, row["owner_unit_id"], unit_name(tree, row["owner_unit_id"])) for row in found)


def by_leader(actor: Actor, *, since: datetime | None = None) -> tuple[BoardRow, ...]:
    """By the post that gave the task, named by its title and its unit. Two statements."""
    names = ("assigner_position_id", "assigner_position__title", "assigner_unit_id")
    found, tree = _board(_counted(actor, since), *names), orgs.tree()
    return tuple(_row(row, row[names[0]], f"{row[names[1]]}, {unit_name(tree, row[names[2]])}") for row in found)


def _row(row: dict[str, Any], key: object, label: str, code: str = "") -> BoardRow:
    numbers = {name: row[name] for name in ("total", "open", "late", "judging", "done", "done_late")}
    return BoardRow(key=str(key), label=label, code=code, **numbers)
