"""Whether a post may sign by authorisation (TUQ.) on a day, for a kind of document."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, Problem
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents.models import Authorisation


def in_force(issuer_id: int, on: date | None = None) -> QuerySet[Authorisation]:
    """The authorisations of an issuer that hold on a day, today by default."""
    day = on or local_date(utc_now())
    rows = Authorisation.objects.filter(issuer=issuer_id, valid_from__lte=day, valid_to__gte=day)
    return rows.filter(Q(ended_on=None) | Q(ended_on__gt=day))


def require_authorised(issuer_id: int, position: int, kind: str) -> None:
    """Raises Invalid unless an authorisation in force lets the post sign this kind of document."""
    found = in_force(issuer_id).filter(holder=position)
    if not any(not row.kinds or kind in row.kinds for row in found):
        message = _("Ký thừa ủy quyền (TUQ.) cần văn bản ủy quyền còn hiệu lực, đúng loại văn bản này.")
        raise Invalid(message, problems=(Problem("capacity", message, "not_authorised"),))
