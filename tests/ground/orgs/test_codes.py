"""Agency codes in both orders."""

import pytest

from congvu.ground.orgs.codes import lowest_first, normal_code


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("H26.145.12", "H26.145.12"),
        ("000.00.15.H26", "H26.15"),
        ("000.00.00.H56", "H56"),
        ("012.05.15.H26", "H26.15.05.012"),
        (" h99.101 ", "H99.101"),
        ("H99.010.05", "H99.010.05"),
        ("", ""),
    ],
)
def test_normal_code_reads_both_orders_and_keeps_zeros(written, normal):
    assert normal_code(written) == normal


@pytest.mark.parametrize(
    ("code", "old"),
    [("H26.15", "000.00.15.H26"), ("H56", "000.00.00.H56"), ("H26.15.05.012", "012.05.15.H26"),
     ("H26.145.12", "H26.145.12")],
)  # fmt: skip
def test_lowest_first_where_the_old_form_has_room(code, old):
    assert lowest_first(code) == old
    assert normal_code(old) == code
