"""Three tiers to 30/6/2025, two tiers after: codes handed on, units cut, trees of both shapes."""

from datetime import date

import pytest

from congvu.ground.orgs import selectors
from congvu.ground.orgs.errors import UnitNotFound
from tests.ground.orgs.build import territories

pytestmark = pytest.mark.django_db
A, B, C = date(2024, 12, 31), date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def ids():
    return territories()


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("10030", B, "Xã Đông Phương Yên"),
        ("10030", C, "Xã Phú Nghĩa"),
        ("10033", B, "Xã Phú Nghĩa"),
        ("10108", A, "Xã Hòa Chính"),
        ("10108", B, "Xã Hòa Phú"),
        ("10096", A, "Xã Đồng Phú"),
        ("10096", B, "Xã Hồng Phú"),
        ("10096", C, "Xã Hòa Phú"),
        ("10015", A, "Thị trấn Chúc Sơn"),
        ("10015", C, "Phường Chương Mỹ"),
        ("09955", C, "Xã Thạch Thất"),
        ("04930", B, "Xã Yên Bình"),
        ("04930", C, "Xã Yên Xuân"),
        ("20965", B, "Thị trấn Núi Thành"),
        ("20965", C, "Xã Núi Thành"),
        ("277", B, "Huyện Chương Mỹ"),
    ],
)
def test_a_code_means_the_unit_of_its_day(ids, code, on, name):
    assert selectors.unit_by_code(code, on).name == name


@pytest.mark.parametrize(("code", "on"), [("10033", C), ("277", C), ("9955", C), ("49", C), ("10093", B)])
def test_a_code_that_ended_or_lost_its_zero_names_nobody(ids, code, on):
    with pytest.raises(UnitNotFound, match=code):
        selectors.unit_by_code(code, on)


def test_same_name_and_code_is_still_another_unit(ids):
    assert selectors.unit_by_code("10003", A).name == selectors.unit_by_code("10003", B).name == "Xã Thạch Xá"
    assert selectors.unit_by_code("10003", A).id != selectors.unit_by_code("10003", B).id


def test_path_has_a_district_only_while_there_were_districts(ids):
    assert [u.name for u in selectors.path(ids["10030-a"], B)] == [
        "Thành phố Hà Nội", "Huyện Chương Mỹ", "Xã Đông Phương Yên",
    ]  # fmt: skip
    assert [u.name for u in selectors.path(ids["10030-c"], C)] == ["Thành phố Hà Nội", "Xã Phú Nghĩa"]


def test_unchanged_commune_stays_itself_under_another_province(ids):
    assert [u.name for u in selectors.path(ids["20992-a"], B)] == ["Tỉnh Quảng Nam", "Huyện Núi Thành", "Xã Tam Hải"]
    assert [u.name for u in selectors.path(ids["20992-a"], C)] == ["Thành phố Đà Nẵng", "Xã Tam Hải"]


@pytest.mark.parametrize(
    ("key", "on", "count"),
    [("h-277", A, 33), ("h-277", B, 31), ("h-276", A, 24), ("h-276", B, 21), ("h-517", B, 18), ("ha-noi", C, 15),
     ("da-nang", C, 7), ("quang-nam", A, 19)],
)  # fmt: skip
def test_subtree_counts_the_units_of_the_day_in_one_statement(ids, key, on, count, django_assert_num_queries):
    selectors.tree(on)
    with django_assert_num_queries(1):
        assert len(selectors.subtree(ids[key], on)) == count


def test_a_commune_cut_in_three_has_three_successors(ids):
    threads = selectors.successors(ids["09988-a"])
    assert {(t.successor_id, t.extent) for t in threads} == {
        (ids["04930-c"], "part"), (ids["09706-c"], "part"), (ids["09988-c"], "part"),
    }  # fmt: skip
    assert {t.on for t in threads} == {C}


def test_a_merged_commune_knows_what_it_was_made_of(ids):
    names = selectors.units([t.predecessor_id for t in selectors.predecessors(ids["10096-c"])], B)
    assert sorted(u.name for u in names.values()) == [
        "Xã Hòa Phú", "Xã Hồng Phú", "Xã Thượng Vực", "Xã Văn Võ", "Xã Đồng Lạc",
    ]  # fmt: skip


def test_unit_that_ended_is_not_there_the_day_after(ids):
    assert selectors.unit(ids["09988-a"], B).area_code == "09988"
    with pytest.raises(UnitNotFound):
        selectors.unit(ids["09988-a"], C)
