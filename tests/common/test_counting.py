"""Figures asked together: each its own, one statement, none for what has no rows."""

from __future__ import annotations

import pytest

from congvu.common.counting import Counting, capped, reusable, totals
from congvu.ground.orgs.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def units() -> None:
    Unit.objects.bulk_create(Unit(key=f"don-vi-{n}") for n in range(5))


def named(*ends: str, most: int = 1001) -> Counting:
    return Counting.of(Unit.objects.filter(key__in=[f"don-vi-{end}" for end in ends]).values("id"), most)


def test_many_figures_cost_one_statement(django_assert_num_queries):
    asked = {"two": named("1", "3"), "nobody": named("9"), "none at all": Counting.of(Unit.objects.none()),
             "written": Counting("SELECT %s::int UNION ALL SELECT 5", (4,)), "like": named("%s", "0")}  # fmt: skip
    with django_assert_num_queries(1):
        found = totals(asked)
    assert found == {"two": 2, "nobody": 0, "none at all": 0, "written": 2, "like": 1}


def test_counted_no_further_than_asked(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert named("0", "1", "2", "3", most=3).now() == 3


def test_what_has_no_rows_is_not_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert (Counting.of(Unit.objects.none()).now(), totals({})) == (0, {})


def test_a_kept_statement_gives_the_figure_of_now_and_other_arguments_another_statement():
    made = []

    @reusable
    def of(end: str) -> Counting:
        made.append(end)
        return named(end, "9")

    assert (of("1").now(), of("2").now()) == (1, 1)
    Unit.objects.create(key="don-vi-9")
    Unit.objects.filter(key="don-vi-2").delete()
    assert (of("1").now(), of("2").now(), made) == (2, 1, ["1", "2"])


def test_a_figure_says_that_there_are_more():
    assert [capped(n) for n in (0, 999, 1000, 1001)] == ["0", "999", "1.000", "1.000+"]
