"""By when the authority answers what came online (onestop R3)."""

from __future__ import annotations

from datetime import datetime

from congvu.common.zones import local_date
from congvu.domains.dossiers.figures import ONLINE_ANSWER
from congvu.domains.dossiers.models import State
from congvu.domains.dossiers.types import DossierView
from congvu.ground.law import selectors as law
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import rules as worktime
from congvu.ground.worktime import selectors as calendars


def answer_by(view: DossierView) -> datetime | None:
    """When a dossier that waits for reception has to be taken in or declined; None for any other. Three statements."""
    if view.state != State.SUBMITTED or view.submitted_at is None:
        return None
    day = local_date(view.submitted_at)
    calendar = calendars.calendar(orgs.calendar_of(view.authority_id, day))
    return worktime.due(view.submitted_at, law.figure(ONLINE_ANSWER, day), calendar).due
