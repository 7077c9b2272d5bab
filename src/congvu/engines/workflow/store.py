"""The rows of running processes, in hand-written SQL: one statement for each kind of change, whatever the number."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.engines.workflow.graph import Graph
from congvu.engines.workflow.models import Definition, WorkItem
from congvu.engines.workflow.tokens import Run, Token


@dataclass(slots=True)
class InstanceRow:
    """A locked instance."""

    id: UUID
    definition: int
    record: UUID
    unit: int
    state: str
    places: dict[str, int]
    variables: dict[str, Any]
    record_kind: str
    code: str
    title: str
    due_at: datetime | None
    calendar: str


_INSTANCE = """SELECT id, definition_id, record_id, unit_id, state, places, variables, record_kind, code, title, due_at,
  calendar FROM workflow_instance WHERE id = {} FOR UPDATE"""


@lru_cache(maxsize=1024)
def _graph(definition: int) -> Graph | None:
    """The graph of a published version, None for a draft; versions never change, so it is read once per process."""
    compiled = Definition.objects.values_list("compiled", flat=True).get(id=definition)
    return Graph.from_json(compiled) if compiled else None


def runnable_graph(definition: int) -> Graph | None:
    """The graph to start a process with; None for a draft, and where there is no such version (yet)."""
    try:
        return _graph(definition)
    except Definition.DoesNotExist:
        return None


def graph_of(definition: int) -> Graph:
    """The graph of a version that runs or ran. Raises LookupError for a draft, Definition.DoesNotExist."""
    graph = _graph(definition)
    if graph is None:
        raise LookupError(f"definition {definition} is a draft")
    return graph


def read_items(condition: str, *values: Any) -> list[WorkItem]:
    """Items by a condition of ours. The statement is written by hand: making one of thirty columns costs more than
    its answer, and a page asks for items several times."""
    return list(WorkItem.objects.raw(f"SELECT * FROM workflow_workitem WHERE {condition}", values))  # noqa: S608


def read_item(item: UUID, *, locked: bool = False) -> WorkItem | None:
    return next(iter(read_items("id = %s FOR UPDATE" if locked else "id = %s", item)), None)


def dumps(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def lock_instance(instance: UUID) -> InstanceRow:
    """Raises NotFound."""
    return _locked("%s", instance)


def lock_by_item(item: UUID) -> InstanceRow | None:
    """The instance of an item, locked before anything else of it is looked at; None if the item has no process."""
    with connection.cursor() as cursor:
        cursor.execute(_INSTANCE.format("(SELECT instance_id FROM workflow_workitem WHERE id = %s)"), [item])
        row = cursor.fetchone()
    return _instance(row) if row else None


def _locked(where: str, value: UUID) -> InstanceRow:
    with connection.cursor() as cursor:
        cursor.execute(_INSTANCE.format(where), [value])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("Không tìm thấy quy trình đang chạy này."))
    return _instance(row)


def _instance(row: tuple[Any, ...]) -> InstanceRow:
    found = InstanceRow(*row)
    found.places, found.variables = _json(found.places), _json(found.variables)
    return found


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def load_run(instance: InstanceRow, variables: dict[str, Any]) -> Run:
    """The game as it stands, with further variables set."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, node, parent, via, joining FROM workflow_token WHERE instance_id = %s ORDER BY entered_at, id",
            [instance.id],
        )
        tokens = {row[0]: Token(*row) for row in cursor.fetchall()}
    return Run(graph_of(instance.definition), tokens, {**instance.variables, **variables})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The tokens before a turn, to tell what changed."""

    rows: dict[UUID, tuple[str, UUID | None, str, bool]]

    @classmethod
    def of(cls, run: Run) -> Snapshot:
        return cls({t.id: _row(t) for t in run.tokens.values()})


def _row(token: Token) -> tuple[str, UUID | None, str, bool]:
    return token.node, token.parent, token.via, token.joining


def save_tokens(instance: UUID, run: Run, before: Snapshot, now: datetime) -> None:
    """Write the moves. Timers of tokens that left their node go with them."""
    gone = [key for key in before.rows if key not in run.tokens]
    moved = [t for t in run.tokens.values() if t.id in before.rows and before.rows[t.id] != _row(t)]
    new = [t for t in run.tokens.values() if t.id not in before.rows]
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH gone AS (DELETE FROM workflow_token WHERE id = ANY(%s)),
            late AS (DELETE FROM workflow_timer WHERE token = ANY(%s)),
            moved AS (UPDATE workflow_token t SET node = v.node, via = v.via, joining = v.joining, entered_at = %s
              FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::bool[]) AS v(id, node, via, joining)
              WHERE t.id = v.id)
            INSERT INTO workflow_token (id, instance_id, node, parent, via, joining, entered_at)
            SELECT v.id, %s, v.node, v.parent, v.via, v.joining, %s
            FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::bool[])
              AS v(id, node, parent, via, joining)""",
            [
                gone, list(run.left), now,
                [t.id for t in moved], [t.node for t in moved], [t.via for t in moved], [t.joining for t in moved],
                instance, now,
                [t.id for t in new], [t.node for t in new], [t.parent for t in new], [t.via for t in new],
                [t.joining for t in new],
            ],
        )  # fmt: skip


def save_instance(instance: UUID, run: Run, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workflow_instance SET variables = %s, state = %s, outcome = %s, ended_at = %s WHERE id = %s",
            [
                dumps(run.variables),
                "ended" if run.ended else "running",
                run.outcome[:40],
                now if run.ended else None,
                instance,
            ],
        )


