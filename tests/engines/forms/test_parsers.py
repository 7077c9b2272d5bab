"""Dates, personal numbers and words under random input."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.engines.forms import cccd, dates, places
from congvu.engines.forms.words import date_in_words, number_in_words, sentence


def outcome(refusal, call, *args, **named):
    """What the call gives, or how it refuses; any other exception fails the test."""
    try:
        return call(*args, **named)
    except refusal as refused:
        return refused


DAYS = st.dates(date(1927, 1, 1), date(2026, 11, 21))


@given(DAYS, st.sampled_from(["{d}/{m}/{y}", "{d}.{m}.{y}", "{d}-{m}-{y}", "{d:02d}{m:02d}{y}", "{y}-{m:02d}-{d:02d}"]))
def test_every_way_of_writing_a_day(day, shape):
    text = shape.format(d=day.day, m=day.month, y=day.year)
    assert dates.read_text(text, latest_year=2026) == day


@given(DAYS)
def test_two_digit_years_mean_the_latest_possible(day):
    text = f"{day.day}/{day.month}/{day.year % 100:02d}"
    assert dates.read_text(text, latest_year=2026) == day


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_three_boxes_give_a_day_or_say_which_box(day, month, year):
    found = outcome(dates.BadDate, dates.read_parts, day, month, year, latest_year=2026)
    if isinstance(found, dates.BadDate):
        assert str(found)
        assert found.part in ("", "d", "m", "y")
    else:
        assert date(1000, 1, 1) <= found <= date(9999, 12, 31)


@given(st.text(max_size=20))
def test_partial_dates_are_years_or_days_and_never_january_by_silence(text):
    try:
        value = dates.read_partial(text, latest_year=2026)
    except dates.BadDate:
        return
    assert len(value) in (4, 10)
    assert dates.earliest(value) <= dates.latest(value)
    assert len(value) == 10 or dates.earliest(value) != dates.latest(value)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused_in_words(text):
    found = outcome(cccd.BadNumber, cccd.read, text)
    if isinstance(found, cccd.BadNumber):
        assert str(found)
    else:
        assert len(found) == 12
        assert found.isascii()
        assert found.isdecimal()


@given(DAYS, st.sampled_from(["nam", "nu"]), st.integers(0, 999_999))
def test_a_number_says_sex_and_year(day, sex, rest):
    digit = 2 * ((day.year - 1900) // 100) + (sex == "nu")
    digits = f"099{digit}{day.year % 100:02d}{rest:06d}"
    facts = cccd.facts(digits)
    assert (facts.sex, facts.birth_year, facts.prefix) == (sex, day.year, "099")
    cccd.check_birth_year(digits, 2026)


@pytest.mark.parametrize(
    ("prefix", "known"), [("001", True), ("096", True), ("003", False), ("000", False), ("101", True)]
)
def test_unknown_provinces_are_told_and_countries_pass(prefix, known):
    assert cccd.facts(f"{prefix}195000147").known_place is known


def test_registered_provinces_are_known():
    assert cccd.facts("099195000147", frozenset({"099"})).known_place


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1005, "một nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (1_000_000, "một triệu"),
        (1_505_000, "một triệu năm trăm linh năm nghìn"),
        (150_500_000, "một trăm năm mươi triệu năm trăm nghìn"),
        (2_000_000_001, "hai tỷ không trăm linh một"),
        (10**12, "một nghìn tỷ"),
    ],
)
def test_numbers_in_words(number, words):
    assert number_in_words(number) == words


def test_words_of_a_negative_number_are_refused():
    with pytest.raises(ValueError):
        number_in_words(-1)


@given(st.integers(0, 10**15))
def test_words_are_never_empty_nor_double_spaced(number):
    words = number_in_words(number)
    assert words
    assert words == " ".join(words.split())


def test_a_date_in_words():
    assert date_in_words(date(2026, 4, 1)) == "ngày một tháng tư năm hai nghìn không trăm hai mươi sáu"
    assert sentence("ngày một") == "Ngày một"


def test_national_places():
    national = [place for place in places.provinces() if place.code != "99"]
    assert len(national) == 34
    assert sum(len(place.communes) for place in national) == 3321
    assert places.province("01").name == "Thành phố Hà Nội"
    assert places.communes("no such") == ()
    assert places.commune("01", "99001") is None


def test_registered_places_come_first():
    assert places.provinces()[0].name == "Tỉnh Bình Lam"
    assert "099" in places.prefixes()
