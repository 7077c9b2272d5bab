"""Where the steps of a process take place inside an authority."""

from __future__ import annotations

from datetime import date

from django.db.models import F, OuterRef, Q, Subquery

from congvu.common.zones import local_date, utc_now
from congvu.ground.orgs import tree
from congvu.ground.orgs.kinds import section_of_field
from congvu.ground.orgs.models import UnitVersion

_INNER = ("office", "section_economy", "section_culture")


def places(authority_unit_id: int, on: date | None = None) -> dict[str, int]:
    """Place words to unit ids: ``authority``, ``center``, ``office``, ``section_economy``, ``section_culture``.

    ``authority`` is always there. A centre is looked for inside the authority, then upwards: a commune without a
    centre of its own, or a department, is served by the provincial one. Words without a unit are missing.
    """
    day = on or local_date(utc_now())
    found = {"authority": authority_unit_id}
    rows = tree.versions(day).filter(parent_id=authority_unit_id, type__in=_INNER).order_by("-order", "-unit_id")
    found.update({row.type: row.unit_id for row in rows})
    center = _center(authority_unit_id, day)
    if center is not None:
        found["center"] = center
    return found


def _center(authority_unit_id: int, day: date) -> int | None:
    """The nearest centre: directly under a unit of the way up, or under that unit's department (Văn phòng UBND)."""
    way = [step.id for step in reversed(tree.path(authority_unit_id, day))]
    parent = UnitVersion.objects.filter(tree.on_day(day), unit_id=OuterRef("parent_id"))
    rows = (
        tree.versions(day)
        .filter(type="center")
        .annotate(above=Subquery(parent.values("parent_id")[:1]), above_level=Subquery(parent.values("level")[:1]))
        .filter(Q(parent_id__in=way) | Q(above__in=way, above_level="department"))
        .values_list("unit_id", F("parent_id"), F("above"))
    )
    ranked = [
        (way.index(parent_id) if parent_id in way else way.index(above), unit_id) for unit_id, parent_id, above in rows
    ]
    return min(ranked, default=(0, None))[1]


def section_for(authority_unit_id: int, field: str, on: date | None = None) -> int:
    """The unit inside the authority that handles a field of procedures (lĩnh vực).

    The authority itself where the table does not know the field or the authority has no such section.
    """
    answer = section_of_field(field)
    if answer is None:
        return authority_unit_id
    return places(authority_unit_id, on).get(answer.section, authority_unit_id)
