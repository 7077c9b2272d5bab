"""What happens to a task is told to the posts it concerns, after the commit of what happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings

from congvu.common.actor import SYSTEM
from congvu.domains.tasks import selectors as tasks
from congvu.domains.tasks.events import (
    ExtensionAnswered,
    ExtensionAsked,
    TaskDone,
    TaskFinished,
    TaskGiven,
    TaskNotice,
    TaskRedo,
    TaskReturned,
    TaskSaid,
)
from congvu.domains.tasks.types import TaskView
from congvu.ground.events.services import consumes
from congvu.ground.notifications import services as notifications
from congvu.ground.orgs import selectors as orgs

SOON, LATE, LONG_LATE = 1, 2, 3
NOTICES = {SOON: "task_soon", LATE: "task_late", LONG_LATE: "task_long_late"}
LEADERS = ("head", "chair", "center_head")


def _view(record: UUID) -> TaskView:
    return tasks.task(SYSTEM, record)


def _tell(view: TaskView, posts: Iterable[int], kind: str, *, key: str = "", **more: Any) -> None:
    context = {
        "code": view.code, "title": view.title, "due": view.due_at or "không thời hạn", "by": view.assigner.name,
        "owner": f"{view.owner.name}, {view.owner.unit}", "reason": _last_words(view),
        "link": f"{settings.BASE_URL}/lam-viec/nhiem-vu/{view.id}/",
    } | more  # fmt: skip
    for post in dict.fromkeys(posts):
        told = key or f"{kind}:{view.id}:{len(view.entries)}"
        notifications.notify(position=post, kind=kind, context=context, record=view.id, key=told)


def _last_words(view: TaskView) -> str:
    return view.entries[0].text if view.entries else ""


def _supporters(view: TaskView) -> list[int]:
    return [part.position_id for part in view.supports if part.part == "support"]


@consumes(TaskGiven)
def tell_given(event: TaskGiven) -> None:
    view = _view(event.record)
    _tell(view, [view.owner.position_id], "task_given")
    _tell(view, _supporters(view), "task_support", key=f"task_support:{view.id}:{view.due_at}")


@consumes(TaskReturned)
def tell_returned(event: TaskReturned) -> None:
    view = _view(event.record)
    _tell(view, [view.assigner.position_id], "task_returned")


@consumes(TaskFinished)
def tell_finished(event: TaskFinished) -> None:
    view = _view(event.record)
    _tell(view, [view.assigner.position_id], "task_finished")


@consumes(TaskRedo)
def tell_redo(event: TaskRedo) -> None:
    view = _view(event.record)
    _tell(view, [view.owner.position_id], "task_redo")


@consumes(TaskDone)
def tell_done(event: TaskDone) -> None:
    """Accepted, failed or cancelled: owner and supporters learn it."""
    view = _view(event.record)
    kind = {"done": "task_accepted", "failed": "task_failed"}.get(event.outcome, "task_cancelled")
    _tell(view, [view.owner.position_id, *_supporters(view)], kind)


@consumes(ExtensionAsked)
def tell_asked(event: ExtensionAsked) -> None:
    view = _view(event.record)
    asked = next(row for row in view.extensions if row.id == event.extension)
    _tell(view, [view.assigner.position_id], "task_extension_asked", reason=asked.reason, due=asked.wanted)


@consumes(ExtensionAnswered)
def tell_answered(event: ExtensionAnswered) -> None:
    view = _view(event.record)
    asked = next(row for row in view.extensions if row.id == event.extension)
    kind = "task_extension_granted" if asked.granted else "task_extension_denied"
    _tell(view, [view.owner.position_id], kind, reason=asked.answer, due=asked.new_due or asked.old_due)


@consumes(TaskSaid)
def tell_said(event: TaskSaid) -> None:
    """A line in the thread goes to owner and assigner. What the words are stands on the page, not in the message."""
    view = _view(event.record)
    posts = [view.owner.position_id, view.assigner.position_id]
    _tell(view, posts, "task_said", key=f"task_said:{event.entry}")


@consumes(TaskNotice)
def tell_notice(event: TaskNotice) -> None:
    """Soon: the owner. Over: the assigner too. Over for long: also the leaders of the owner's agency."""
    view = _view(event.record)
    posts = [view.owner.position_id]
    if event.level >= LATE:
        posts.append(view.assigner.position_id)
    if event.level >= LONG_LATE:
        agency = orgs.agency_of(view.owner.unit_id).id
        found = orgs.positions(view.owner.unit_id) + orgs.positions(agency)
        posts += [post.id for post in found if not set(post.roles).isdisjoint(LEADERS)]
    _tell(view, posts, NOTICES[event.level], key=f"{NOTICES[event.level]}:{view.id}:{view.due_at}")
