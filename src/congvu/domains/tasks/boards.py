"""Boards: tasks counted by the document they come from, by unit, by the leader who gave them. One pass each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from congvu.common.actor import Actor
from congvu.domains.tasks import policies
from congvu.domains.tasks.models import RUNNING, State, Task
from congvu.domains.tasks.reading import unit_name
from congvu.domains.tasks.types import BoardRow
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import visible_to

LIMIT = 200
# Sources are looked at in the order of the board until it is full: not one for each of the tasks that are counted.
_SOURCES = """
SELECT counted.*, source.code, source.title FROM ({counted}) AS counted
CROSS JOIN LATERAL (SELECT * FROM ({readable}) AS found WHERE found.id = counted.source_id OFFSET 0) AS source
ORDER BY counted.late DESC, counted.open DESC, counted.source_id LIMIT %s
"""


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
    readable = visible_to(actor).filter(kind=policies.KIND)  # the kind spares the documents among the readable
    rows = Task.objects.filter(record__in=readable.values("id")).exclude(record__state=State.CANCELLED)
    return rows.filter(Q(ended_at=None) | Q(given_at__gte=since)) if since else rows


def _grouped(rows: QuerySet[Task], *names: str) -> Any:
    """The counts for each value of these columns, most late tasks first."""
    found: Any = rows.values(*names)
    return found.annotate(**_counts(timezone.now())).order_by("-late", "-open", names[0])


def _board(rows: QuerySet[Task], *names: str) -> list[dict[str, Any]]:
    """The same, as far as a board goes. One statement."""
    return list(_grouped(rows, *names)[:LIMIT])


def by_source(actor: Actor, *, since: datetime | None = None) -> tuple[BoardRow, ...]:
    """By source record the actor may read. One statement."""
    counted = _grouped(_counted(actor, since).exclude(source=None), "source_id")
    found = _with_sources(counted, visible_to(actor).values("id", "code", "title"))
    return tuple(_row(row, row["source_id"], row["title"], row["code"]) for row in found)


def _with_sources(counted: QuerySet[Task], readable: QuerySet[Any]) -> list[dict[str, Any]]:
    """The counts of each source that is among the readable, with its code and title, as far as a board goes."""
    try:
        (counting, first), (reading, second) = (rows.query.sql_with_params() for rows in (counted, readable))
    except EmptyResultSet:  # nothing is readable
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SOURCES.format(counted=counting, readable=reading), [*first, *second, LIMIT])
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


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
