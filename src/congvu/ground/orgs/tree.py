"""The dated tree of units, kept in the process as an immutable value and read again only when it changed.

Every reception, every step and every page asks the tree several questions. It changes a few times a year, so a
question costs one short statement: has it changed? Triggers give ``TreeRevision`` a new value with each statement
that writes units or their versions, whoever wrote. As for calendars, the revision is read before the content, so
what is kept under it is never older than it says; a value is never used twice, so what a rolled-back transaction
left here is never taken for the truth.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from congvu.common.spoken import say_padded
from congvu.ground.orgs.codes import normal_code
from congvu.ground.orgs.errors import UnitNotFound
from congvu.ground.orgs.kinds import AGENCY_KINDS, section_of_field
from congvu.ground.orgs.models import UnitVersion
from congvu.ground.orgs.types import UnitView

NATIONAL_CALENDAR = "vn"
ADMINISTRATIVE = "administrative"
_ONE_DAY = timedelta(days=1)
_INNER = ("office", "section_economy", "section_culture")
_COLUMNS = (
    "unit_id", "unit__key", "code", "area_code", "name", "short_name", "type", "level", "parent_id", "has_seal",
    "calendar", "order", "valid_from", "valid_to", "settings", "unit__family",
)  # fmt: skip


def on_day(day: date) -> Q:
    """Rows with ``valid_from`` and ``valid_to`` that hold on the day; both ends belong."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def versions(day: date) -> QuerySet[UnitVersion]:
    return UnitVersion.objects.filter(on_day(day)).select_related("unit")


@dataclass(frozen=True, slots=True)
class _Index:
    """The units of a stretch of days in which nothing changes, by id, by parent, and by what identifies them."""

    units: dict[int, UnitView]
    children: dict[int | None, list[UnitView]]
    named: dict[str, UnitView]

    @classmethod
    def of(cls, views: Iterable[UnitView]) -> _Index:
        units = sorted(views, key=_in_order)
        children: dict[int | None, list[UnitView]] = {}
        for unit in units:
            children.setdefault(unit.parent_id, []).append(unit)
        named = {f"key:{unit.key}": unit for unit in units}
        named |= {f"code:{unit.code}": unit for unit in units if unit.code}
        named |= {f"area:{unit.area_code}": unit for unit in units if unit.area_code}
        return cls({unit.id: unit for unit in units}, children, named)


def _in_order(unit: UnitView) -> tuple[int, str, int]:
    return unit.order, unit.code, unit.id


