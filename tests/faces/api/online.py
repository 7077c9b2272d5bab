"""A dossier filed online, by the shortest way."""

from __future__ import annotations

from uuid import UUID

from congvu.common.zones import local_date
from congvu.domains.dossiers.models import Channel, State
from congvu.domains.dossiers.services import steps
from congvu.domains.dossiers.types import Person
from congvu.domains.procedures import selectors as procedures
from congvu.ground.orgs import selectors as orgs


def file_online(world) -> UUID:
    from django.utils import timezone

    now = timezone.now()
    authority = world.made.units["xa-yen-khe"]
    record, _ = steps.open_dossier(
        procedures.procedure("1.004873", local_date(now)), Person("Trần Thị Lan", personal_id="099188000123"),
        authority=authority, state=State.SUBMITTED, subject_id=world.citizen().subject_id, at=now,
        places={"center": orgs.places(authority)["center"]}, channel=Channel.ONLINE, portal_number="DV-261119-0000001",
        submitted_at=now,
    )  # fmt: skip
    return record.id
