"""The door for reading."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.counting import Counting, capped, reusable
from congvu.common.errors import Forbidden, NotFound
from congvu.engines.workflow import store
from congvu.engines.workflow.errors import require_open
from congvu.engines.workflow.graph import Graph, Node
from congvu.engines.workflow.inbox import count_waiting, counts, inbox
from congvu.engines.workflow.library import check_file
from congvu.engines.workflow.models import Definition, Instance, Seat, WorkItem
from congvu.engines.workflow.types import DefinitionView, ItemView, Step, StepView
from congvu.ground.records.selectors import visible_ids

__all__ = [
    "capped", "check_file", "count_waiting", "counts", "definition", "earlier_steps", "held", "held_among",
    "held_count", "holds_work", "inbox", "instance_of", "item", "kinds_held", "latest_definition",
    "latest_definition_id", "look", "may_work", "open_items", "path", "plan", "record_of",
]  # fmt: skip


_KINDS_HELD = """SELECT w.step_kind FROM workflow_seat s JOIN workflow_workitem w ON w.id = s.item_id
WHERE w.record_id = %s AND s.key = ANY(%s)"""
_NEWEST = """SELECT i.id, i.definition_id, i.state,
  ARRAY(SELECT t.node FROM workflow_token t WHERE t.instance_id = i.id ORDER BY t.entered_at, t.id)
FROM workflow_instance i WHERE i.record_id = %s ORDER BY i.started_at DESC, i.id DESC LIMIT 1"""


def definition(definition_id: int) -> DefinitionView:
    """A published version. Raises NotFound."""
    row = Definition.objects.filter(id=definition_id).first()
    if row is None:
        raise NotFound(_("Không tìm thấy quy trình này."))
    return _definition(row)


def latest_definition(key: str) -> DefinitionView | None:
    """The newest version of a process, runnable or not."""
    row = Definition.objects.filter(key=key).order_by("-version").first()
    return _definition(row) if row else None


def latest_definition_id(key: str) -> int | None:
    """The id of the newest version of a process, runnable or not."""
    return Definition.objects.filter(key=key).order_by("-version").values_list("id", flat=True).first()


def _definition(row: Definition) -> DefinitionView:
    graph = Graph.from_json(row.compiled) if row.compiled else None
    places = sorted({n.place for n in graph.nodes.values() if n.kind == "user" and n.place}) if graph else []
    steps = [_step(value) for value in row.steps or []]
    return DefinitionView(row.id, row.key, row.version, row.title, row.runnable, tuple(row.errors), tuple(row.warnings),
                          tuple(places), tuple(steps))  # fmt: skip


def _step(value: dict[str, Any]) -> Step:
    hours = None if value["hours"] is None else Decimal(value["hours"])
    return Step(**(value | {"hours": hours, "outcomes": tuple(value["outcomes"])}))


def may_work(actor: Actor, item: WorkItem) -> bool:
    """Whether the item waits for the actor: assigned to the position, or not assigned and addressed to a key of it."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    if item.assignee_id is not None:
        return item.assignee_id == actor.position_id
    return not set(item.holders).isdisjoint(actor.work_keys)


def _may_know(actor: Actor, row: WorkItem) -> bool:
    """Whether the item was ever addressed to the actor, or the record may be read."""
    addressed = may_work(actor, row) or not set(row.holders).isdisjoint(actor.work_keys)
    return addressed or visible_ids(actor).filter(id=row.record_id).exists()


def look(actor: Actor, item_id: UUID) -> ItemView:
    """One item in any state, for who holds it or may read its record. Raises NotFound for all others."""
    row = store.read_item(item_id)
    if row is None or not _may_know(actor, row):
        raise NotFound(_("Không tìm thấy việc này."))
    return _item(row, actor)


def item(actor: Actor, item_id: UUID) -> ItemView:
    """One item that waits for the actor: what policies of acts on a step ask.

    Raises NotFound for who may not know of it, AlreadyDone saying by whom and when, Forbidden for who only reads.
    """
    row = store.read_item(item_id)
    if row is None or not _may_know(actor, row):
        raise NotFound(_("Không tìm thấy việc này."))
    require_open(row)
    if not may_work(actor, row):
        raise Forbidden(_("Việc “%(step)s” không được giao cho vị trí đang dùng.") % {"step": row.name})
    return _item(row, actor)


def record_of(item_id: UUID) -> UUID:
    """The record of an item. Raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_id FROM workflow_workitem WHERE id = %s", [item_id])
        found: tuple[UUID] | None = cursor.fetchone()
    if found is None:
        raise NotFound(_("Không tìm thấy việc này."))
    return found[0]


def holds_work(actor: Actor, record_id: UUID) -> bool:
    """Whether anything of the record waits for the actor now."""
    seats = Seat.objects.filter(item__record=record_id, key__in=actor.work_keys)
    return actor.kind is ActorKind.SYSTEM or seats.exists()


def kinds_held(actor: Actor, record_id: UUID) -> frozenset[str]:
    """The kinds of the steps of the record that wait for the actor now. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_KINDS_HELD, [record_id, actor.work_keys])
        return frozenset(row[0] for row in cursor.fetchall())


def held(actor: Actor, *, step_kind: str, record_kind: str, limit: int = 200) -> list[ItemView]:
    """Steps of one kind on one kind of record that wait for the actor, put off or not, the oldest first. One
    statement."""
    rows = WorkItem.objects.filter(id__in=_held(actor, step_kind, record_kind).values("item"))
    return [_item(row, actor) for row in rows.order_by("created_at", "id")[:limit]]


