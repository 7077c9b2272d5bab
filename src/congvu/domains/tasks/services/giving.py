"""Giving tasks, changing what nobody has begun, handing on inside a unit, giving again what came back."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.domains.tasks import policies
from congvu.domains.tasks.events import TaskGiven
from congvu.domains.tasks.models import RUNNING, Entry, State, Support, Task
from congvu.domains.tasks.services import checking, steps
from congvu.domains.tasks.services.checking import Seat
from congvu.domains.tasks.types import Amendment, Holder, TaskOrder
from congvu.engines.workflow import services as workflow
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.records.services import Record


def require_give(actor: Actor, order: TaskOrder) -> None:
    """Whether the actor may give this task, for journeys that give it in an act of their own. Raises Forbidden."""
    policies.may_give(actor, order)


@act("task.give", policy=policies.may_give, label="Giao nhiệm vụ")
def give(actor: Actor, order: TaskOrder, *, key: str = "") -> UUID:
    """Give a task to exactly one unit and post. With ``key`` a repeated request gives one task.

    Raises Invalid naming each field, Forbidden, NotFound for a source the actor may not read, KeyReused.
    """
    before = records.recall(actor, key, asdict(order)) if key else None
    if before is not None:
        note(repeat_of=before["record"])
        return UUID(before["record"])
    record = steps.give_task(actor, order)
    note(record=record, owner_unit=order.owner.unit, source=str(order.source or ""))
    if key:
        records.remember(actor, key, {"record": str(record)})
    return record


@act("task.amend", policy=policies.may_decide, label="Sửa nhiệm vụ đã giao")
def amend(actor: Actor, task_id: UUID, change: Amendment, *, version: int | None = None) -> None:
    """Correct a task nobody has begun; afterwards there are only extension, return and cancellation.

    Raises Invalid, WrongState, Conflict when the page is stale.
    """
    record, task = steps.load(task_id, version=version)
    steps.require_state(record, State.GIVEN)
    checking.check(change, parent=task.parent)
    task.output, task.content, task.task_code = clean(change.output), clean(change.content), clean(change.task_code)
    steps.set_term(task, record, change.due)
    task.save(update_fields=["output", "content", "task_code", "due_at", "no_term", "notice_at", "notice_level"])
    records.change(record, title=clean(change.title)[:500], search=f"{task.task_code} {task.owner_name}")
    workflow.retitle(record.id, code=record.code, title=record.title)
    steps.say(task, actor, Entry.Kind.AMENDED)
    note(record=record.id, title=record.title, due=change.due.isoformat() if change.due else "")


@act("task.hand_on", policy=policies.may_hand_on, label="Phân công thực hiện nhiệm vụ")
def hand_on(actor: Actor, task_id: UUID, *, to: Holder, text: str = "") -> None:
    """The unit's leader hands the task to a post of the unit; the unit stays answerable, the history stays.

    Raises Invalid for a post outside the unit, WrongState once it is finished.
    """
    record, task = steps.load(task_id)
    steps.require_state(record, *RUNNING)
    if to.unit not in orgs.subtree(task.owner_unit_id):
        message = _("Chỉ phân công được trong đơn vị chủ trì.")
        raise Invalid(message, problems=(Problem("to", message, "outside"),))
    place = checking.seat(to, "to")
    _change_owner(task, record, place)
    steps.say(task, actor, Entry.Kind.HANDED_ON, text=" ".join(part for part in (place.name, clean(text)) if part))
    publish(TaskGiven(record=record.id, source=task.source_id))
    note(record=record.id, position=place.position)


@act("task.give_again", policy=policies.may_decide, label="Giao lại nhiệm vụ")
def give_again(actor: Actor, task_id: UUID, *, to: Holder, text: str = "") -> None:
    """A task that came back goes to the same or another holder. Raises Invalid, WrongState, Forbidden out of reach."""
    record, task = steps.load(task_id)
    steps.require_state(record, State.RETURNED)
    if to.unit not in actor.unit_ids:
        message = _("Chỉ giao được nhiệm vụ cho đơn vị thuộc quyền quản lý của mình.")
        raise Invalid(message, problems=(Problem("to", message, "reach"),))
    place = checking.seat(to, "to")
    steps.done_with(task, actor, steps.AGAIN)
    _change_owner(task, record, place, state=State.GIVEN)
    steps.say(task, actor, Entry.Kind.GIVEN_AGAIN, text=clean(text))
    publish(TaskGiven(record=record.id, source=task.source_id))
    note(record=record.id, position=place.position)


def _change_owner(task: Task, record: Record, place: Seat, *, state: str = "") -> None:
    """Another post owns the task; nobody keeps two parts in it."""
    if Support.objects.filter(task=task, position=place.position).exists():
        message = _("Vị trí này đang phối hợp hoặc theo dõi nhiệm vụ; hãy chọn vị trí khác.")
        raise Invalid(message, problems=(Problem("to", message, "twice"),))
    steps.withdraw(task, steps.DO)
    task.owner_unit_id, task.owner_position_id, task.owner_name = place.unit, place.position, place.name
    task.notice_at, task.notice_level = steps.first_notice(orgs.tree(), place.unit, task.due_at), 0
    task.save(update_fields=["owner_unit", "owner_position", "owner_name", "notice_at", "notice_level"])
    records.change(
        record, state=state or record.state, unit_id=place.unit,
        add_readers=[f"u:{place.unit}", f"p:{place.position}"],
    )  # fmt: skip
    steps.open_owner_item(task, place)
