"""What happens to a dossier is told to those it concerns: the applicant, and the staff it now waits for."""

from __future__ import annotations

from uuid import UUID

from congvu.common.actor import SYSTEM
from congvu.common.zones import local
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
from congvu.engines.deadlines.events import DueChanged
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.ground.events.services import consumes
from congvu.ground.notifications import services as notifications
from congvu.ground.orgs import selectors as orgs

POOR = 2


def _context(record: UUID) -> dict[str, str]:
    """What messages may say: agency, code, dates, short address; never a name (DESIGN 5.3)."""
    view = dossiers.dossier(SYSTEM, record)
    return {
        "agency": view.authority_name,
        "code": view.code or view.portal_number,
        "due": f"{local(view.due_at):%H:%M ngày %d/%m/%Y}" if view.due_at else "",
        "link": f"/h/{view.token}",
        "reason": view.end_reason,
        "items": str(len(view.supplements[0].items)) if view.supplements else "",
        "answer_by": f"{local(view.supplements[0].answer_by):%H:%M ngày %d/%m}" if view.supplements else "",
    }


def _tell_applicant(record: UUID, kind: str) -> None:
    notifications.notify(subject=dossiers.subject_of(record), kind=kind, context=_context(record), record=record)


@consumes(DossierReceived)
def tell_received(event: DossierReceived) -> None:
    _tell_applicant(event.record, "received")


@consumes(DossierDeclined)
def tell_declined(event: DossierDeclined) -> None:
    _tell_applicant(event.record, "declined")


@consumes(SupplementAsked)
def tell_supplement(event: SupplementAsked) -> None:
    _tell_applicant(event.record, "supplement")


@consumes(SupplementCancelled)
def tell_supplement_cancelled(event: SupplementCancelled) -> None:
    _tell_applicant(event.record, "supplement_cancelled")


@consumes(DossierFinished)
def tell_finished(event: DossierFinished) -> None:
    _tell_applicant(event.record, "ready" if event.state == "finished" else event.state)


@consumes(DossierReturned)
def tell_returned(event: DossierReturned) -> None:
    _tell_applicant(event.record, "returned")


@consumes(DossierSubmitted)
def tell_clerks(event: DossierSubmitted) -> None:
    """Each clerk post of the agency's centre learns that something came online."""
    view = dossiers.dossier(SYSTEM, event.record)
    center = orgs.places(view.authority_id).get("center")
    for position in orgs.positions(center, "clerk") if center else []:
        notifications.notify(
            position=position.id, kind="new_online", context=_context(event.record), record=event.record
        )


@consumes(SupplementAnswered)
def tell_holders(event: SupplementAnswered) -> None:
    """The posts for whom the dossier waits learn that the papers have come."""
    _tell_workers(event.record, "supplement_answered")


@consumes(DossierWithdrawn)
def tell_withdrawn(event: DossierWithdrawn) -> None:
    _tell_applicant(event.record, "withdrawn")


def _tell_workers(record: UUID, kind: str) -> None:
    for item in work.open_items(record, SYSTEM):
        for position in _positions(item.holders, item.assignee_id):
            notifications.notify(position=position, kind=kind, context=_context(record), record=record)


def _positions(holders: tuple[str, ...], assignee: int | None) -> list[int]:
    if assignee is not None:
        return [assignee]
    found = []
    for key in holders:
        role, _, unit = key.removeprefix("r:").partition("@")
        if key.startswith("r:") and unit.isdigit():
            found += [position.id for position in orgs.positions(int(unit), role)]
    return found


@consumes(DossierRated)
def tell_head(event: DossierRated) -> None:
    """A poor rating goes to the head of the agency, never to the official concerned (DESIGN 9.9)."""
    if event.score > POOR:
        return
    view = dossiers.dossier(SYSTEM, event.record)
    for position in orgs.positions(view.authority_id, "chair"):
        notifications.notify(
            position=position.id, kind="poor_rating", context=_context(event.record), record=event.record
        )


@consumes(DueChanged)
def move_due(event: DueChanged) -> None:
    """Inboxes follow the promised time."""
    workflow.set_due(event.record, dossiers.due_at(event.record))