@reusable
def held_count(actor: Actor, *, step_kind: str, record_kind: str) -> Counting:
    """How many of them there are."""
    return Counting.of(_held(actor, step_kind, record_kind).values("item").distinct())


def held_among(actor: Actor, records: QuerySet[Any], *, step_kind: str, record_kind: str) -> Counting:
    """How many of them belong to one of these records, a query that selects their ids."""
    return Counting.of(_held(actor, step_kind, record_kind).filter(item__record__in=records).values("item").distinct())


def _held(actor: Actor, step_kind: str, record_kind: str) -> QuerySet[Seat]:
    return Seat.objects.filter(
        key__in=actor.work_keys, item__step_kind=step_kind, item__record_kind=record_kind,
        item__state=WorkItem.State.OPEN,
    )  # fmt: skip


def open_items(record_id: UUID, actor: Actor | None = None) -> list[ItemView]:
    """What a record waits for, oldest first. The caller has asked whether the actor may read the record."""
    rows = store.read_items("record_id = %s AND state = 'open' ORDER BY created_at, id", record_id)
    return [_item(row, actor) for row in rows]


def _item(row: WorkItem, actor: Actor | None) -> ItemView:
    return ItemView(
        id=row.id, record_id=row.record_id, record_kind=row.record_kind, instance_id=row.instance_id, node=row.node,
        kind=row.kind, step_kind=row.step_kind, name=row.name, public_name=row.public_name, code=row.code,
        title=row.title, unit_id=row.unit_id, state=row.state, outcome=row.outcome, outcomes=tuple(row.outcomes),
        holders=tuple(row.holders), assignee_id=row.assignee_id, assignee=row.assignee_name, due_at=row.due_at,
        step_due_at=row.step_due_at, planned_hours=row.planned_hours, created_at=row.created_at, done_at=row.done_at,
        done_by=row.done_by, done_position=row.done_position, on_behalf_of=row.on_behalf_of,
        may_work=actor is not None and row.state == WorkItem.State.OPEN and may_work(actor, row),
    )  # fmt: skip


def instance_of(record_id: UUID) -> UUID | None:
    """The newest process of a record."""
    return Instance.objects.filter(record=record_id).order_by("-started_at", "-id").values_list("id", flat=True).first()


def earlier_steps(item_id: UUID) -> list[tuple[str, str]]:
    """Where an open item may be sent back to: node and name, the nearest first."""
    row = WorkItem.objects.filter(id=item_id, state=WorkItem.State.OPEN).select_related("instance").first()
    if row is None or row.instance is None:
        return []
    graph = store.graph_of(row.instance.definition_id)
    done = WorkItem.objects.filter(instance=row.instance, state=WorkItem.State.DONE).exclude(outcome="send_back")
    names = {d.node: d.name for d in done.order_by("done_at", "id")}
    return [(node, name) for node, name in reversed(names.items()) if row.node in graph.after(node)]


def plan(definition_id: int) -> list[StepView]:
    """The steps of a process that has not started, in order."""
    graph = store.graph_of(definition_id)
    return [_todo(node) for node in _ahead(graph, [graph.start])]


def path(record_id: UUID) -> list[StepView]:
    """The tracker: the path really taken by the newest process, then what is still planned."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [record_id])
        newest = cursor.fetchone()
    if newest is None:
        return []
    instance, definition, state, live = newest
    items = store.read_items("instance_id = %s AND state <> 'cancelled'", instance)
    rows = sorted(items, key=lambda w: (w.state == WorkItem.State.OPEN, w.done_at or w.created_at, w.id))
    graph = store.graph_of(definition)
    rounds: dict[str, int] = {}
    steps = []
    for row in rows:
        rounds[row.node] = rounds.get(row.node, 0) + 1
        steps.append(_taken(row, graph.nodes[row.node], rounds[row.node]))
    if state != Instance.State.RUNNING:
        return steps
    waits = [graph.nodes[n] for n in live if graph.nodes[n].kind in ("service", "timer", "message", "events")]
    steps += [StepView(n.id, n.name, n.public_name, n.kind, "wait", "", None, None, None) for n in waits if n.name]
    return steps + [_todo(node) for node in _ahead(graph, live) if node.id not in live]


def _taken(row: WorkItem, node: Node, number: int) -> StepView:
    is_open = row.state == WorkItem.State.OPEN
    state = ("wait" if node.pause else "now") if is_open else "done"
    holder = row.done_by or row.assignee_name or node.role
    at = row.created_at if is_open else row.done_at
    return StepView(row.node, row.name, row.public_name, row.step_kind, state, holder, row.unit_id, at,
                    row.planned_hours, number, node.group, row.id)  # fmt: skip


def _todo(node: Node) -> StepView:
    planned = Decimal(node.hours) if node.hours else None
    return StepView(node.id, node.name, node.public_name, node.step_kind, "todo", node.role, None, None, planned,
                    group=node.group)  # fmt: skip


def _ahead(graph: Graph, live: list[str]) -> Iterator[Node]:
    """Steps of people ahead of the tokens, along default branches, each once, nearest first."""
    seen, queue = set(live), list(live)
    while queue:
        node = graph.nodes[queue.pop(0)]
        if node.kind == "user":
            yield node
        for target in _usual(graph, node):
            if target not in seen:
                seen.add(target)
                queue.append(target)


def _usual(graph: Graph, node: Node) -> list[str]:
    """Where a token goes when nothing special happens: the default of a choice, into sub-processes, over their ends."""
    if node.kind == "exclusive" and len(node.out) > 1:
        return [graph.flows[node.default or node.out[0]].target]
    if node.kind == "sub":
        return [node.first]
    if node.kind == "end":
        return graph.targets(graph.nodes[node.scope]) if node.scope else []
    return graph.targets(node)
