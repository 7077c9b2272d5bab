"""What happens to a dossier is told to those it concerns: the applicant, and the staff it now waits for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from congvu.common.actor import SYSTEM
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers.events import (
    DossierDeclined,
    DossierFinished,
    DossierRated,
    DossierReceived,
    DossierReturned,
    DossierSubmitted,
    DossierWithdrawn,
    SupplementAnswered,
    SupplementAsked,
    SupplementCancelled,
)
from congvu.domains.dossiers.types import DossierView
from congvu.domains.procedures import selectors as procedures
from congvu.engines.deadlines.events import DueChanged
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.ground.events.services import consumes
from congvu.ground.notifications import services as notifications
from congvu.ground.orgs import selectors as orgs

POOR = 2
# Why a promised time moved, where the citizen did not cause it.
MOVED = {"calendar": "Lịch làm việc của cơ quan thay đổi", "extend": "Cơ quan gia hạn giải quyết"}


def _context(view: DossierView) -> dict[str, Any]:
    """What messages may say: agency, procedure, code, times, the official address; never a name (DESIGN 5.3)."""
    asked = view.supplements[0] if view.supplements else None
    return {
        "agency": view.authority_name,
        "procedure": procedures.version(view.procedure_version).name,
        "code": view.code or view.portal_number,
        "due": view.due_at or "sẽ báo sau khi nhận đủ giấy tờ bổ sung",
        "link": f"{settings.BASE_URL}/h/{view.token}",
        "reason": view.end_reason,
        "pickup": f"Nơi trả kết quả: {view.center_name or view.authority_name}",
        "advice": f"Ông/bà hỏi thêm tại {view.center_name or view.authority_name}",
        "count": str(len(asked.items)) if asked else "",
        "items": "\n".join(asked.items) if asked else "",
        "clock_rule": "Thời hạn giải quyết được tính lại từ đầu khi nhận đủ giấy tờ bổ sung",
    }


def _tell_applicant(record: UUID, kind: str, **more: Any) -> None:
    context = _context(dossiers.dossier(SYSTEM, record)) | more
    notifications.notify(subject=dossiers.subject_of(record), kind=kind, context=context, record=record)


def _tell_posts(record: UUID, positions: Iterable[int], kind: str) -> None:
    context = _context(dossiers.dossier(SYSTEM, record))
    for position in dict.fromkeys(positions):
        notifications.notify(position=position, kind=kind, context=context, record=record)


@consumes(DossierReceived)
def tell_received(event: DossierReceived) -> None:
    _tell_applicant(event.record, "dossier_received")


@consumes(DossierDeclined)
def tell_declined(event: DossierDeclined) -> None:
    _tell_applicant(event.record, "dossier_declined")


@consumes(SupplementAsked)
def tell_asked(event: SupplementAsked) -> None:
    asked = next(s for s in dossiers.dossier(SYSTEM, event.record).supplements if s.id == event.supplement)
    _tell_applicant(
        event.record, "supplement_asked", due=asked.answer_by, reason=asked.reason, count=str(len(asked.items)),
        items="\n".join(asked.items),
    )  # fmt: skip


@consumes(SupplementCancelled)
def tell_cancelled(event: SupplementCancelled) -> None:
    _tell_applicant(event.record, "supplement_cancelled")


@consumes(DossierFinished)
def tell_finished(event: DossierFinished) -> None:
    """A result, a refusal in substance, or a stop: each has its own words."""
    _tell_applicant(event.record, "result_ready" if event.state == "finished" else f"dossier_{event.state}")


@consumes(DossierReturned)
def ask_for_rating(event: DossierReturned) -> None:
    _tell_applicant(event.record, "please_rate")


@consumes(DossierSubmitted)
def tell_submitted(event: DossierSubmitted) -> None:
    _tell_applicant(event.record, "dossier_submitted")


@consumes(DossierSubmitted)
def tell_clerks(event: DossierSubmitted) -> None:
    """Each clerk post of the agency's centre learns that something came online."""
    center = orgs.places(dossiers.dossier(SYSTEM, event.record).authority_id).get("center")
    posts = orgs.positions(center, "clerk") if center else []
    _tell_posts(event.record, (post.id for post in posts), "new_online")


@consumes(SupplementAnswered)
def tell_holders(event: SupplementAnswered) -> None:
    """The posts for whom the dossier waits learn that the papers have come."""
    items = work.open_items(event.record, SYSTEM)
    posts = [post for item in items for post in _positions(item.holders, item.assignee_id)]
    _tell_posts(event.record, posts, "supplement_answered")


def _positions(holders: tuple[str, ...], assignee: int | None) -> list[int]:
    if assignee is not None:
        return [assignee]
    found = []
    for key in holders:
        role, _, unit = key.removeprefix("r:").partition("@")
        if key.startswith("r:") and unit.isdigit():
            found += [position.id for position in orgs.positions(int(unit), role)]
    return found


@consumes(DossierWithdrawn)
def tell_withdrawn(event: DossierWithdrawn) -> None:
    _tell_applicant(event.record, "dossier_withdrawn")


@consumes(DossierRated)
def tell_head(event: DossierRated) -> None:
    """A poor rating goes to the head of the agency, never to the official concerned (DESIGN 9.9)."""
    if event.score > POOR:
        return
    view = dossiers.dossier(SYSTEM, event.record)
    _tell_posts(event.record, (post.id for post in orgs.positions(view.authority_id, "chair")), "feedback")


@consumes(DueChanged)
def tell_new_due(event: DueChanged) -> None:
    """A promise that moved without the applicant's doing is told with the old time."""
    if event.cause in MOVED and event.old and event.new and dossiers.is_dossier(event.record):
        old, new = datetime.fromisoformat(event.old), datetime.fromisoformat(event.new)
        _tell_applicant(event.record, "due_changed", old_due=old, due=new, reason=MOVED[event.cause])


@consumes(DueChanged)
def move_due(event: DueChanged) -> None:
    """Inboxes follow the promised time."""
    if dossiers.is_dossier(event.record):
        workflow.set_due(event.record, dossiers.due_at(event.record))
