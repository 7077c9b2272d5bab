"""Which authorities take a procedure, and which of them take it online here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from congvu.domains.procedures.types import ProcedureView
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.types import UnitView

NATIONAL_PORTAL = "https://dichvucong.gov.vn"
OWN_FILING = "own_filing"
_LEVELS = {"commune": ("commune",), "province": ("province", "department")}


@dataclass(frozen=True, slots=True)
class Taker:
    """An authority that decides on a procedure; ``online`` tells whether it takes online filing in this system."""

    id: int
    name: str
    online: bool


def takers(procedure: ProcedureView, on: date) -> tuple[Taker, ...]:
    """Authorities of the procedure's levels on the day, in their order. Three statements however many there are."""
    levels = [name for level in procedure.levels for name in _LEVELS.get(level, ())]
    units = [unit for unit in orgs.agencies(on) if unit.level in levels]
    switches = _switches(units, on)
    return tuple(Taker(unit.id, unit.name, switches[unit.id]) for unit in units)


def _switches(units: list[UnitView], on: date) -> dict[int, bool]:
    """The dated switch of each unit, its own or that of the nearest unit above (``orgs.setting`` for many at once)."""
    known = {unit.id: unit for unit in units}
    missing = {unit.parent_id for unit in units if unit.parent_id is not None} - set(known)
    while missing:
        above = orgs.units(missing, on)
        known.update(above)
        missing = {unit.parent_id for unit in above.values() if unit.parent_id is not None} - set(known)
    return {unit.id: _switch(unit, known) for unit in units}


def _switch(unit: UnitView, known: dict[int, UnitView]) -> bool:
    step: UnitView | None = unit
    while step is not None:
        if OWN_FILING in step.settings:
            return bool(step.settings[OWN_FILING])
        step = known.get(step.parent_id) if step.parent_id is not None else None
    return False
