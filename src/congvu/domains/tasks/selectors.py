"""Reading tasks: every function takes the actor and goes through ``records.visible_to``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from congvu.common.actor import Actor, ActorKind
from congvu.common.cursors import read_cursor, write_cursor
from congvu.common.text import clean, fold
from congvu.domains.tasks import policies, reading
from congvu.domains.tasks.boards import by_leader, by_source, by_unit
from congvu.domains.tasks.models import ENDED, FAR, RUNNING, TERM, Extension, State, Support, Task
from congvu.domains.tasks.standing import closing
from congvu.domains.tasks.types import Page, SourceView, TaskRow, TaskView
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import visible_ids, visible_to

__all__ = [
    "Query", "abilities", "by_leader", "by_source", "by_unit", "closing", "counts", "higher_codes", "may_give",
    "of_source", "source_of", "task", "tasks",
]  # fmt: skip

PAGE = 30
PARTS = ("mine", "given", "support", "")


@dataclass(frozen=True, slots=True)
class Query:
    """Filters of a list. ``part`` is ``mine``, ``given``, ``support`` or "" for all the actor may read.

    ``ended`` shows what is over instead of what is open. ``leader`` is the post that gave the task.
    """

    part: str = ""
    ended: bool = False
    late: bool = False
    text: str = ""
    source: UUID | None = None
    unit: int | None = None
    leader: int | None = None


def tasks(actor: Actor, query: Query = Query(), *, after: str = "", limit: int = PAGE) -> Page:
    """Open ones by term, those without one last; ended ones newest first. Two statements however long the table."""
    rows = reading.listed(_filtered(actor, query))
    rows = _ended(rows, after) if query.ended else _open(rows, after)
    found = list(rows[: limit + 1])
    shown, tree, now = found[:limit], orgs.tree(), timezone.now()
    more = _cursor_of(shown[-1], query.ended) if len(found) > limit else ""
    return Page(tuple(reading.row_of(row, tree, now) for row in shown), more)


def _open(rows: QuerySet[Task], after: str) -> QuerySet[Task]:
    rows = rows.annotate(term=TERM)
    if after:
        at, last = read_cursor(after)
        rows = rows.filter(term__gte=at).filter(Q(term__gt=at) | Q(record_id__gt=last))
    return rows.order_by("term", "record_id")


def _ended(rows: QuerySet[Task], after: str) -> QuerySet[Task]:
    if after:
        at, last = read_cursor(after)
        rows = rows.filter(ended_at__lte=at).filter(Q(ended_at__lt=at) | Q(record_id__lt=last))
    return rows.order_by("-ended_at", "-record_id")


def _cursor_of(row: Task, ended: bool) -> str:
    at = row.ended_at if ended else row.due_at
    return write_cursor(at or FAR, row.record_id)


def _filtered(actor: Actor, query: Query) -> QuerySet[Task]:
    records = visible_to(actor).filter(kind=policies.KIND)
    if query.text:
        records = records.filter(folded__contains=fold(clean(query.text)))
    rows = Task.objects.filter(record__in=records, ended_at__isnull=not query.ended)
    rows = _of_part(rows, actor, query.part)
    if query.late:
        rows = rows.filter(record__state__in=RUNNING, due_at__lt=timezone.now())
    if query.source:
        rows = rows.filter(source=query.source)
    if query.unit:
        rows = rows.filter(owner_unit=query.unit)
    if query.leader:
        rows = rows.filter(assigner_position=query.leader)
    return rows


def _of_part(rows: QuerySet[Task], actor: Actor, part: str) -> QuerySet[Task]:
    """Only those in which the acting post has this part."""
    post = actor.position_id or 0
    if part == "mine":
        return rows.filter(owner_position=post)
    if part == "given":
        return rows.filter(assigner_position=post)
    if part == "support":
        return rows.filter(record_id__in=Support.objects.filter(position=post).values("task_id"))
    return rows


def counts(actor: Actor) -> dict[str, int]:
    """Open tasks by the part of the acting post, and the late ones among its own. One statement."""
    post = actor.position_id or 0
    mine, given = Q(owner_position=post), Q(assigner_position=post)
    support = Q(record_id__in=Support.objects.filter(position=post).values("task_id"))
    readable = visible_to(actor).filter(kind=policies.KIND).values("id")
    rows = Task.objects.filter(mine | given | support, ended_at=None, record__in=readable)
    late = mine & Q(record__state__in=RUNNING, due_at__lt=timezone.now())
    one = {"output_field": IntegerField()}
    marked = rows.annotate(helps=Case(When(support, then=Value(1)), default=Value(0), **one))
    return marked.aggregate(
        mine=Count("pk", filter=mine), given=Count("pk", filter=given), support=Count("pk", filter=Q(helps=1)),
        late=Count("pk", filter=late),
    )  # fmt: skip


def of_source(actor: Actor, source: UUID) -> tuple[TaskRow, ...]:
    """The tasks that came from one record, in the order they were given. Two statements."""
    rows = reading.listed(Task.objects.filter(source=source, record__in=visible_ids(actor)))
    tree, now = orgs.tree(), timezone.now()
    return tuple(reading.row_of(row, tree, now) for row in rows.order_by("given_at", "record__code"))


def higher_codes(sources: Iterable[UUID]) -> tuple[str, ...]:
    """Codes of a higher level's tasks on the tasks that came from these records, for journeys. One statement."""
    rows = Task.objects.filter(source__in=list(sources)).exclude(task_code="").order_by("given_at")
    return tuple(dict.fromkeys(rows.values_list("task_code", flat=True)))


