"""Work items by themselves: opening one without a process, handing over, putting off. Steps of acts, not acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.common.ids import uuid7
from congvu.engines.workflow import store
from congvu.engines.workflow.events import WorkItemOpened
from congvu.engines.workflow.models import Instance, WorkItem
from congvu.engines.workflow.services.run import locked_item
from congvu.engines.workflow.types import Assignee
from congvu.ground.events.services import publish
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.services import lock

LONGEST_SNOOZE = timedelta(days=60)


def open_item(
    record_id: UUID, *, kind: str, name: str, holders: Sequence[str], unit_id: int, step_kind: str = "other",
    outcomes: Sequence[str] = ("next",), due_at: datetime | None = None, assign: Assignee | None = None,
    code: str = "",
) -> UUID:  # fmt: skip
    """Something that waits for somebody without a process: a direction, a signature, a task.

    ``holders`` are holder keys; ``due_at`` and ``code`` default to the record's. Raises Invalid without a holder.
    """
    if not holders and assign is None:
        message = _("Phải có người hoặc vai trò nhận việc.")
        raise Invalid(message, problems=(Problem("holders", message, "required"),))
    record = lock(record_id)
    row: dict[str, Any] = {
        "id": uuid7(), "record": record.id, "record_kind": record.kind, "instance": None, "token": None, "node": "",
        "kind": kind, "step_kind": step_kind, "name": name[:200], "public_name": "", "holders": list(holders),
        "assignee": assign.position_id if assign else None, "assignee_name": assign.name if assign else "",
        "unit": unit_id, "code": code or record.code, "title": record.title, "outcomes": list(outcomes),
        "due_at": due_at or record.due_at, "step_due_at": None, "planned_hours": None, "created_at": timezone.now(),
    }  # fmt: skip
    store.open_items([row])
    publish(WorkItemOpened(row["id"], record.id))
    return UUID(str(row["id"]))


def assign(item_id: UUID, *, position_id: int) -> None:
    """Hand an open item to a position that could hold it; it leaves every other inbox.

    The item shows who acts in the position today, or its title. Raises AlreadyDone, and Invalid for a position the
    step is not addressed to.
    """
    item = locked_item(item_id)
    post = orgs.position(position_id)
    keys = {f"p:{post.id}", *(f"r:{role}@{post.unit_id}" for role in post.roles)}
    if keys.isdisjoint(item.holders):
        message = _("Vị trí “%(post)s” không làm được bước “%(step)s”.") % {"post": post.title, "step": item.name}
        raise Invalid(message, problems=(Problem("position", message, "not_a_holder"),))
    people = orgs.holders_of(position_id)
    name = people[0].name if people else post.title
    _change(item_id, assignee_id=position_id, assignee_name=name, seen_at=None, snoozed_until=None)


def claim(item_id: UUID, *, actor: Actor) -> None:
    """Take an open item that waits for one's role. Raises Conflict when somebody else took it first."""
    item = locked_item(item_id)
    if item.assignee_id not in (None, actor.position_id):
        raise Conflict(_("Việc này đã được %(who)s nhận.") % {"who": item.assignee_name}, code="taken")
    _change(item_id, assignee_id=actor.position_id, assignee_name=actor.name)


def release(item_id: UUID) -> None:
    """Give an open item back to all who hold its role."""
    _change(item_id, assignee_id=None, assignee_name="")


def snooze(item_id: UUID, until: datetime | None) -> None:
    """Hide an open item from the inbox until a moment, at most 60 days ahead; None shows it again. Due times stay."""
    now = timezone.now()
    if until is not None and not now < until <= now + LONGEST_SNOOZE:
        message = _("Chọn thời điểm nhắc lại trong vòng 60 ngày tới.")
        raise Invalid(message, problems=(Problem("until", message, "range"),))
    _change(item_id, snoozed_until=until)


def mark_seen(item_id: UUID) -> None:
    """The holder opened it for the first time."""
    WorkItem.objects.filter(id=item_id, seen_at=None).update(seen_at=timezone.now())


def cancel_item(item_id: UUID) -> None:
    """An item that no longer has to be done. Raises AlreadyDone."""
    locked_item(item_id)
    store.cancel_items("id = %s", [item_id], timezone.now())


def set_due(record_id: UUID, due_at: datetime | None) -> None:
    """The record's due time changed: its running processes and open items follow."""
    store.set_due(record_id, due_at)


def set_item_due(item_id: UUID, due_at: datetime | None) -> None:
    """One open item has a term of its own. Raises NotFound, AlreadyDone."""
    _change(item_id, due_at=due_at)


def retitle(record_id: UUID, *, code: str, title: str, ended: bool = False) -> None:
    """The record got its code, or another title: its processes and open items show it.

    With ``ended`` those that are over show it too: the old title was destroyed with its record.
    """
    _follow(record_id, code=code, title=title)
    if ended:
        Instance.objects.filter(record=record_id).update(code=code, title=title)
        WorkItem.objects.filter(record=record_id).update(code=code, title=title)


def _follow(record_id: UUID, **values: Any) -> None:
    Instance.objects.filter(record=record_id, state=Instance.State.RUNNING).update(**values)
    WorkItem.objects.filter(record=record_id, state=WorkItem.State.OPEN).update(**values)


def _change(item_id: UUID, **values: Any) -> None:
    locked_item(item_id)
    WorkItem.objects.filter(id=item_id).update(**values)
    store.reseat([item_id])
