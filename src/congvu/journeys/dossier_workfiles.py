"""Dossiers of the one-stop shop put into work files as they are: nothing is copied."""

from __future__ import annotations

from uuid import UUID

from congvu.common.actor import Actor
from congvu.common.zones import local_date
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers.types import DossierView
from congvu.domains.workfiles import services as workfiles
from congvu.domains.workfiles.types import Described

KIND, SUBJECT = "Hồ sơ thủ tục hành chính", 500
ORIGINAL, MIXED = "01", "03"


def collect(actor: Actor, dossier_id: UUID, file_id: UUID) -> int:
    """Put a dossier into a work file the actor keeps. Returns its ordinal there. Raises NotFound, Forbidden."""
    return workfiles.add(actor, file_id, dossier_id, described(dossiers.dossier(actor, dossier_id)))


def described(view: DossierView) -> Described:
    """A dossier as an entry: what was asked, by whom, when it came, and which results were signed here.

    It counts as handled on the network only when no paper was shown at the counter and every result is signed.
    """
    came = view.received_at or view.submitted_at
    online = not any(one.originals or one.certified or one.plain or one.shown for one in view.papers)
    signed = all(result.signed for result in view.results)
    return Described(
        subject=view.title[:SUBJECT], direction="in", type_name=KIND, notation=(view.code or view.portal_number)[:30],
        issued_on=local_date(came) if came else None, arrived_on=local_date(came) if came else None,
        organ_name=view.applicant.full_name[:200], due_on=local_date(view.due_at) if view.due_at else None,
        keyword=view.procedure_code, confidence=ORIGINAL if online and signed else MIXED,
        signatures="; ".join(dict.fromkeys(result.signer for result in view.results if result.signer)),
        description="; ".join(f"{result.name} {result.number}".strip() for result in view.results)[:SUBJECT],
    )  # fmt: skip