def source_of(task_id: UUID) -> UUID | None:
    """The record a task came from, for journeys."""
    return Task.objects.filter(record_id=task_id).values_list("source_id", flat=True).first()


def task(actor: Actor, task_id: UUID) -> TaskView:
    """One task whole. Raises NotFound, whether missing or hidden."""
    policies.visible_task(actor, task_id)
    related = ("record", "owner_position", "assigner_position")
    row = reading.listed(Task.objects.filter(record_id=task_id)).select_related(*related).get()
    tree, now = orgs.tree(), timezone.now()
    line = reading.row_of(row, tree, now)
    asked = reading.extensions_of(Extension.objects.filter(task=row).order_by("-asked_at", "-id"))
    supports = reading.supports_of(row, tree)
    links = _links(actor, row)
    family = _family(actor, row, tree, now)
    return TaskView(
        id=line.id, version=row.record.version, code=line.code, title=line.title, state=line.state,
        standing=line.standing, content=row.content, output=row.output, task_code=row.task_code,
        assigner=reading.assigner_of(row, tree), owner=reading.owner_of(row, tree), supports=supports,
        due_at=row.due_at, calendar=tree.calendar_of(row.owner_unit_id) if tree.get(row.owner_unit_id) else "vn",
        percent=row.percent, given_at=row.given_at, started_at=row.started_at, finished_at=row.finished_at,
        ended_at=row.ended_at, has_source=row.source_id is not None, source=links.get(row.source_id),
        result=links.get(row.result_id), parent=next((r for r in family if r.id == row.parent_id), None),
        children=tuple(r for r in family if r.id != row.parent_id), entries=reading.entries_of(row), extensions=asked,
        abilities=abilities(actor, row, asking=line.asking),
    )  # fmt: skip


def _links(actor: Actor, row: Task) -> dict[UUID | None, SourceView]:
    """Source and result, as far as the actor may read them. One statement, none without either."""
    ids = [key for key in (row.source_id, row.result_id) if key is not None]
    if not ids:
        return {}
    found = visible_to(actor).filter(id__in=ids).values_list("id", "kind", "code", "title", "state")
    return {row[0]: SourceView(*row) for row in found}


def _family(actor: Actor, row: Task, tree: orgs.UnitTree, now: datetime) -> list[TaskRow]:
    """The task above and those below, as far as the actor may read them. One statement."""
    near = Task.objects.filter(Q(parent=row) | Q(record_id=row.parent_id), record__in=visible_ids(actor))
    return [reading.row_of(found, tree, now) for found in reading.listed(near).order_by("given_at", "record_id")]


def may_give(actor: Actor) -> bool:
    """Whether the post gives tasks at all."""
    return policies.leads(actor)


# What each state leaves open to the owner, and to who gave the task.
_OWNER: dict[str, frozenset[str]] = {
    State.GIVEN: frozenset({"start", "report", "finish", "ask_extension", "return"}),
    State.DOING: frozenset({"report", "finish", "ask_extension"}),
}
_ASSIGNER: dict[str, frozenset[str]] = {
    State.GIVEN: frozenset({"amend", "cancel"}),
    State.DOING: frozenset({"cancel"}),
    State.RETURNED: frozenset({"give_again", "cancel"}),
    State.JUDGING: frozenset({"accept", "reject", "cancel"}),
}


def abilities(actor: Actor, row: Task, *, asking: bool) -> frozenset[str]:
    """The acts on the task open to the actor now; the policies say the same when the act is called."""
    state = row.record.state
    if actor.kind is not ActorKind.STAFF or state in ENDED:
        return frozenset()
    owns, gave = policies.owns(actor, row), policies.assigned(actor, row)
    able = set(_OWNER.get(state, ())) if owns else set()
    if asking or row.due_at is None:
        able.discard("ask_extension")
    if gave:
        able |= _ASSIGNER.get(state, frozenset())
        able |= {"answer_extension"} if asking and state in RUNNING else set()
    if state in RUNNING and policies.hands_on(actor, row):
        able.add("hand_on")
    part = Support.objects.filter(task=row, position=actor.position_id).values_list("part", flat=True).first()
    if part == Support.Part.SUPPORT and state in RUNNING:
        able.add("contribute")
    if owns or gave or part or policies.leads(actor):
        able.add("comment")
    if (owns or gave) and state in RUNNING and policies.leads(actor):
        able.add("split")
    return frozenset(able)
