"""A document is recalled: whoever works on a task that came from it is told, and who gave it may end it.

The recall itself ends no task: what was ordered may be needed all the same, and that is for who ordered it to say.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.events import DocumentRecalled, RequestAnswered
from congvu.domains.tasks import selectors as tasks
from congvu.domains.tasks.types import TaskView
from congvu.ground.events.services import consumes
from congvu.ground.notifications import services as notifications

# What stands in the thread of a task that is cancelled for it; stored, so in Vietnamese.
REASON = "Văn bản gốc đã bị thu hồi."
AGREED = "15"
TAKING = ("recall", "13")


@consumes(RequestAnswered)
def tell_of_destroyed(event: RequestAnswered) -> None:
    """An arrival was destroyed because its sender recalled it."""
    record, operation, _words, answer, recipient = documents.asked_document(event.request)
    if answer == AGREED and operation in TAKING and not recipient:
        _tell(record)


@consumes(DocumentRecalled)
def tell_of_recalled(event: DocumentRecalled) -> None:
    """A document issued here was recalled."""
    _tell(event.record)


def _tell(record: UUID) -> None:
    for row in tasks.of_source(SYSTEM, record):
        view = tasks.task(SYSTEM, row.id)
        if view.ended_at is None:
            _tell_about(view)


def _tell_about(view: TaskView) -> None:
    """Owner, supporters and who gave it, once."""
    supporters = [part.position_id for part in view.supports if part.part == "support"]
    context = {
        "code": view.code, "title": view.title, "owner": f"{view.owner.name}, {view.owner.unit}",
        "link": f"{settings.BASE_URL}/lam-viec/nhiem-vu/{view.id}/",
    }  # fmt: skip
    for post in dict.fromkeys([view.owner.position_id, view.assigner.position_id, *supporters]):
        key = f"task_source_recalled:{view.id}"
        notifications.notify(position=post, kind="task_source_recalled", context=context, record=view.id, key=key)
