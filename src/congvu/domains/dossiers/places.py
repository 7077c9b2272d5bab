"""Which agency decides, and which units the steps of a procedure's process take place in, on one day."""

from __future__ import annotations

from django.utils.translation import gettext as _

from congvu.common.text import fold
from congvu.domains.dossiers.errors import NotRunnable
from congvu.domains.procedures.types import ProcedureView
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.orgs.types import UnitView


def deciding_agency(tree: UnitTree, center: int, procedure: ProcedureView) -> int:
    """The agency that decides what this centre takes in: where the process approves, else the centre's own agency.

    Raises NotRunnable when the process approves in a department that is not known here.
    """
    own = tree.agency_of(center).id
    place = next((step.place or "" for step in reversed(procedure.steps) if step.kind == "approve"), "")
    if place.startswith("province"):
        return tree.path(own)[0].id
    if not place.startswith("dept"):
        return own
    department = _department(tree, own, procedure)
    if department is None:
        raise NotRunnable(
            _("Chưa biết sở nào giải quyết thủ tục %(code)s; hãy chọn cơ quan giải quyết.") % {"code": procedure.code}
        )
    return department.id


def process_places(tree: UnitTree, authority: int, procedure: ProcedureView, *, center: int) -> dict[str, int]:
    """Place words to units, only those that steps name: the authority's own, and the province's where they go there.

    ``center`` is the receiving centre: it records what is done outside the program, and hands the result over unless
    the file itself travels on. Raises NotRunnable naming the places that have no unit here, and the steps for which
    nobody has a post.
    """
    needed = {step.place for step in procedure.steps if step.place}
    local = _local(tree, authority, center)
    found = {**tree.places(local), "section": tree.section_for(local, procedure.field)}
    if needed - found.keys() - {"external"}:
        found |= _province(tree, authority, procedure)
    found |= {"center": center, "external": center}
    if procedure.steps and procedure.steps[0].place == "dept_center":
        # The same table serves the provincial centre and those of communes: the citizen comes back to where he filed.
        found["dept_center"] = center
    missing = sorted(needed - found.keys())
    if missing:
        raise NotRunnable(_("Chưa có đơn vị làm các bước ở: %(missing)s.") % {"missing": ", ".join(missing)})
    places = {place: unit for place, unit in found.items() if place in needed or place == "center"}
    _require_posts(tree, procedure, places, authority)
    return places


def _local(tree: UnitTree, authority: int, center: int) -> int:
    """Whose section and office the commune words mean: the authority's, or those of the commune that hands on."""
    if tree.unit(authority).level == "commune":
        return authority
    receiving = tree.agency_of(center)
    return receiving.id if receiving.level == "commune" else authority


def _require_posts(tree: UnitTree, procedure: ProcedureView, places: dict[str, int], authority: int) -> None:
    """Every step has a post that can do it: a dossier must never wait where nobody looks."""
    filled = orgs.roles_at({authority, *places.values()}, tree.day)
    for step in procedure.steps:
        unit = places.get(step.place or "", authority)
        if step.role and step.role not in filled.get(unit, frozenset()):
            role = orgs.ROLES[step.role].label if step.role in orgs.ROLES else step.role
            raise NotRunnable(
                _("Chưa có vị trí “%(role)s” ở %(name)s để làm bước “%(name2)s”.")
                % {"role": role, "name": tree.unit(unit).name, "name2": step.name},
                code="no_post",
            )


def _province(tree: UnitTree, authority: int, procedure: ProcedureView) -> dict[str, int]:
    """The provincial committee, its office, and the department that decides or that the steps name."""
    root = tree.path(authority)[0]
    found = {"province": root.id}
    for child in tree.children(root.id):
        if child.level == "department" and _is_office(child):
            found["province_office"] = child.id
    department = _department(tree, authority, procedure)
    if department is None:
        return found
    inside = tree.places(department.id)
    sections = [unit for unit in tree.children(department.id) if unit.type.startswith("section")]
    found["dept"] = department.id
    found["dept_office"] = inside.get("office", department.id)
    found["dept_section"] = sections[0].id if sections else department.id
    if "center" in inside:
        found["dept_center"] = inside["center"]
    return found


def _department(tree: UnitTree, authority: int, procedure: ProcedureView) -> UnitView | None:
    """The authority itself if it is a department, else the one whose name stands in the steps or in the agency."""
    own, root = tree.unit(authority), tree.path(authority)[0]
    if own.level == "department" and not _is_office(own):
        return own
    told = " ".join([procedure.agency, *(step.role_text for step in procedure.steps)])
    words = fold(" ".join([told, *orgs.departments_meant(told)]))
    known = [unit for unit in tree.agencies(level="department", under=root.id) if not _is_office(unit)]
    counts = [(words.count(fold(unit.name)) + words.count(_short(unit.name)), unit) for unit in known]
    best, unit = max(counts, key=lambda pair: pair[0], default=(0, None))
    return unit if best else None


def _is_office(unit: UnitView) -> bool:
    """The office of the provincial committee: a department in rank that decides nothing itself."""
    return fold(unit.name).startswith("van phong")


def _short(name: str) -> str:
    """A department as decisions shorten it: Sở Văn hóa, Thể thao và Du lịch is "so vhttdl"."""
    first, *rest = [word for word in fold(name).replace(",", " ").split() if word != "va"]
    return f"{first} {''.join(word[0] for word in rest)}"
