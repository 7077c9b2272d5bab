"""Steps that acts of this room and journeys share. They run inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.tasks import figures
from congvu.domains.tasks.errors import WrongState
from congvu.domains.tasks.events import TaskDone, TaskFinished, TaskGiven
from congvu.domains.tasks.models import ENDED, RUNNING, Entry, State, Support, Task
from congvu.domains.tasks.services import checking
from congvu.domains.tasks.services.checking import Seat
from congvu.domains.tasks.types import TaskOrder
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.engines.workflow.types import Assignee
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.numbering import services as numbering
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.records import services as records
from congvu.ground.records.services import Record
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as calendars

# Kinds of work items, and what the inbox calls them.
DO, SUPPORT, JUDGE, EXTEND, AGAIN = "do", "support", "judge", "extend", "again"
MOMENT = timedelta(seconds=1)


def give_task(actor: Actor, order: TaskOrder) -> UUID:
    """Open a task for its owner: record, parts, work items, number. Returns the record's id.

    Journeys call it inside their own act, which answers for the right to give. Raises Invalid.
    """
    if actor.position_id is None or actor.unit_id is None:
        raise Forbidden(_("Tài khoản chưa được phân công vào vị trí nào."))
    parent = Task.objects.filter(record_id=order.parent).first() if order.parent else None
    checking.check(order, parent=parent)
    owner, supporters, watchers = checking.seats(order)
    now = timezone.now()
    tree = orgs.tree(local_date(now))
    record = _open_record(actor, order, owner, (*supporters, *watchers), now)
    task = Task.objects.create(
        record=record, parent=parent, source_id=order.source, task_code=clean(order.task_code),
        content=clean(order.content), output=clean(order.output), assigner_unit_id=actor.unit_id,
        assigner_position_id=actor.position_id, assigner_name=actor.name, owner_unit_id=owner.unit,
        owner_position_id=owner.position, owner_name=owner.name, due_at=order.due, no_term=order.no_term, given_at=now,
        notice_at=first_notice(tree, owner.unit, order.due),
    )  # fmt: skip
    parts = [(Support.Part.SUPPORT, place) for place in supporters]
    parts += [(Support.Part.WATCH, place) for place in watchers]
    Support.objects.bulk_create(
        Support(task=task, part=part, unit_id=place.unit, position_id=place.position, name=place.name, due_at=place.due)
        for part, place in parts
    )
    say(task, actor, Entry.Kind.GIVEN, text=clean(order.content))
    agency = tree.agency_of(actor.unit_id)
    serial = numbering.take("task", agency.id, str(local_date(now).year), record=record.id)
    records.change(record, code=f"{agency.code or agency.id}/NV{local_date(now):%y}-{serial:04d}", due_at=order.due)
    _open_items(task, owner, supporters)
    publish(TaskGiven(record=record.id, source=order.source))
    return record.id


def _open_record(actor: Actor, order: TaskOrder, owner: Seat, others: Iterable[Seat], now: datetime) -> Record:
    places = [(owner.unit, owner.position), (actor.unit_id, actor.position_id)]
    places += [(place.unit, place.position) for place in others]
    return records.open_record(
        kind="task", title=clean(order.title), unit=owner.unit, state=State.GIVEN, opened_at=now,
        readers=[key for unit, post in places for key in (f"u:{unit}", f"p:{post}")],
        search=f"{clean(order.task_code)} {owner.name}",
    )  # fmt: skip


def _open_items(task: Task, owner: Seat, supporters: Iterable[Seat]) -> None:
    open_owner_item(task, owner)
    for place in supporters:
        workflow.open_item(
            task.record_id, kind="task", step_kind=SUPPORT, name="Phối hợp thực hiện nhiệm vụ", unit_id=place.unit,
            holders=[f"p:{place.position}"], assign=Assignee(place.position, place.name), due_at=place.due,
        )  # fmt: skip


def open_owner_item(task: Task, owner: Seat) -> None:
    """What waits for the owner: the task itself."""
    workflow.open_item(
        task.record_id, kind="task", step_kind=DO, name="Thực hiện nhiệm vụ", unit_id=owner.unit,
        holders=[f"p:{owner.position}"], assign=Assignee(owner.position, owner.name),
    )  # fmt: skip


def open_assigner_item(task: Task, step_kind: str, name: str) -> None:
    """What waits for the assigner, with a term of its own."""
    workflow.open_item(
        task.record_id, kind="task", step_kind=step_kind, name=name, unit_id=task.assigner_unit_id,
        holders=[f"p:{task.assigner_position_id}"], due_at=_answer_by(task),
        assign=Assignee(task.assigner_position_id, task.assigner_name),
    )  # fmt: skip


def _answer_by(task: Task) -> datetime:
    now = timezone.now()
    calendar = calendars.calendar(orgs.calendar_of(task.assigner_unit_id))
    return rules.days_after(now, figures.judge_within(local_date(now)), calendar)


def first_notice(tree: UnitTree, unit: int, due: datetime | None) -> datetime | None:
    """When the owner is reminded first: some days before the term, or when a shorter one is over. None without one."""
    if due is None:
        return None
    now, calendar = timezone.now(), calendars.calendar(tree.calendar_of(unit))
    early = rules.days_before(due, figures.remind_before(local_date(now)), calendar)
    return early if early > now else due + MOMENT


def load(task_id: UUID, *, version: int | None = None) -> tuple[Record, Task]:
    """Record and task, both locked by the record. Raises NotFound, Conflict when the page is stale."""
    record = records.lock(task_id, version=version)
    task = Task.objects.get(record_id=task_id)
    task.record = record
    return record, task


def require_state(record: Record, *states: str) -> None:
    """Raise WrongState unless the task stands in one of these."""
    if record.state not in states:
        raise WrongState(_("Nhiệm vụ đang ở trạng thái “%(state)s” nên không làm được việc này.")
                         % {"state": State(record.state).label})  # fmt: skip


def say(
    task: Task, actor: Actor, kind: str, *, text: str = "", percent: int | None = None, attached: Iterable[UUID] = ()
) -> Entry:
    """One more line of the thread; the files are hung on the record for all who read it."""
    ids = list(dict.fromkeys(attached))
    for file in ids:
        files.attach(actor, file, record=task.record_id, purpose="internal")
    return Entry.objects.create(
        task=task, kind=kind, text=text, percent=percent, files=ids, at=timezone.now(), by=actor.name,
        post=actor.position_title, on_behalf_of=actor.on_behalf_of,
    )  # fmt: skip


def done_with(task: Task, actor: Actor, step_kind: str, *, position: int | None = None) -> None:
    """The actor's waiting items of this kind are done; nothing happens where none waits."""
    for item in work.open_items(task.record_id):
        if item.step_kind == step_kind and position in (None, item.assignee_id):
            workflow.complete(item.id, actor=actor)


