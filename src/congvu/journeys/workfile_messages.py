"""What happens to a work file is told to who keeps it, and to the archive it is handed to."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from congvu.common.actor import SYSTEM
from congvu.common.zones import at
from congvu.domains.workfiles import selectors as workfiles
from congvu.domains.workfiles.events import FileAnswered, FileDue, FileSubmitted
from congvu.domains.workfiles.types import FileView
from congvu.ground.events.services import consumes
from congvu.ground.notifications import services as notifications
from congvu.ground.orgs import selectors as orgs

ANSWERS = {"accepted": "workfile_accepted", "returned": "workfile_returned", "failed": "workfile_failed"}


def _tell(view: FileView, posts: Iterable[int], kind: str) -> None:
    last = view.submissions[0] if view.submissions else None
    context = {
        "code": view.row.code, "title": view.row.title, "by": last.by if last else view.row.maker,
        "due": at(view.row.submit_by, 17) if view.row.submit_by else "", "reason": last.reason if last else "",
        "link": f"{settings.BASE_URL}/lam-viec/ho-so-cong-viec/{view.row.id}/",
    }  # fmt: skip
    key = f"{kind}:{view.row.id}:{last.id if last else view.row.submit_by}"
    for post in dict.fromkeys(posts):
        notifications.notify(position=post, kind=kind, context=context, record=view.row.id, key=key)


def _archive(view: FileView) -> list[int]:
    """Posts of records clerks in the agency of the file's unit."""
    tree = orgs.tree()
    agency = tree.agency_of(view.row.unit_id).id
    inside = [unit for unit in tree.subtree(agency) if tree.agency_of(unit).id == agency]
    return [seat.position_id for seat in orgs.seats(inside) if "registrar" in seat.roles]


def _view(record: UUID) -> FileView:
    return workfiles.file(SYSTEM, record)


@consumes(FileDue)
def tell_due(event: FileDue) -> None:
    view = _view(event.record)
    _tell(view, [view.maker_position], "workfile_due")


@consumes(FileSubmitted)
def tell_submitted(event: FileSubmitted) -> None:
    view = _view(event.record)
    _tell(view, _archive(view), "workfile_submitted")
    _tell(view, [view.maker_position], "workfile_packed")


@consumes(FileAnswered)
def tell_answered(event: FileAnswered) -> None:
    view = _view(event.record)
    _tell(view, [view.maker_position], ANSWERS[event.answer])
