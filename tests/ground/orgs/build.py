"""Trees for tests: real territories before and after two reforms, and one invented commune with its offices."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from congvu.common.actor import Actor, ActorKind
from congvu.ground.accounts.models import User
from congvu.ground.orgs.models import Assignment, Position, Substitution, Succession, Unit, UnitVersion

START = date(2025, 7, 1)
LEVELS = {2: "province", 3: "district", 5: "commune"}


def territories() -> dict[str, int]:
    """Unit ids by key, from the committed facts."""
    facts = json.loads(Path(__file__).with_name("territories.json").read_text(encoding="utf-8"))
    keys = list(dict.fromkeys(row[0] for row in facts["units"]))
    ids = {u.key: u.id for u in Unit.objects.bulk_create(Unit(key=key) for key in keys)}
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit_id=ids[key], area_code=code, name=name, type="ubnd", level=LEVELS[len(code)],
            parent_id=ids.get(parent), valid_from=first, valid_to=last,
        )
        for key, code, name, parent, first, last in facts["units"]
    )  # fmt: skip
    Succession.objects.bulk_create(
        Succession(predecessor_id=ids[a], successor_id=ids[b], on=on, extent=extent, legal_act="Nghị quyết")
        for a, b, on, extent in facts["links"]
    )
    return ids


def unit(key: str, type: str, level: str, parent: int | None, **values) -> int:
    row = Unit.objects.create(key=key)
    defaults = {"name": key, "valid_from": START, **values}
    UnitVersion.objects.create(unit=row, type=type, level=level, parent_id=parent, **defaults)
    return row.id


def province() -> dict[str, int]:
    """A province with a centre under its office, a department, and two communes: one with a centre, one without."""
    ids = {"tinh": unit("tinh", "ubnd", "province", None, code="H99", calendar="h99", settings={"own_filing": False})}
    ids["vp-tinh"] = unit("vp-tinh", "department", "department", ids["tinh"], code="H99.1")
    ids["tt-tinh"] = unit("tt-tinh", "center", "section", ids["vp-tinh"])
    ids["so"] = unit("so", "department", "department", ids["tinh"], code="H99.15")
    for place in ("x", "y"):
        ids[place] = unit(place, "ubnd", "commune", ids["tinh"], code=f"H99.{'101' if place == 'x' else '102'}")
        ids[f"vp-{place}"] = unit(f"vp-{place}", "office", "section", ids[place])
        ids[f"kt-{place}"] = unit(f"kt-{place}", "section_economy", "section", ids[place])
        ids[f"vh-{place}"] = unit(f"vh-{place}", "section_culture", "section", ids[place])
    ids["tt-x"] = unit("tt-x", "center", "section", ids["x"], calendar="x", settings={"own_filing": True})
    return ids


def person(username: str, name: str) -> User:
    return User.objects.create_user(username, "mat-khau", full_name=name)


def post(unit_id: int, title: str, *roles: str, **values) -> Position:
    return Position.objects.create(unit_id=unit_id, title=title, roles=list(roles), **{"valid_from": START, **values})


def seat(user: User, position: Position, kind: str = "main", **values) -> Assignment:
    return Assignment.objects.create(user=user, position=position, kind=kind, **{"valid_from": START, **values})


def stand_in(user: User, position: Position, first: date, last: date, **values) -> Substitution:
    defaults = {"basis": "Thông báo 12/TB-UBND", **values}
    return Substitution.objects.create(user=user, position=position, valid_from=first, valid_to=last, **defaults)


def admin(unit_id: int) -> Actor:
    return Actor(
        kind=ActorKind.STAFF, name="Hoàng Đức Khang", user_id=99, position_id=99, unit_id=unit_id,
        roles=frozenset({"admin"}),
    )  # fmt: skip
