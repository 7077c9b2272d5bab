"""Inheritance down the tree, and where steps take place."""

from datetime import date

import pytest

from congvu.ground.orgs import selectors
from congvu.ground.orgs.models import UnitVersion
from tests.ground.orgs.build import province

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


@pytest.fixture
def ids():
    return province()


@pytest.mark.parametrize(("key", "calendar"), [("tt-x", "x"), ("x", "h99"), ("vh-y", "h99"), ("tinh", "h99")])
def test_calendar_of_the_nearest_that_has_one(ids, key, calendar, django_assert_num_queries):
    selectors.tree(DAY)
    with django_assert_num_queries(1):
        assert selectors.calendar_of(ids[key], DAY) == calendar


def test_national_calendar_without_any(ids):
    UnitVersion.objects.update(calendar="")
    assert selectors.calendar_of(ids["tt-x"], DAY) == "vn"


def test_setting_is_inherited_and_dated(ids):
    assert selectors.setting(ids["tt-x"], "own_filing", DAY) is True
    assert selectors.setting(ids["vh-x"], "own_filing", DAY) is False
    assert selectors.setting(ids["vh-x"], "unknown", DAY, default=7) == 7
    row = UnitVersion.objects.get(unit_id=ids["x"])
    UnitVersion.objects.filter(pk=row.pk).update(valid_to=date(2026, 12, 31))
    row.pk, row.valid_from, row.settings = None, date(2027, 1, 1), {"own_filing": True}
    row.save()
    assert selectors.setting(ids["vh-x"], "own_filing", DAY) is False
    assert selectors.setting(ids["vh-x"], "own_filing", date(2027, 1, 1)) is True


@pytest.mark.parametrize(
    ("key", "agency"), [("tt-x", "x"), ("vh-y", "y"), ("x", "x"), ("tt-tinh", "vp-tinh"), ("so", "so")]
)
def test_agency_of_a_section(ids, key, agency):
    assert selectors.agency_of(ids[key], DAY).id == ids[agency]


def test_places_of_a_commune(ids):
    assert selectors.places(ids["x"], DAY) == {
        "authority": ids["x"], "office": ids["vp-x"], "section_economy": ids["kt-x"],
        "section_culture": ids["vh-x"], "center": ids["tt-x"],
    }  # fmt: skip


def test_places_of_a_commune_without_a_centre_point_to_the_provincial_one(ids):
    assert selectors.places(ids["y"], DAY)["center"] == ids["tt-tinh"]


def test_places_of_a_department_and_of_the_province(ids):
    assert selectors.places(ids["so"], DAY) == {"authority": ids["so"], "center": ids["tt-tinh"]}
    assert selectors.places(ids["tinh"], DAY) == {"authority": ids["tinh"], "center": ids["tt-tinh"]}


@pytest.mark.parametrize(
    ("authority", "field", "place"),
    [("x", "Hộ tịch", "vp-x"), ("x", "  bảo trợ xã hội", "vh-x"), ("x", "Đất đai", "kt-x"),
     ("y", "Thủy sản", "kt-y"), ("x", "Lĩnh vực lạ", "x"), ("so", "Đất đai", "so")],
)  # fmt: skip
def test_section_for_a_field(ids, authority, field, place):
    assert selectors.section_for(ids[authority], field, DAY) == ids[place]


def test_children_in_their_order_and_roots(ids):
    UnitVersion.objects.filter(unit_id=ids["vh-x"]).update(order=1)
    assert [u.key for u in selectors.children(ids["x"], DAY)] == ["vp-x", "kt-x", "tt-x", "vh-x"]
    assert [u.key for u in selectors.children(None, DAY)] == ["tinh"]
    assert [u.key for u in selectors.agencies(DAY, level="commune")] == ["x", "y"]


@pytest.mark.parametrize("written", ["H99.15", "000.00.15.H99", "h99.15"])
def test_unit_by_code_in_both_orders(ids, written):
    assert selectors.unit_by_code(written, DAY).id == ids["so"]
