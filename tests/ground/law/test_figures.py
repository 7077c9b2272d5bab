"""Figures of law: dated, added, never changed."""

from __future__ import annotations

from datetime import date

import pytest

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.domains.dossiers.figures import DRAFT_DAYS, SUPPLEMENT_WITHIN
from congvu.engines.deadlines.figures import SOON_DAYS, SOON_SHARE
from congvu.ground.audit.models import Entry
from congvu.ground.law import selectors, services
from congvu.ground.law.models import Figure
from tests.marks import refuses

pytestmark = pytest.mark.django_db
ADMIN = Actor(kind=ActorKind.STAFF, name="Lò Thị Mây", user_id=1, roles=frozenset({"admin"}))
CLERK = Actor(kind=ActorKind.STAFF, name="Vừ A Dếnh", user_id=2, roles=frozenset({"clerk"}))
NEW = {"value": "2wd", "valid_from": date(2027, 1, 1), "legal_basis": "Điều 5 Nghị định 9/2026/NĐ-CP"}


def test_what_was_in_two_tables_is_in_one():
    shipped = dict(Figure.objects.values_list("key", "value"))
    expected = {
        "supplement_within": "3wd", "supplement_answer": "15wd", "online_answer": "8wh", "draft_days": "30",
        "extension_lead_days": "1", "extension_most": "1", "chip_soon_share": "20", "chip_soon_days": "1",
    }  # fmt: skip
    assert {key: shipped[key] for key in expected} == expected
    day = date(2026, 11, 19)
    assert str(selectors.figure(SUPPLEMENT_WITHIN, day)) == "3wd"
    assert [selectors.figure(key, day) for key in (SOON_SHARE, SOON_DAYS, DRAFT_DAYS)] == [20, 1, 30]
    known = {view.key: view.current.compared for view in selectors.figures(day)}
    assert known["supplement_within"].by == "Dữ liệu đi kèm chương trình"
    assert known["supplement_answer"] is None


def test_a_new_value_holds_from_its_day_and_the_old_one_before():
    services.set_figure(ADMIN, "supplement_within", **NEW)
    assert str(selectors.figure(SUPPLEMENT_WITHIN, date(2026, 12, 31))) == "3wd"
    assert str(selectors.figure(SUPPLEMENT_WITHIN, date(2027, 1, 1))) == "2wd"
    (view,) = [v for v in selectors.figures(date(2026, 11, 22)) if v.key == "supplement_within"]
    new, old = view.rows
    assert (new.value, new.current, new.valid_to, new.compared) == ("2wd", False, None, None)
    assert (old.value, old.current, old.valid_to) == ("3wd", True, date(2026, 12, 31))
    detail = Entry.objects.get(verb="law.set_figure").detail
    assert (detail["figure"], detail["value"], detail["valid_from"]) == ("supplement_within", "2wd", "2027-01-01")


def test_a_slip_is_mended_by_saying_it_again():
    services.set_figure(ADMIN, "supplement_within", **{**NEW, "value": "20wd"})
    services.set_figure(ADMIN, "supplement_within", **NEW)
    assert str(selectors.figure(SUPPLEMENT_WITHIN, date(2027, 1, 1))) == "2wd"
    (view,) = [v for v in selectors.figures(date(2027, 1, 1)) if v.key == "supplement_within"]
    assert [(row.value, row.replaced) for row in view.rows] == [("2wd", False), ("20wd", True), ("3wd", False)]


@refuses("law.set_figure")
@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"value": "ba ngày"}, ["value"]),
        ({"value": ""}, ["value"]),
        ({"value": "3" * 60}, ["value"]),
        ({"valid_from": None}, ["valid_from"]),
        ({"valid_from": date(1945, 9, 2)}, ["valid_from"]),
        ({"legal_basis": " "}, ["legal_basis"]),
        ({"value": "0wd", "valid_from": None, "legal_basis": "x" * 301}, ["value", "valid_from", "legal_basis"]),
    ],
)
def test_a_wrong_value_is_refused_field_by_field(changes, fields):
    before = Figure.objects.count()
    with pytest.raises(Invalid) as refused:
        services.set_figure(ADMIN, "supplement_within", **{**NEW, **changes})
    assert [problem.field for problem in refused.value.problems] == fields
    assert (Figure.objects.count(), Entry.objects.count()) == (before, 0)


@refuses("law.set_figure")
def test_only_administrators_set_figures_and_only_those_a_rule_reads():
    before = Figure.objects.count()
    with pytest.raises(Forbidden):
        services.set_figure(CLERK, "supplement_within", **NEW)
    with pytest.raises(NotFound):
        services.set_figure(ADMIN, "no_such_figure", **NEW)
    assert Figure.objects.count() == before


def test_statements(django_assert_num_queries):
    with django_assert_num_queries(1):
        selectors.figure(SUPPLEMENT_WITHIN, date(2026, 11, 19))
    with django_assert_num_queries(2):
        selectors.figures(date(2026, 11, 19))