def arm(instance: UUID, timers: Iterable[tuple[UUID, str, datetime]]) -> None:
    """Set timers: token, node, due."""
    rows = list(timers)
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO workflow_timer (instance_id, token, node, due_at, state, failure)
            SELECT %s, v.token, v.node, v.due, 'waiting', ''
            FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[]) AS v(token, node, due)""",
            [instance, [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]],
        )


_OPEN_ITEM = {"state": "open", "outcome": "", "done_at": None, "done_by": "", "done_position": "", "on_behalf_of": ""}


def done_at_once(outcome: str, by: Actor, now: datetime) -> dict[str, Any]:
    """What a row of ``open_items`` says beside the rest when that actor has done it already."""
    return {
        "state": "done", "outcome": outcome[:40], "done_at": now, "done_by": by.name, "token": None,
        "done_position": by.position_title, "on_behalf_of": by.on_behalf_of, "assignee": by.position_id,
    }  # fmt: skip


def open_items(rows: list[dict[str, Any]]) -> None:
    """New work items, those that wait with their seats, in one statement."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [dumps([_OPEN_ITEM | row for row in rows])])


_OPEN = """WITH new AS (
INSERT INTO workflow_workitem (id, record_id, record_kind, instance_id, token, node, kind, step_kind, name, public_name,
  holders, assignee_id, assignee_name, unit_id, code, title, state, outcome, outcomes, note, due_at, step_due_at,
  planned_hours, created_at, done_at, done_by, done_position, on_behalf_of)
SELECT x.id, x.record, x.record_kind, x.instance, x.token, x.node, x.kind, x.step_kind, x.name, x.public_name,
  x.holders, x.assignee, x.assignee_name, x.unit, x.code, x.title, x.state, x.outcome, x.outcomes, '', x.due_at,
  x.step_due_at, x.planned_hours, x.created_at, x.done_at, x.done_by, x.done_position, x.on_behalf_of
FROM jsonb_to_recordset(%s::jsonb) AS x(id uuid, record uuid, record_kind text, instance uuid, token uuid, node text,
  kind text, step_kind text, name text, public_name text, holders text[], assignee bigint, assignee_name text,
  unit bigint, code text, title text, outcomes text[], due_at timestamptz, step_due_at timestamptz,
  planned_hours numeric, created_at timestamptz, state text, outcome text, done_at timestamptz, done_by text,
  done_position text, on_behalf_of text)
RETURNING id, holders, assignee_id, due_at, kind, state)
INSERT INTO workflow_seat (item_id, key, due_at, kind)
SELECT DISTINCT id, unnest(CASE WHEN assignee_id IS NULL THEN holders ELSE ARRAY['p:' || assignee_id] END),
  coalesce(due_at, 'infinity'), kind FROM new WHERE state = 'open'"""


def finish_item(item: UUID, outcome: str, note: str, by: Actor, now: datetime) -> None:
    """The item is done by that actor, for whom it stays recorded as values."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH done AS (UPDATE workflow_workitem
              SET state = 'done', outcome = %s, note = %s, done_at = %s, token = NULL,
              done_by = %s, done_position = %s, on_behalf_of = %s, assignee_id = coalesce(%s, assignee_id)
              WHERE id = %s)
            DELETE FROM workflow_seat WHERE item_id = %s""",
            [outcome[:40], note, now, by.name, by.position_title, by.on_behalf_of, by.position_id, item, item],
        )


def cancel_items(where: str, values: list[Any], now: datetime) -> None:
    """Open items that match are cancelled; ``where`` is a fixed condition of this package."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH cut AS (UPDATE workflow_workitem SET state = 'cancelled', done_at = %s, token = NULL
              WHERE state = 'open' AND {where} RETURNING id)
            DELETE FROM workflow_seat USING cut WHERE item_id = cut.id""",  # noqa: S608
            [now, *values],
        )


def reseat(items: Collection[UUID]) -> None:
    """Seats anew for open items whose holders, assignee, due time or snooze changed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM workflow_seat WHERE item_id = ANY(%s)", [list(items)])
        cursor.execute(
            """INSERT INTO workflow_seat (item_id, key, due_at, kind, hidden_until)
            SELECT DISTINCT id, unnest(CASE WHEN assignee_id IS NULL THEN holders ELSE ARRAY['p:' || assignee_id] END),
              coalesce(due_at, 'infinity'), kind, snoozed_until
            FROM workflow_workitem WHERE id = ANY(%s) AND state = 'open'""",
            [list(items)],
        )


def set_due(record: UUID, due: datetime | None) -> None:
    """The due time of a record's running processes, its open items and their seats."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH running AS (UPDATE workflow_instance SET due_at = %s WHERE record_id = %s AND state = 'running'),
            waiting AS (UPDATE workflow_workitem SET due_at = %s WHERE record_id = %s AND state = 'open' RETURNING id)
            UPDATE workflow_seat s SET due_at = coalesce(%s, 'infinity'::timestamptz) FROM waiting
            WHERE s.item_id = waiting.id""",
            [due, record, due, record, due],
        )


def clear(instance: UUID, now: datetime, outcome: str) -> None:
    """Stop an instance: no tokens, no timers, no open items."""
    cancel_items("instance_id = %s", [instance], now)
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH a AS (DELETE FROM workflow_token WHERE instance_id = %s),
            b AS (DELETE FROM workflow_timer WHERE instance_id = %s)
            UPDATE workflow_instance SET state = 'cancelled', outcome = %s, ended_at = %s WHERE id = %s""",
            [instance, instance, outcome[:40], now, instance],
        )
