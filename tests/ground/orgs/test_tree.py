"""The tree kept in the process: cheap while nothing changes, never older than the rows, whoever wrote them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction

from congvu.ground.orgs import selectors
from congvu.ground.orgs.errors import UnitNotFound
from congvu.ground.orgs.models import TreeRevision, Unit, UnitVersion
from tests.ground.orgs.build import START, province, unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


def name_of(unit_id: int) -> str:
    return selectors.unit(unit_id, DAY).name


def test_reading_again_costs_one_statement_and_any_number_of_questions_none(django_assert_num_queries):
    ids = province()
    with django_assert_num_queries(2):
        selectors.tree(DAY)
    with django_assert_num_queries(1):
        units = selectors.tree(DAY)
    with django_assert_num_queries(0):
        assert units.agency_of(ids["tt-x"]).id == ids["x"]
        assert units.path(ids["tt-x"])[0].id == ids["tinh"]
        assert units.subtree(ids["y"]) == {ids["y"], ids["vp-y"], ids["kt-y"], ids["vh-y"]}
        assert units.setting(ids["tt-x"], "own_filing") is True
        assert {unit.id for unit in units} == set(ids.values())


def test_every_way_of_writing_is_seen():
    ids = province()
    assert name_of(ids["x"]) == "x"
    UnitVersion.objects.filter(unit_id=ids["x"]).update(name="một")
    assert name_of(ids["x"]) == "một"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orgs_unitversion SET name = 'hai' WHERE unit_id = %s", [ids["x"]])
    assert name_of(ids["x"]) == "hai"
    Unit.objects.filter(id=ids["x"]).update(key="khoa-moi")
    assert selectors.unit(ids["x"], DAY).key == "khoa-moi"
    new = unit("z", "ubnd", "commune", ids["tinh"])
    assert new in selectors.subtree(ids["tinh"], DAY)
    UnitVersion.objects.filter(unit_id=new).delete()
    assert new not in selectors.subtree(ids["tinh"], DAY)


def test_what_was_rolled_back_is_forgotten():
    ids = province()
    assert name_of(ids["x"]) == "x"
    with transaction.atomic():
        UnitVersion.objects.filter(unit_id=ids["x"]).update(name="sắp hủy")
        assert name_of(ids["x"]) == "sắp hủy"
        transaction.set_rollback(True)
    assert name_of(ids["x"]) == "x"


def test_without_a_revision_nothing_is_kept(django_assert_num_queries):
    ids = province()
    TreeRevision.objects.all().delete()
    for _ in range(2):
        with django_assert_num_queries(2):
            assert name_of(ids["x"]) == "x"


def test_days_of_one_stretch_share_the_tree_and_name_their_own_day():
    ids = province()
    UnitVersion.objects.filter(unit_id=ids["y"]).update(valid_to=date(2026, 12, 31))
    assert selectors.unit(ids["y"], date(2026, 12, 31)).id == ids["y"]
    for day in (date(2027, 1, 1), date(2027, 5, 6)):
        with pytest.raises(UnitNotFound, match=day.strftime("%d/%m/%Y")):
            selectors.unit(ids["y"], day)
    with pytest.raises(UnitNotFound):
        selectors.path(ids["x"], date(2025, 6, 30))
    assert selectors.path(ids["x"], START)[-1].id == ids["x"]
