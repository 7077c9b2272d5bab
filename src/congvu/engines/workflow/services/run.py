"""Processes that run: starting, completing steps, sending back, stopping. Steps of acts, not acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.ids import uuid7
from congvu.engines.workflow import store, timers
from congvu.engines.workflow.errors import NotRunnable, require_open
from congvu.engines.workflow.events import InstanceEnded, StepDone, WorkItemOpened
from congvu.engines.workflow.graph import Node
from congvu.engines.workflow.models import Instance, WorkItem
from congvu.engines.workflow.tokens import Run
from congvu.engines.workflow.types import SEND_BACK, Assignee, Done
from congvu.ground.events.services import publish, publish_all
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.services import Record, lock
from congvu.ground.worktime.errors import NoWorkingTime
from congvu.ground.worktime.rules import add_working
from congvu.ground.worktime.selectors import calendar
from congvu.ground.worktime.types import Calendar

SERVICE_JOB = "workflow.service"


class _Record(Protocol):
    """What the engine takes from a record."""

    id: UUID
    kind: str
    code: str
    title: str
    unit_id: int
    due_at: datetime | None


@dataclass(slots=True)
class _Turn:
    """One turn of a running process, from lock to written rows."""

    instance: store.InstanceRow
    run: Run
    now: datetime
    before: store.Snapshot
    hands: dict[str, Assignee] = field(default_factory=dict)
    anyone: Assignee | None = None
    done: list[dict[str, Any]] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    days: Calendar | None = None

    @classmethod
    def of(cls, instance: store.InstanceRow, variables: Mapping[str, Any]) -> _Turn:
        run = store.load_run(instance, dict(variables))
        return cls(instance, run, timezone.now(), store.Snapshot.of(run))

    def write(self, finished: UUID | None = None) -> tuple[UUID, ...]:
        """Rows, jobs and events of the turn. ``finished`` is the token whose item is done already."""
        run, key = self.run, self.instance.id
        store.save_tokens(key, run, self.before, self.now)
        if left := [t for t in run.left if t in self.before.rows and t != finished]:
            store.cancel_items("instance_id = %s AND token = ANY(%s)", [key, left], self.now)
        items = [self._item(token) for token in run.opened]
        store.open_items([*self.done, *items])
        store.arm(key, [(t, n, timers.due(run.graph.nodes[n].timer, self.now, run.variables)) for t, n in run.armed])
        if run.ended or run.variables != self.instance.variables:
            store.save_instance(key, run, self.now)
        self._call()
        self.events += [WorkItemOpened(item["id"], self.instance.record) for item in items]
        if run.ended:
            self.events.append(InstanceEnded(key, self.instance.record, run.outcome))
        publish_all(self.events)
        return tuple(item["id"] for item in items)

    def waits_for(self) -> tuple[str, ...]:
        """The kinds of the steps that opened in this turn."""
        return tuple(self._node(token).step_kind for token in self.run.opened)

    def _call(self) -> None:
        """Automatic steps run after commit, as jobs."""
        for token in self.run.called:
            app.configure_task(SERVICE_JOB).defer(instance=str(self.instance.id), token=str(token))

    def pass_reception(self, actor: Actor) -> None:
        """Steps of reception that just opened are done by the actor."""
        for token in [t for t in self.run.opened if self._node(t).step_kind == "receive"]:
            row = self._item(token) | {"assignee_name": actor.name} | store.done_at_once("next", actor, self.now)
            self.done.append(row)
            self.events.append(StepDone(row["id"], self.instance.record, row["node"], "next"))
            self.run.complete(token)

    def _node(self, token: UUID) -> Node:
        return self.run.graph.nodes[self.run.tokens[token].node]

    def _step_due(self, node: Node) -> datetime | None:
        """When the planned hours of the step will have passed, in working time."""
        if not node.hours or not float(node.hours):
            return None
        try:
            return add_working(self.now, timedelta(hours=float(node.hours)), self._calendar())
        except NoWorkingTime:
            return None

    def _calendar(self) -> Calendar:
        """The calendar of the instance, asked for once a turn."""
        if self.days is None:
            self.days = calendar(self.instance.calendar)
        return self.days

    def _item(self, token: UUID) -> dict[str, Any]:
        instance = self.instance
        node = self._node(token)
        unit = instance.places.get(node.place, instance.unit) if node.place else instance.unit
        hand = self.hands.get(node.id, self.anyone)
        return {
            "id": uuid7(), "record": instance.record, "record_kind": instance.record_kind, "instance": instance.id,
            "token": token, "node": node.id, "kind": "step", "step_kind": node.step_kind, "name": node.name or node.id,
            "public_name": node.public_name, "holders": [f"r:{node.role}@{unit}"],
            "assignee": hand.position_id if hand else None, "assignee_name": hand.name if hand else "", "unit": unit,
            "code": instance.code, "title": instance.title, "outcomes": list(node.outcomes), "due_at": instance.due_at,
            "step_due_at": self._step_due(node), "planned_hours": node.hours or None, "created_at": self.now,
        }  # fmt: skip


def start(
    definition_id: int, record_id: UUID, *, places: Mapping[str, int], actor: Actor,
    variables: Mapping[str, Any] | None = None, past_reception: bool = False, assign: Assignee | None = None,
    held: Record | None = None, calendar: str = "",
) -> UUID:  # fmt: skip
    """Start a process for a record. Returns the instance's id.

    ``places`` binds the kinds of unit that steps name. With ``past_reception`` a first step of kind ``receive`` is
    done by the actor at once: the act that starts the process was that step. ``assign`` hands the first open step to
    a position. ``held`` is the record itself if the caller opened or locked it, ``calendar`` the key of its working
    calendar if the caller knows it. Raises NotRunnable for a draft, Invalid naming each place that is not bound.
    """
    graph = store.runnable_graph(definition_id)
    if graph is None:
        raise NotRunnable(_("Quy trình này chưa chạy được. Hãy chọn quy trình khác hoặc hoàn thiện các bước."))
    _need_places(graph.nodes.values(), places)
    record = held or lock(record_id)
    instance = _instance(
        definition_id, record, dict(places), dict(variables or {}), calendar or orgs.calendar_of(record.unit_id)
    )
    turn = _Turn(instance, Run(graph, {}, dict(instance.variables)), timezone.now(), store.Snapshot({}), anyone=assign)
    turn.run.begin()
    if past_reception:
        turn.pass_reception(actor)
    turn.write()
    return instance.id


def _instance(
    definition: int, record: _Record, places: dict[str, int], variables: dict[str, Any], days: str
) -> store.InstanceRow:
    row = Instance.objects.create(
        definition_id=definition, record_id=record.id, unit_id=record.unit_id, places=places, variables=variables,
        record_kind=record.kind, code=record.code, title=record.title, due_at=record.due_at,
        calendar=days, started_at=timezone.now(),
    )  # fmt: skip
    return store.InstanceRow(
        row.id, definition, record.id, record.unit_id, row.state, places, variables, row.record_kind, row.code,
        row.title, row.due_at, row.calendar,
    )  # fmt: skip


def _need_places(nodes: Any, places: Mapping[str, int]) -> None:
    missing = {node.place: node for node in nodes if node.kind == "user" and node.place and node.place not in places}
    if missing:
        problems = tuple(
            Problem(place, _("Chưa biết đơn vị nào làm bước “%(step)s”.") % {"step": node.name}, "place")
            for place, node in missing.items()
        )
        raise Invalid(_("Chưa gán đủ đơn vị cho các bước của quy trình."), problems=problems)


def complete(
    item_id: UUID, outcome: str = "next", *, actor: Actor, variables: Mapping[str, Any] | None = None, note: str = "",
    assign: Assignee | None = None,
) -> Done:  # fmt: skip
    """An item is done; its process goes on. The caller has asked whether the actor may (``selectors.item``).

    ``outcome`` is one of the item's; conditions read it as ``outcome``. ``assign`` hands the step that opens to a
    position. Raises AlreadyDone saying by whom and when, Invalid for an answer the step does not allow.
    """
    instance = store.lock_by_item(item_id)
    item = locked_item(item_id)
    if outcome == SEND_BACK or outcome not in (item.outcomes or ["next"]):
        raise _wrong_outcome(item, outcome)
    store.finish_item(item_id, outcome, note, actor, timezone.now())
    done = StepDone(item_id, item.record_id, item.node, outcome)
    if instance is None or item.token is None:
        publish(done)
        return Done(item_id, (), False, "")
    turn = _Turn.of(instance, {**(variables or {}), "outcome": outcome})
    turn.anyone = assign
    turn.events.append(done)
    turn.run.complete(item.token)
    opened = turn.write(item.token)
    return Done(item_id, opened, turn.run.ended, turn.run.outcome, turn.waits_for())


def _wrong_outcome(item: WorkItem, outcome: str) -> Invalid:
    allowed = ", ".join(o for o in item.outcomes if o != SEND_BACK)
    message = _("Bước “%(step)s” không có kết quả “%(outcome)s”; được chọn: %(allowed)s.") % {
        "step": item.name, "outcome": outcome[:40], "allowed": allowed or "next",
    }  # fmt: skip
    return Invalid(message, problems=(Problem("outcome", message, "outcome"),))


def locked_item(item_id: UUID) -> WorkItem:
    """The item, locked. Raises NotFound, and AlreadyDone for one that is not open."""
    item = store.read_item(item_id, locked=True)
    if item is None:
        raise NotFound(_("Không tìm thấy việc này."))
    require_open(item)
    return item


def send_back(item_id: UUID, *, to: str, actor: Actor, reason: str) -> Done:
    """Return a step to an earlier one of the path taken; it opens for the position that did it last.

    What ran beside it since then is undone. Raises Invalid for a missing reason or a step that is not an earlier one.
    """
    instance = store.lock_by_item(item_id)
    item = locked_item(item_id)
    if not reason.strip():
        raise Invalid(
            _("Hãy ghi lý do trả lại."), problems=(Problem("reason", _("Hãy ghi lý do trả lại."), "required"),)
        )
    if instance is None or item.token is None or SEND_BACK not in item.outcomes:
        raise Conflict(_("Bước “%(step)s” không trả lại được.") % {"step": item.name})
    done = _done_before(instance, item, to)
    turn = _Turn.of(instance, {"outcome": SEND_BACK})
    store.finish_item(item_id, SEND_BACK, reason.strip(), actor, turn.now)
    turn.events.append(StepDone(item_id, item.record_id, item.node, SEND_BACK))
    if done.assignee_id is not None:
        turn.hands[to] = Assignee(done.assignee_id, done.done_by)
    turn.run.send_back(item.token, to)
    return Done(item_id, turn.write(item.token), False, "")


def _done_before(instance: store.InstanceRow, item: WorkItem, to_node: str) -> WorkItem:
    """The last time the step was done. Raises Invalid unless it lies before the item on the path taken."""
    graph = store.graph_of(instance.definition)
    done = WorkItem.objects.filter(instance=instance.id, node=to_node, state=WorkItem.State.DONE)
    last = done.exclude(outcome=SEND_BACK).order_by("-done_at").first()
    if last is None or to_node not in graph.nodes or item.node not in graph.after(to_node):
        message = _("Chỉ trả lại được cho một bước đã làm trước bước này.")
        raise Invalid(message, problems=(Problem("to", message, "not_earlier"),))
    return last


def cancel(instance_id: UUID, *, outcome: str = "cancelled") -> None:
    """Stop a running process; its open items vanish from every inbox. A process already over is left alone."""
    instance = store.lock_instance(instance_id)
    if instance.state != Instance.State.RUNNING:
        return
    store.clear(instance_id, timezone.now(), outcome)
    publish(InstanceEnded(instance_id, instance.record, outcome))


def cancel_for(record_id: UUID, *, reason: str = "cancelled") -> None:
    """Stop every process of a record and cancel every item that waits because of it. ``reason`` is kept as outcome."""
    running = Instance.objects.filter(record=record_id, state=Instance.State.RUNNING).order_by("id")
    for key in running.values_list("id", flat=True):
        cancel(key, outcome=reason)
    store.cancel_items("record_id = %s", [record_id], timezone.now())


def set_variables(instance_id: UUID, variables: Mapping[str, Any]) -> None:
    """Set what later conditions read, without moving anything."""
    instance = store.lock_instance(instance_id)
    Instance.objects.filter(id=instance_id).update(variables={**instance.variables, **variables})


def fire_timer(instance_id: UUID, token: UUID, node: str) -> bool:
    """A timer is due: the token goes on. False if the token has moved meanwhile."""
    turn = _Turn.of(store.lock_instance(instance_id), {})
    if token not in turn.run.tokens or not _waits(turn.run, token, node):
        return False
    turn.run.fire(token, node)
    turn.write()
    return True


def _waits(run: Run, token: UUID, node: str) -> bool:
    at = run.graph.nodes[run.tokens[token].node]
    return node == at.id or node in at.boundary or (at.kind == "events" and node in run.graph.targets(at))


def deliver_message(record_id: UUID, name: str, *, variables: Mapping[str, Any] | None = None) -> int:
    """A message has come for a record: every process of it that waits for that message goes on. Returns how many."""
    running = Instance.objects.filter(record=record_id, state=Instance.State.RUNNING).order_by("id")
    count = 0
    for key in running.values_list("id", flat=True):
        turn = _Turn.of(store.lock_instance(key), variables or {})
        found = next(((t, n) for t in turn.run.tokens for n in _catches(turn.run, t) if n.message == name), None)
        if found is not None:
            turn.run.fire(found[0], found[1].id)
            turn.write()
            count += 1
    return count


def _catches(run: Run, token: UUID) -> list[Node]:
    """The message events the token waits for."""
    at = run.graph.nodes[run.tokens[token].node]
    near = [at.id, *at.boundary, *(run.graph.targets(at) if at.kind == "events" else [])]
    nodes = [run.graph.nodes[key] for key in near]
    return [n for n in nodes if n.message and not run.tokens[token].joining]


def finish_service(instance_id: UUID, token: UUID, variables: Mapping[str, Any]) -> bool:
    """An automatic step has done its work. False if the token has moved meanwhile."""
    turn = _Turn.of(store.lock_instance(instance_id), variables)
    if token not in turn.run.tokens or turn.run.graph.nodes[turn.run.tokens[token].node].kind != "service":
        return False
    turn.run.complete(token)
    turn.write()
    return True
