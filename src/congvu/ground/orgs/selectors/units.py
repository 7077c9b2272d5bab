"""Units on a day: one, by code, above, below, before and after.

Each function is one question to the tree of the day and costs one statement. Who has several questions asks for
``tree`` once and puts them to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from congvu.common.zones import local_date, utc_now
from congvu.ground.orgs import tree as trees
from congvu.ground.orgs.errors import UnitNotFound
from congvu.ground.orgs.models import Succession, Unit
from congvu.ground.orgs.tree import UnitTree
from congvu.ground.orgs.types import SuccessionView, UnitView


def tree(on: date | None = None) -> UnitTree:
    """All units of the day as one value."""
    return trees.tree(on or local_date(utc_now()))


def unit(unit_id: int, on: date | None = None) -> UnitView:
    """The unit as it was on the day. Raises UnitNotFound, also when it had ended or was not there yet."""
    return tree(on).unit(unit_id)


def family(unit_id: int) -> str:
    """Which system a unit belongs to: ``administrative``, ``party``, ``mass``. Raises UnitNotFound. One statement."""
    found = Unit.objects.filter(id=unit_id).values_list("family", flat=True).first()
    if found is None:
        raise UnitNotFound(_("Không tìm thấy đơn vị này."))
    return found


def unit_by_key(key: str, on: date | None = None) -> UnitView:
    """The unit of a stable key. Raises UnitNotFound."""
    return tree(on).by_key(key)


def unit_by_code(code: str, on: date | None = None) -> UnitView:
    """The unit that had the code on the day; codes are handed on, so another day may answer with another unit.

    Takes an agency code in either order (``H26.145.12``, ``000.00.15.H26``) or the code of a territory (digits
    with their zeros: ``09955``). Raises UnitNotFound.
    """
    return tree(on).by_code(code)


def units(unit_ids: Iterable[int], on: date | None = None) -> dict[int, UnitView]:
    """Several units at once, by id; those not there on the day are missing."""
    there = tree(on)
    return {unit_id: found for unit_id in set(unit_ids) if (found := there.get(unit_id)) is not None}


def children(unit_id: int | None, on: date | None = None) -> list[UnitView]:
    """The units directly under one, in their order; None asks for the roots."""
    return tree(on).children(unit_id)


def subtree(unit_id: int, on: date | None = None) -> set[int]:
    """Ids of the unit and of everything under it."""
    return tree(on).subtree(unit_id)


def path(unit_id: int, on: date | None = None) -> list[UnitView]:
    """From the root down to the unit; a district appears only on days that had one. Raises UnitNotFound."""
    return tree(on).path(unit_id)


def calendar_of(unit_id: int, on: date | None = None) -> str:
    """The key of the working calendar: the unit's own, else its nearest ancestor's, else the national one."""
    return tree(on).calendar_of(unit_id)


def setting(unit_id: int, key: str, on: date | None = None, default: Any = None) -> Any:
    """A dated switch of the unit, inherited from the nearest ancestor that sets it (``own_filing``…)."""
    return tree(on).setting(unit_id, key, default)


def agency_of(unit_id: int, on: date | None = None) -> UnitView:
    """The agency a section belongs to: the unit itself if it acts in its own name, else the nearest above."""
    return tree(on).agency_of(unit_id)


def agencies(on: date | None = None, *, level: str | None = None, under: int | None = None) -> list[UnitView]:
    """State agencies that act in their own name, in their order; of one level, or under one unit, if asked."""
    return tree(on).agencies(level=level, under=under)


def authorities(on: date | None = None) -> list[UnitView]:
    """The highest units of the state's system: one where the installation serves one authority."""
    return tree(on).authorities()


def places(authority_unit_id: int, on: date | None = None) -> dict[str, int]:
    """Where the steps of a process take place inside an authority; see ``UnitTree.places``."""
    return tree(on).places(authority_unit_id)


def section_for(authority_unit_id: int, field: str, on: date | None = None) -> int:
    """The unit inside the authority that handles a field of procedures (lĩnh vực); see ``UnitTree.section_for``."""
    return tree(on).section_for(authority_unit_id, field)


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
