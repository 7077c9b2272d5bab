"""Which units the steps of a procedure's process take place in, for one authority on one day."""

from __future__ import annotations

from congvu.common.text import fold
from congvu.domains.dossiers.errors import NotRunnable
from congvu.domains.procedures.types import ProcedureView
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.orgs.types import UnitView


def process_places(units: UnitTree, authority: int, procedure: ProcedureView) -> dict[str, int]:
    """Place words to units: the authority's own, and the province's where the process goes there.

    Raises NotRunnable naming the places that have no unit here.
    """
    found = {**units.places(authority), "section": units.section_for(authority, procedure.field)}
    # A step outside the program is recorded by the clerks who took the dossier in.
    found["external"] = found.get("center", authority)
    needed = {step.place for step in procedure.steps if step.place}
    if needed - found.keys():
        found |= _province(units, authority, procedure)
    missing = sorted(needed - found.keys())
    if missing:
        raise NotRunnable(f"Chưa có đơn vị làm các bước ở: {', '.join(missing)}.")
    return found


def _province(units: UnitTree, authority: int, procedure: ProcedureView) -> dict[str, int]:
    """The provincial committee, its office, and the department that the steps name."""
    root = units.path(authority)[0]
    found = {"province": root.id}
    for child in units.children(root.id):
        if fold(child.name).startswith("van phong uy ban nhan dan") or fold(child.name).startswith("van phong ubnd"):
            found["province_office"] = child.id
    department = _department(units, root, procedure)
    if department is None:
        return found
    inside = units.places(department.id)
    sections = [unit for unit in units.children(department.id) if unit.type.startswith("section")]
    found["dept"] = department.id
    found["dept_office"] = inside.get("office", department.id)
    found["dept_section"] = sections[0].id if sections else department.id
    if "center" in inside:
        found["dept_center"] = inside["center"]
    return found


def _department(units: UnitTree, root: UnitView, procedure: ProcedureView) -> UnitView | None:
    """The department whose name stands in the roles of the steps or in the procedure's agency."""
    words = fold(" ".join([procedure.agency, *(getattr(step, "role_text", "") for step in procedure.steps)]))
    named = [unit for unit in units.agencies(level="department", under=root.id) if fold(unit.name) in words]
    return max(named, key=lambda unit: words.count(fold(unit.name)), default=None)