def withdraw(task: Task, *step_kinds: str) -> None:
    """Waiting items of these kinds no longer have to be done."""
    for item in work.open_items(task.record_id):
        if item.step_kind in step_kinds:
            workflow.cancel_item(item.id)


def set_term(task: Task, record: Record, due: datetime | None) -> None:
    """Another term: record, inboxes and reminders follow; a supporter's own term stays. The caller saves the task."""
    task.due_at, task.no_term, task.notice_level = due, due is None, 0
    task.notice_at = first_notice(orgs.tree(), task.owner_unit_id, due)
    records.change(record, due_at=due)
    workflow.set_due(record.id, due)
    own = dict(Support.objects.filter(task=task, due_at__isnull=False).values_list("position_id", "due_at"))
    for item in work.open_items(record.id) if own else ():
        if item.step_kind == SUPPORT and item.assignee_id in own:
            workflow.set_item_due(item.id, own[item.assignee_id])


def finish_task(
    actor: Actor, task_id: UUID, *, text: str, attached: Iterable[UUID] = (), result: UUID | None = None
) -> None:
    """The owner's work is finished and waits to be judged. A step: a journey calls it when the reply was issued.

    Raises WrongState, also while tasks under this one are open.
    """
    record, task = load(task_id)
    require_state(record, *RUNNING)
    waiting = Task.objects.filter(parent=task, ended_at=None).count()
    if waiting:
        raise WrongState(_("Còn %(count)s việc nhỏ chưa kết thúc.") % {"count": waiting}, code="open_children")
    now = timezone.now()
    task.started_at, task.finished_at = task.started_at or now, now
    task.percent, task.result_id, task.notice_at = 100, result or task.result_id, None
    task.save(update_fields=["started_at", "finished_at", "percent", "result", "notice_at"])
    say(task, actor, Entry.Kind.FINISHED, text=clean(text), percent=100, attached=attached)
    done_with(task, actor, DO)
    records.change(record, state=State.JUDGING)
    open_assigner_item(task, JUDGE, "Đánh giá kết quả nhiệm vụ")
    publish(TaskFinished(record=record.id))


def end(task: Task, record: Record, state: State) -> None:
    """Nothing waits any more. The task ends in this state, and whoever waits for it is told."""
    now = timezone.now()
    task.ended_at, task.notice_at = now, None
    task.save(update_fields=["ended_at", "notice_at", "finished_at", "percent"])
    workflow.cancel_for(record.id, reason=state)
    records.change(record, state=state, closed_at=now)
    publish(TaskDone(record=record.id, source=task.source_id, outcome=state))


def cancel_task(actor: Actor, task_id: UUID, *, reason: str) -> None:
    """Cancel a task and all under it that are open. A step, for journeys too. Raises WrongState."""
    record, task = load(task_id)
    if record.state in ENDED:
        raise WrongState(_("Nhiệm vụ này đã kết thúc."))
    for child in Task.objects.filter(parent=task, ended_at=None).order_by("given_at"):
        cancel_task(actor, child.record_id, reason=reason)
    say(task, actor, Entry.Kind.CANCELLED, text=reason)
    end(task, record, State.CANCELLED)
