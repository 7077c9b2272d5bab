"""Reading the tree of units, the posts and who acts in them. Every answer is for a day; the default is today."""

from congvu.ground.orgs.codes import lowest_first, normal_code
from congvu.ground.orgs.kinds import KINDS, LEVELS, departments_meant, section_of_field
from congvu.ground.orgs.roles import ROLES
from congvu.ground.orgs.selectors.conflicts import conflicts
from congvu.ground.orgs.selectors.posts import (
    acting,
    holders_of,
    machine_actor,
    members,
    position,
    positions,
    posts_of,
    roles_at,
    seats,
    staff_actor,
)
from congvu.ground.orgs.selectors.units import (
    agencies,
    agency_of,
    authorities,
    calendar_of,
    children,
    family,
    path,
    places,
    predecessors,
    section_for,
    setting,
    subtree,
    successors,
    tree,
    unit,
    unit_by_code,
    unit_by_key,
    units,
)
from congvu.ground.orgs.tree import UnitTree

__all__ = [
    "KINDS", "LEVELS", "ROLES", "UnitTree", "acting", "agencies", "agency_of", "authorities", "calendar_of",
    "children", "conflicts", "departments_meant", "family", "holders_of", "lowest_first", "machine_actor", "members",
    "normal_code", "path", "places", "position", "positions", "posts_of", "predecessors", "roles_at", "seats",
    "section_for", "section_of_field", "setting", "staff_actor", "subtree", "successors", "tree", "unit",
    "unit_by_code", "unit_by_key", "units",
]  # fmt: skip
