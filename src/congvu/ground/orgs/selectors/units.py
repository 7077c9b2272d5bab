"""Units on a day: one, by code, above, below, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from congvu.common.zones import local_date, utc_now
from congvu.ground.orgs import tree
from congvu.ground.orgs.codes import normal_code
from congvu.ground.orgs.errors import UnitNotFound
from congvu.ground.orgs.kinds import AGENCY_KINDS
from congvu.ground.orgs.models import Succession
from congvu.ground.orgs.types import SuccessionView, UnitView

NATIONAL_CALENDAR = "vn"


def _day(on: date | None) -> date:
    return on or local_date(utc_now())


def _one(found: Q, on: date | None, asked: str) -> UnitView:
    row = tree.versions(_day(on)).filter(found).first()
    if row is None:
        day = _day(on).strftime("%d/%m/%Y")
        raise UnitNotFound(_("Không có đơn vị %(asked)s vào ngày %(day)s.") % {"asked": asked, "day": day})
    return tree.view(row)


def unit(unit_id: int, on: date | None = None) -> UnitView:
    """The unit as it was on the day. Raises UnitNotFound, also when it had ended or was not there yet."""
    return _one(Q(unit_id=unit_id), on, str(unit_id))


def unit_by_key(key: str, on: date | None = None) -> UnitView:
    """The unit of a stable key. Raises UnitNotFound."""
    return _one(Q(unit__key=key), on, f"“{key}”")


def unit_by_code(code: str, on: date | None = None) -> UnitView:
    """The unit that had the code on the day; codes are handed on, so another day may answer with another unit.

    Takes an agency code in either order (``H26.145.12``, ``000.00.15.H26``) or the code of a territory (digits
    with their zeros: ``09955``). Raises UnitNotFound.
    """
    text = code.strip()
    found = Q(area_code=text) if text.isdigit() else Q(code=normal_code(text) or "?")
    return _one(found, on, f"“{text}”")


def units(unit_ids: Iterable[int], on: date | None = None) -> dict[int, UnitView]:
    """Several units at once, by id; those not there on the day are missing. One statement."""
    return {row.unit_id: tree.view(row) for row in tree.versions(_day(on)).filter(unit_id__in=set(unit_ids))}


def children(unit_id: int | None, on: date | None = None) -> list[UnitView]:
    """The units directly under one, in their order; None asks for the roots."""
    rows = tree.versions(_day(on)).filter(parent_id=unit_id)
    return tree.views(rows.order_by("order", "code", "unit_id"))


def subtree(unit_id: int, on: date | None = None) -> set[int]:
    """Ids of the unit and of everything under it. One statement."""
    return tree.subtree_ids([unit_id], _day(on))


def path(unit_id: int, on: date | None = None) -> list[UnitView]:
    """From the root down to the unit; a district appears only on days that had one. Raises UnitNotFound."""
    steps = tree.path(unit_id, _day(on))
    if not steps:
        return [unit(unit_id, on)]
    return steps


def calendar_of(unit_id: int, on: date | None = None) -> str:
    """The key of the working calendar: the unit's own, else its nearest ancestor's, else the national one."""
    return next((step.calendar for step in reversed(path(unit_id, on)) if step.calendar), NATIONAL_CALENDAR)


def setting(unit_id: int, key: str, on: date | None = None, default: Any = None) -> Any:
    """A dated switch of the unit, inherited from the nearest ancestor that sets it (``own_filing``…)."""
    return next((s.settings[key] for s in reversed(path(unit_id, on)) if key in s.settings), default)


def agency_of(unit_id: int, on: date | None = None) -> UnitView:
    """The agency a section belongs to: the unit itself if it acts in its own name, else the nearest above."""
    return tree.agency(unit_id, _day(on)) or unit(unit_id, on)


def agencies(on: date | None = None, *, level: str | None = None, under: int | None = None) -> list[UnitView]:
    """Units that act in their own name, in their order; of one level, or under one unit, if asked."""
    rows = tree.versions(_day(on)).filter(type__in=AGENCY_KINDS)
    if level is not None:
        rows = rows.filter(level=level)
    if under is not None:
        rows = rows.filter(unit_id__in=subtree(under, on))
    return tree.views(rows.order_by("order", "code", "unit_id"))


def successors(unit_id: int, *, scope: str | None = None) -> list[SuccessionView]:
    """Units that continued this one, in whole or in part; a commune that was cut has several."""
    return _threads(Q(predecessor=unit_id), scope)


def predecessors(unit_id: int, *, scope: str | None = None) -> list[SuccessionView]:
    """Units that this one continues, in whole or in part."""
    return _threads(Q(successor=unit_id), scope)


def _threads(found: Q, scope: str | None) -> list[SuccessionView]:
    rows = Succession.objects.filter(found, **({"scope": scope} if scope else {}))
    return [
        SuccessionView(r.predecessor_id, r.successor_id, r.on, r.legal_act, r.extent, r.scope)
        for r in rows.order_by("on", "predecessor_id", "successor_id", "scope")
    ]