@dataclass(frozen=True, slots=True)
class UnitTree:
    """All units of one day. Values only: ask as often as you like, it costs no statement."""

    day: date
    _index: _Index

    def _found(self, unit: UnitView | None, asked: str) -> UnitView:
        if unit is None:
            day = say_padded(self.day)
            raise UnitNotFound(_("Không có đơn vị %(asked)s vào ngày %(day)s.") % {"asked": asked, "day": day})
        return unit

    def __iter__(self) -> Iterator[UnitView]:
        """The units of the day, in their order."""
        return iter(self._index.units.values())

    def get(self, unit_id: int) -> UnitView | None:
        return self._index.units.get(unit_id)

    def unit(self, unit_id: int) -> UnitView:
        """Raises UnitNotFound, also when the unit had ended or was not there yet."""
        return self._found(self.get(unit_id), str(unit_id))

    def by_key(self, key: str) -> UnitView:
        """Raises UnitNotFound."""
        return self._found(self._index.named.get(f"key:{key}"), f"“{key}”")

    def by_code(self, code: str) -> UnitView:
        """By agency code in either order, or by the code of a territory (digits). Raises UnitNotFound."""
        text = code.strip()
        name = f"area:{text}" if text.isdigit() else f"code:{normal_code(text)}"
        return self._found(self._index.named.get(name), f"“{text}”")

    def children(self, unit_id: int | None) -> list[UnitView]:
        """The units directly under one, in their order; None asks for the roots."""
        return list(self._index.children.get(unit_id, ()))

    def subtree(self, unit_id: int) -> set[int]:
        """Ids of the unit and of everything under it."""
        found, queue = {unit_id}, [unit_id]
        while queue:
            fresh = [child.id for child in self._index.children.get(queue.pop(), ()) if child.id not in found]
            found.update(fresh)
            queue += fresh
        return found

    def path(self, unit_id: int) -> list[UnitView]:
        """From the root down to the unit. Raises UnitNotFound."""
        steps = [self.unit(unit_id)]
        seen = {unit_id}
        while (parent := self.get(steps[-1].parent_id or 0)) is not None and parent.id not in seen:
            seen.add(parent.id)
            steps.append(parent)
        return steps[::-1]

    def agency_of(self, unit_id: int) -> UnitView:
        """The nearest unit on the way up that acts in its own name, the unit itself included; else the root."""
        steps = self.path(unit_id)
        return next((step for step in reversed(steps) if step.type in AGENCY_KINDS), steps[0])

    def agencies(self, *, level: str | None = None, under: int | None = None) -> list[UnitView]:
        """State agencies that act in their own name, in their order; of one level, or under one unit, if asked.

        Committees of the Party and mass organisations act in their own name too, and take no dossiers of citizens.
        """
        inside = None if under is None else self.subtree(under)
        return [
            unit for unit in self
            if unit.type in AGENCY_KINDS and unit.family == ADMINISTRATIVE and level in (None, unit.level)
            and (inside is None or unit.id in inside)
        ]  # fmt: skip

    def authorities(self) -> list[UnitView]:
        """The highest units of the state's system: one where the installation serves one authority."""
        return [unit for unit in self.children(None) if unit.family == ADMINISTRATIVE]

    def calendar_of(self, unit_id: int) -> str:
        """The key of the working calendar: the unit's own, else its nearest ancestor's, else the national one."""
        return next((step.calendar for step in reversed(self.path(unit_id)) if step.calendar), NATIONAL_CALENDAR)

    def setting(self, unit_id: int, key: str, default: Any = None) -> Any:
        """A dated switch of the unit, inherited from the nearest ancestor that sets it."""
        return next((s.settings[key] for s in reversed(self.path(unit_id)) if key in s.settings), default)

    def places(self, authority: int) -> dict[str, int]:
        """Place words to unit ids: ``authority``, ``center``, ``office``, ``section_economy``, ``section_culture``.

        ``authority`` is always there. A centre is looked for inside the authority, then upwards: a commune without
        a centre of its own, or a department, is served by the provincial one. Words without a unit are missing.
        """
        found = {"authority": authority}
        for child in sorted(self.children(authority), key=lambda unit: (unit.order, unit.id)):
            if child.type in _INNER:
                found.setdefault(child.type, child.id)
        center = self._center(authority)
        if center is not None:
            found["center"] = center
        return found

    def _center(self, authority: int) -> int | None:
        """The nearest centre: directly under a unit of the way up, or under that unit's department (Văn phòng UBND)."""
        for step in reversed(self.path(authority) if self.get(authority) else []):
            under = self.children(step.id)
            inner = [unit for child in under if child.level == "department" for unit in self.children(child.id)]
            centers = [unit.id for unit in (*under, *inner) if unit.type == "center"]
            if centers:
                return min(centers)
        return None

    def section_for(self, authority: int, field: str) -> int:
        """The unit inside the authority that handles a field of procedures (lĩnh vực).

        The authority itself where the table does not know the field or the authority has no such section.
        """
        answer = section_of_field(field)
        return authority if answer is None else self.places(authority).get(answer.section, authority)


@dataclass(frozen=True, slots=True)
class _Forest:
    """Every version of every unit, with the indexes made so far, one for each stretch of days without a change."""

    revision: UUID | None
    views: tuple[UnitView, ...]
    changes: tuple[date, ...]
    indexes: dict[int, _Index]

    def on(self, day: date) -> UnitTree:
        stretch = bisect_right(self.changes, day)
        if stretch not in self.indexes:
            there = (v for v in self.views if v.valid_from <= day and (v.valid_to is None or v.valid_to >= day))
            self.indexes[stretch] = _Index.of(there)
        return UnitTree(day, self.indexes[stretch])


_kept = _Forest(None, (), (), {})


def tree(day: date) -> UnitTree:
    """The units of the day. One statement when nothing changed since the last call, two when something did."""
    global _kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM orgs_treerevision WHERE id = 1")
        revision = next(iter(cursor.fetchone() or ()), None)
    forest = _kept
    if revision is None or forest.revision != revision:
        forest = _kept = _load(revision)
    return forest.on(day)


def _load(revision: UUID | None) -> _Forest:
    views = tuple(_view(row) for row in UnitVersion.objects.values_list(*_COLUMNS))
    days = {view.valid_from for view in views}
    days |= {view.valid_to + _ONE_DAY for view in views if view.valid_to not in (None, date.max)}
    return _Forest(revision, views, tuple(sorted(days)), {})


def _view(row: tuple[Any, ...]) -> UnitView:
    values = dict(zip(UnitView.__dataclass_fields__, row, strict=True))
    return UnitView(**values | {"short_name": values["short_name"] or values["name"]})
