"""The dated tree of units in SQL: each question is one statement, whatever the depth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from congvu.ground.orgs.kinds import AGENCY_KINDS
from congvu.ground.orgs.models import UnitVersion
from congvu.ground.orgs.types import UnitView

_SUBTREE = """
WITH RECURSIVE tree(id) AS (
    SELECT unnest(%(units)s::bigint[])
    UNION
    SELECT v.unit_id FROM orgs_unitversion v JOIN tree ON v.parent_id = tree.id
    WHERE v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s)
)
SELECT id FROM tree
"""
_PATH = """
WITH RECURSIVE way(unit_id, parent_id) AS (
    SELECT v.unit_id, v.parent_id FROM orgs_unitversion v
    WHERE v.unit_id = %s AND v.valid_from <= %s AND (v.valid_to IS NULL OR v.valid_to >= %s)
    UNION
    SELECT v.unit_id, v.parent_id FROM orgs_unitversion v JOIN way ON v.unit_id = way.parent_id
    WHERE v.valid_from <= %s AND (v.valid_to IS NULL OR v.valid_to >= %s)
)
SELECT unit_id FROM way
"""


def on_day(day: date) -> Q:
    """Rows with ``valid_from`` and ``valid_to`` that hold on the day; both ends belong."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def versions(day: date) -> QuerySet[UnitVersion]:
    return UnitVersion.objects.filter(on_day(day)).select_related("unit")


def view(version: UnitVersion) -> UnitView:
    return UnitView(
        id=version.unit_id, key=version.unit.key, code=version.code, area_code=version.area_code, name=version.name,
        short_name=version.short_name or version.name, type=version.type, level=version.level,
        parent_id=version.parent_id, has_seal=version.has_seal, calendar=version.calendar, order=version.order,
        valid_from=version.valid_from, valid_to=version.valid_to, settings=version.settings,
    )  # fmt: skip


def views(rows: Iterable[UnitVersion]) -> list[UnitView]:
    return [view(row) for row in rows]


def subtree_ids(units: Sequence[int], day: date) -> set[int]:
    """The units and everything under them on the day. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SUBTREE, {"units": list(units), "day": day})
        return {row[0] for row in cursor.fetchall()}


def path(unit_id: int, day: date) -> list[UnitView]:
    """From the root down to the unit itself; empty if the unit was not there on the day. One statement."""
    way = RawSQL(_PATH, [unit_id, day, day, day, day])  # noqa: S611 - constant text, values as parameters
    found = {row.unit_id: row for row in versions(day).filter(unit_id__in=way)}
    steps: list[UnitView] = []
    here: int | None = unit_id
    while here is not None and here in found:
        row = found.pop(here)
        steps.append(view(row))
        here = row.parent_id
    return steps[::-1]


def agency(unit_id: int, day: date) -> UnitView | None:
    """The nearest unit on the way up that acts in its own name, the unit itself included; else the root."""
    steps = path(unit_id, day)
    return next((step for step in reversed(steps) if step.type in AGENCY_KINDS), steps[0] if steps else None)
