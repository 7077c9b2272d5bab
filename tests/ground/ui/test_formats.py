"""Vietnamese formats (design language, 5.2), expected values written by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.common.zones import at
from congvu.ground.ui import formats

DAY = date(2026, 11, 5)


def test_dates():
    assert formats.short_date(DAY) == "5/11/2026"
    assert formats.table_date(DAY) == "05/11/2026"
    assert formats.weekday_date(date(2026, 11, 19)) == "thứ Năm 19/11"
    assert formats.weekday_date(date(2026, 11, 22)) == "Chủ nhật 22/11"
    assert formats.document_date(date(2026, 11, 19)) == "ngày 19 tháng 11 năm 2026"
    assert formats.document_date(date(2027, 2, 3)) == "ngày 03 tháng 02 năm 2027"
    assert formats.document_date(date(2027, 3, 13)) == "ngày 13 tháng 3 năm 2027"


def test_moments_are_written_in_vietnamese_time():
    late = datetime(2026, 11, 18, 18, 5, tzinfo=UTC)
    assert formats.clock(late) == "1:05"
    assert formats.date_time(late) == "1:05 ngày 19/11/2026"
    assert formats.short_date(late) == "19/11/2026"
    assert formats.date_time(at(date(2026, 11, 19), 9, 5)) == "9:05 ngày 19/11/2026"
    with pytest.raises(ValueError):
        formats.clock(datetime(2026, 11, 19, 9, 5))


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1284, None, "1.284"),
        (0, None, "0"),
        (-1234567, None, "-1.234.567"),
        (98.6, 1, "98,6"),
        (98.65, 1, "98,7"),
        (Decimal("1234.50"), None, "1.234,50"),
        (1e16, 0, "10.000.000.000.000.000"),
    ],
)
def test_numbers(value, places, written):
    assert formats.number(value, places) == written


def test_money_percent_size():
    assert formats.money(25000) == "25.000\u00a0đ"
    assert formats.money(0) == "0\u00a0đ"
    assert formats.percent(98.6) == "98,6%"
    assert formats.size(999) == "999\u00a0B"
    assert formats.size(4_400) == "4\u00a0KB"
    assert formats.size(1_102_331) == "1,1\u00a0MB"


def test_codes_of_people():
    assert formats.mask_id("001095004471") == "••••\u00a04471"
    assert formats.mask_id("4471") == "••••"
    assert formats.phone("0900000147") == "0900 000 147"
    assert formats.phone("0900.000.147") == "0900 000 147"
    assert formats.phone("1022") == "1022"
    assert formats.phone("+84900000147") == "+84900000147"
    assert formats.phone_href("0200 000 000") == "0200000000"
    assert formats.initials("Trần Minh Quân") == "MQ"
    assert formats.initials("Hoa") == "H"
    assert formats.initials("") == ""


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_numbers_read_back(value):
    assert int(formats.number(value).replace(".", "")) == value


@given(st.text(max_size=20))
def test_a_mask_never_shows_more_than_four_digits(value):
    assert sum(c.isdigit() and c.isascii() for c in formats.mask_id(value)) <= 4
