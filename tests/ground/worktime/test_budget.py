"""Reading and writing budgets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.common.errors import Invalid
from congvu.ground.worktime.types import Budget, BudgetUnit


@pytest.mark.parametrize(
    ("text", "written", "words"),
    [
        ("3wd", "3wd", "3 ngày làm việc"), ("8wh", "8wh", "8 giờ làm việc"), ("sd", "sd", "trong ngày"),
        ("30d", "30d", "30 ngày"), ("4h", "4h", "4 giờ"), (" 3WD ", "3wd", "3 ngày làm việc"),
        ("2.5wh", "2.5wh", "2,5 giờ làm việc"), ("2,50wh", "2.5wh", "2,5 giờ làm việc"), ("100d", "100d", "100 ngày"),
    ],
)  # fmt: skip
def test_parse_and_write(text, written, words):
    budget = Budget.parse(text)
    assert (str(budget), budget.words) == (written, words)
    assert Budget.parse(written) == budget


@pytest.mark.parametrize(
    "text",
    ["", "3", "wd", "3 ngày", "-3wd", "0wd", "0h", "1.5wd", "0.1wh", "3wdd", "9999999wd", "2501wd", "99999d", "٣wd",
     "1e3h", "3wd\x00", "nan", "x" * 10_000],
)  # fmt: skip
def test_what_is_no_budget_is_refused_with_its_field(text):
    with pytest.raises(Invalid) as refusal:
        Budget.parse(text)
    assert [p.field for p in refusal.value.problems] == ["budget"]
    assert len(refusal.value.message) < 200


@given(st.text(max_size=12))
def test_parse_answers_or_refuses(text):
    try:
        budget = Budget.parse(text)
    except Invalid:
        return
    assert Budget.parse(str(budget)) == budget


def test_units_are_not_mixed():
    assert Budget(BudgetUnit.DAYS, 1) != Budget(BudgetUnit.WORKING_DAYS, 1)
    assert Budget("sd", 7) == Budget.parse("sd")
