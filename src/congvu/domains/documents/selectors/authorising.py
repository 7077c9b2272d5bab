"""The authorisations to sign that an agency keeps."""

from __future__ import annotations

from congvu.common.actor import Actor
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.issuers import book_of
from congvu.domains.documents.models import Authorisation
from congvu.domains.documents.types import AuthorisationView
from congvu.ground.orgs import selectors as orgs


def authorisations(actor: Actor) -> tuple[AuthorisationView, ...]:
    """Those of the actor's agency, the newest first, with who acts in each post today. Raises Forbidden."""
    policies.may_authorise(actor)
    rows = Authorisation.objects.filter(issuer=book_of(actor).id).select_related("giver", "holder")
    found = list(rows.order_by("-valid_from", "-id")[:500])
    units = {row.giver.unit_id for row in found} | {row.holder.unit_id for row in found}
    names = {seat.position_id: ", ".join([*seat.names, seat.title]) for seat in orgs.seats(units)}
    return tuple(_view(row, names) for row in found)


def _view(row: Authorisation, names: dict[int, str]) -> AuthorisationView:
    today = local_date(utc_now())
    standing = "coming" if row.valid_from > today else "good" if row.valid_to >= today else "over"
    return AuthorisationView(
        id=row.id, giver=names.get(row.giver_id, row.giver.title), holder=names.get(row.holder_id, row.holder.title),
        number=row.number, matters=row.matters, kinds=tuple(row.kinds), valid_from=row.valid_from,
        valid_to=row.valid_to, ended_on=row.ended_on, standing="ended" if row.ended_on else standing,
    )  # fmt: skip
