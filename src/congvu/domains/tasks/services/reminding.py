"""Reminders and escalation by working time: each is one act of the system, told after its commit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from congvu.common.actor import Actor
from congvu.common.zones import local_date
from congvu.domains.tasks import figures, policies
from congvu.domains.tasks.events import TaskNotice
from congvu.domains.tasks.models import RUNNING, Task
from congvu.domains.tasks.services import steps
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as calendars

SOON, LATE, LONG_LATE = 1, 2, 3


@act("task.remind", policy=policies.only_system, label="Nhắc hạn nhiệm vụ")
def remind(_actor: Actor, task_id: UUID) -> int:
    """Tell that the term draws near (1), is over (2), or has been over for long (3); then set the next reminder.

    A stage whose moment has passed too is skipped: only the gravest is told. 0 if there is nothing to tell any more.
    """
    record, task = steps.load(task_id)
    now = timezone.now()
    if record.state not in RUNNING or task.due_at is None or task.notice_at is None or task.notice_at > now:
        return 0
    level, after = _stage(task, task.due_at, now)
    task.notice_level, task.notice_at = level, after
    task.save(update_fields=["notice_level", "notice_at"])
    publish(TaskNotice(record=record.id, level=level))
    note(record=record.id, level=level)
    return level


def _stage(task: Task, due: datetime, now: datetime) -> tuple[int, datetime | None]:
    """What to tell at this moment, and when to tell more."""
    calendar = calendars.calendar(orgs.calendar_of(task.owner_unit_id))
    long_late = rules.days_after(due, figures.escalate_after(local_date(now)), calendar)
    if now > long_late:
        return LONG_LATE, None
    if now > due:
        return LATE, long_late + steps.MOMENT
    return SOON, due + steps.MOMENT


def waiting(limit: int = 500) -> list[UUID]:
    """Tasks whose next reminder is due, the oldest first."""
    rows = Task.objects.filter(notice_at__lte=timezone.now()).order_by("notice_at", "record_id")
    return list(rows.values_list("record_id", flat=True)[:limit])
