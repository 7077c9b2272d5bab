"""Legal figures of this room, read by the day they apply to."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from congvu.domains.dossiers.models import LegalFigure


def figure(key: str, on: date) -> str:
    """The value in force on a day. Raises LookupError when none is: a missing figure is a fault of the installation."""
    row = (
        LegalFigure.objects.filter(key=key, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        .order_by("-valid_from")
        .values_list("value", flat=True)
        .first()
    )
    if row is None:
        raise LookupError(f"no legal figure {key!r} on {on}")
    return row
