"""The assigner's word: it is what was asked for, it has to be done again, it failed, or it is not needed any more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.text import clean
from congvu.common.zones import iso
from congvu.domains.tasks import policies
from congvu.domains.tasks.events import TaskRedo
from congvu.domains.tasks.models import Entry, State, Task
from congvu.domains.tasks.services import checking, steps
from congvu.domains.tasks.services.checking import Seat
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.records.services import Record


@act("task.accept", policy=policies.may_decide, label="Đánh giá nhiệm vụ đạt")
def accept(actor: Actor, task_id: UUID, *, comment: str = "", version: int | None = None) -> None:
    """The result is what was asked for; the task is done, in time or late by the day it was reported finished.

    Raises WrongState, Conflict when the page is stale.
    """
    record, task = steps.load(task_id, version=version)
    steps.require_state(record, State.JUDGING)
    steps.done_with(task, actor, steps.JUDGE)
    steps.say(task, actor, Entry.Kind.ACCEPTED, text=clean(comment))
    steps.end(task, record, State.DONE)
    late = task.due_at is not None and task.finished_at is not None and task.finished_at > task.due_at
    note(record=record.id, late=late)


@act("task.reject", policy=policies.may_decide, label="Đánh giá nhiệm vụ không đạt")
def reject(
    actor: Actor, task_id: UUID, *, reason: str, redo: bool, due: datetime | None = None, version: int | None = None
) -> None:
    """Not what was asked for: to be done again, if wished with a later term, or failed for good.

    Raises Invalid without a reason, WrongState, Conflict when the page is stale.
    """
    said = checking.words(reason, _("Ghi chỗ chưa đạt."), "reason")
    record, task = steps.load(task_id, version=version)
    steps.require_state(record, State.JUDGING)
    steps.done_with(task, actor, steps.JUDGE)
    steps.say(task, actor, Entry.Kind.REDO if redo else Entry.Kind.FAILED, text=said)
    if redo:
        _again(task, record, due)
        publish(TaskRedo(record=record.id))
    else:
        steps.end(task, record, State.FAILED)
    note(record=record.id, redo=redo, reason=said, due=iso(due) if due else "")


def _again(task: Task, record: Record, due: datetime | None) -> None:
    """Back to the owner, as far as the last progress said."""
    last = Entry.objects.filter(task=task, kind=Entry.Kind.PROGRESS).order_by("-at", "-id").first()
    task.finished_at, task.percent = None, (last.percent or 0) if last else 0
    if due is not None and task.due_at is not None:
        steps.set_term(task, record, checking.later(due, task.due_at, "due"))
    else:
        task.notice_at = steps.first_notice(orgs.tree(), task.owner_unit_id, task.due_at)
    task.save(update_fields=["finished_at", "percent", "due_at", "no_term", "notice_at", "notice_level"])
    records.change(record, state=State.DOING)
    steps.open_owner_item(task, Seat(task.owner_unit_id, task.owner_position_id, "", task.owner_name))


@act("task.cancel", policy=policies.may_decide, label="Hủy nhiệm vụ")
def cancel(actor: Actor, task_id: UUID, *, reason: str) -> None:
    """The task is not needed any more, nor those under it; the reason stays. Raises Invalid, WrongState."""
    said = checking.words(reason, _("Ghi lý do hủy nhiệm vụ."), "reason")
    steps.cancel_task(actor, task_id, reason=said)
    note(record=task_id, reason=said)
