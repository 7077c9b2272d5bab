"""Units begin, change and end by acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid
from congvu.common.zones import at
from congvu.ground.audit.models import Entry
from congvu.ground.orgs import selectors, services
from congvu.ground.orgs.errors import UnitClosed, UnitNotFound
from congvu.ground.orgs.models import Assignment, Position, Substitution, Succession, Unit, UnitVersion
from congvu.ground.orgs.types import Thread, UnitFacts
from tests.ground.orgs.build import admin, person, post, province, seat, stand_in
from tests.marks import refuses

pytestmark = pytest.mark.django_db
TODAY, NEXT = date(2026, 11, 21), date(2027, 1, 1)
CLERK = replace(admin(0), roles=frozenset({"clerk"}))


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(at(TODAY, 9), tick=False):
        yield


@pytest.fixture
def ids():
    return province()


def facts(ids, **values):
    given = {"name": "Phòng Kinh tế", "type": "section_economy", "level": "section", "parent_id": ids["x"], **values}
    return UnitFacts(**given)


def counts():
    return Unit.objects.count(), UnitVersion.objects.count(), Succession.objects.count(), Entry.objects.count()


def test_create_unit_with_its_code_in_either_order(ids):
    given = facts(ids, parent_id=ids["tinh"], type="department", level="department", code="000.00.30.H99")
    made = services.create_unit(admin(ids["tinh"]), "so-moi", replace(given, name="  Sở  Mới "), valid_from=TODAY)
    found = selectors.unit(made, TODAY)
    assert (found.name, found.code, found.key, found.valid_to) == ("Sở Mới", "H99.30", "so-moi", None)
    with pytest.raises(UnitNotFound):
        selectors.unit(made, date(2026, 11, 20))
    entry = Entry.objects.get()
    assert (entry.verb, entry.detail["unit"], entry.actor_name) == ("orgs.create_unit", made, "Hoàng Đức Khang")


@refuses("orgs.create_unit")
@pytest.mark.parametrize("actor", ["clerk", "admin of another commune", "admin above whom it lies"])
def test_create_unit_is_for_the_administrator_of_the_agency(ids, actor):
    who = {"clerk": CLERK, "admin of another commune": admin(ids["y"]), "admin above whom it lies": admin(ids["so"])}
    before = counts()
    with pytest.raises(Forbidden):
        services.create_unit(who[actor], "moi", facts(ids), valid_from=TODAY)
    assert counts() == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " \u0000 "}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"short_name": "a" * 81}, "short_name"),
        ({"type": "khác"}, "type"),
        ({"level": "huyện"}, "level"),
        ({"code": "26.15"}, "code"),
        ({"code": "H99.15"}, "code"),
        ({"area_code": "9955"}, "area_code"),
        ({"parent_id": 10**9}, "parent_id"),
    ],
)
def test_create_unit_names_the_field(ids, wrong, field):
    before = counts()
    with pytest.raises(Invalid) as refusal:
        services.create_unit(SYSTEM, "moi", facts(ids, **wrong), valid_from=TODAY)
    assert [p.field for p in refusal.value.problems] == [field]
    assert counts() == before


@pytest.mark.parametrize("key", ["so", "Có dấu", "", "-a"])
def test_create_unit_refuses_a_taken_or_odd_key(ids, key):
    with pytest.raises(Invalid) as refusal:
        services.create_unit(SYSTEM, key, facts(ids), valid_from=TODAY)
    assert [p.field for p in refusal.value.problems] == ["key"]


def test_a_code_may_be_handed_on_after_its_unit_has_ended(ids):
    UnitVersion.objects.filter(unit_id=ids["so"]).update(valid_to=date(2026, 12, 31))
    given = facts(ids, parent_id=ids["tinh"], type="department", level="department", code="H99.15", name="Sở Khác")
    with pytest.raises(Invalid):
        services.create_unit(SYSTEM, "khac", given, valid_from=date(2026, 12, 31))
    made = services.create_unit(SYSTEM, "khac", given, valid_from=NEXT)
    assert selectors.unit_by_code("H99.15", date(2026, 12, 31)).id == ids["so"]
    assert selectors.unit_by_code("H99.15", NEXT).id == made


def test_change_unit_keeps_what_was(ids):
    services.change_unit(admin(ids["x"]), ids["kt-x"], facts(ids, name="Phòng Kinh tế và Hạ tầng"), valid_from=NEXT)
    assert selectors.unit(ids["kt-x"], date(2026, 12, 31)).name == "kt-x"
    assert selectors.unit(ids["kt-x"], NEXT).name == "Phòng Kinh tế và Hạ tầng"
    assert Entry.objects.get().detail["changed"]["name"] == ["kt-x", "Phòng Kinh tế và Hạ tầng"]


def test_change_unit_moves_it_in_the_tree_from_the_day_on(ids):
    services.change_unit(SYSTEM, ids["kt-x"], facts(ids, parent_id=ids["y"]), valid_from=NEXT)
    assert ids["kt-x"] in selectors.subtree(ids["x"], date(2026, 12, 31))
    assert ids["kt-x"] not in selectors.subtree(ids["x"], NEXT)
    assert ids["kt-x"] in selectors.subtree(ids["y"], NEXT)


@refuses("orgs.change_unit")
def test_change_unit_is_refused_across_the_border_and_in_a_circle(ids):
    before = counts()
    with pytest.raises(Forbidden):
        services.change_unit(admin(ids["y"]), ids["kt-x"], facts(ids), valid_from=NEXT)
    with pytest.raises(Forbidden):
        services.change_unit(admin(ids["x"]), ids["kt-x"], facts(ids, parent_id=ids["y"]), valid_from=NEXT)
    with pytest.raises(Invalid, match="chưa đúng"):
        services.change_unit(SYSTEM, ids["x"], facts(ids, type="ubnd", parent_id=ids["kt-x"]), valid_from=NEXT)
    with pytest.raises(Conflict):
        services.change_unit(SYSTEM, ids["x"], facts(ids, parent_id=ids["tinh"]), valid_from=date(2025, 7, 1))
    with pytest.raises(UnitNotFound):
        services.change_unit(SYSTEM, 10**9, facts(ids), valid_from=NEXT)
    assert counts() == before


def test_succeed_unit_ends_it_with_its_posts_and_keeps_its_key(ids):
    lan, chair = person("lan", "Vũ Thị Lan"), post(ids["so"], "Giám đốc", "chair")
    seat(person("son", "Đỗ Xuân Sơn"), chair)
    stand_in(lan, chair, TODAY, date(2027, 2, 1))
    threads = [Thread(ids["x"], "part", "functions"), Thread(ids["y"], "part", "functions")]
    services.succeed_unit(admin(ids["tinh"]), ids["so"], threads, on=NEXT, legal_act="Nghị quyết 1/2026")
    assert selectors.unit(ids["so"], date(2026, 12, 31)).key == "so"
    with pytest.raises(UnitNotFound):
        selectors.unit(ids["so"], NEXT)
    last = date(2026, 12, 31)
    assert (Position.objects.get().valid_to, Assignment.objects.get().valid_to) == (last, last)
    assert Substitution.objects.get().valid_to == last
    assert {(t.successor_id, t.extent, t.on) for t in selectors.successors(ids["so"], scope="functions")} == {
        (ids["x"], "part", NEXT), (ids["y"], "part", NEXT),
    }  # fmt: skip
    with pytest.raises(UnitClosed):
        services.change_unit(SYSTEM, ids["so"], facts(ids), valid_from=date(2027, 2, 1))


@refuses("orgs.succeed_unit")
def test_succeed_unit_refuses_and_nothing_moves(ids):
    before, whole = counts(), [Thread(ids["x"])]
    with pytest.raises(Forbidden):
        services.succeed_unit(admin(ids["x"]), ids["so"], whole, on=NEXT, legal_act="NQ")
    with pytest.raises(Conflict, match="vh-y"):
        services.succeed_unit(SYSTEM, ids["y"], whole, on=NEXT, legal_act="NQ")
    with pytest.raises(Conflict, match="sau ngày bắt đầu"):
        services.succeed_unit(SYSTEM, ids["so"], whole, on=date(2025, 7, 1), legal_act="NQ")
    assert counts() == before


@pytest.mark.parametrize(
    ("threads", "legal_act", "field"),
    [
        ([], "NQ", "threads"),
        ([("x", "whole")], " ", "legal_act"),
        ([("so", "whole")], "NQ", "threads.1"),
        ([("x", "whole"), ("y", "part")], "NQ", "threads.1"),
        ([("x", "khác")], "NQ", "threads.1"),
        ([("x", "part"), ("x", "part")], "NQ", "threads"),
    ],
)
def test_succeed_unit_names_what_is_wrong(ids, threads, legal_act, field):
    before = counts()
    with pytest.raises(Invalid) as refusal:
        services.succeed_unit(
            SYSTEM, ids["so"], [Thread(ids[k], extent) for k, extent in threads], on=NEXT, legal_act=legal_act
        )
    assert [p.field for p in refusal.value.problems] == [field]
    assert counts() == before
