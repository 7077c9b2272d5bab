"""Every cross-check of the forms, with cases made by hand. Each case changes complete answers a little.

The day is 21 November 2026: sixty days before it is 22 September, fifteen days before it 6 November.
"""

from __future__ import annotations

from datetime import date

import pytest

from congvu.engines.forms import selectors
from congvu.engines.forms.rules import days

from .cases import (
    BIRTH_CASES,
    BUSINESS_CASES,
    CARD,
    CASES,
    DEATH_CASES,
    DIVORCED,
    ERROR,
    EXTRACT_CASES,
    FINE,
    IN_OTHER_TESTS,
    OTHER_HOME,
    STATUS_CASES,
    WARNING,
    status,
)
from .samples import FORMS, HOME, OTHER_ID, SAMPLES, check, codes, person


def verdict(key, change, rule, facts=None):
    answers = {name: value for name, value in {**SAMPLES[key], **change}.items() if value is not None}
    result = check(key, answers, facts=facts)
    return ERROR if rule in codes(result.problems) else WARNING if rule in codes(result.warnings) else FINE


@pytest.mark.parametrize(("rule", "change", "expected"), BIRTH_CASES)
def test_birth(rule, change, expected):
    assert verdict("khai-sinh", change, rule) == expected


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        ("other_birth", {"mothers_other_birth": "2026-04-06"}, WARNING),
        ("other_birth", {"mothers_other_birth": "2026-04-05"}, FINE),
        ("other_birth", {"mothers_other_birth": "2026-11-05"}, FINE),
        ("other_birth", {}, FINE),
        ("home_town_of", {"father_home_town": OTHER_HOME}, WARNING),
        ("home_town_of", {"father_home_town": OTHER_HOME, "mother_home_town": HOME}, FINE),
        ("home_town_of", {}, FINE),
    ],
)
def test_birth_against_registers(rule, facts, expected):
    assert verdict("khai-sinh", {}, rule, facts) == expected


@pytest.mark.parametrize(
    ("rule", "change", "expected"),
    [
        ("requester_card_kind", {"requester_id_type": "cccd"}, ERROR),
        ("requester_card_kind", CARD, FINE),
        ("requester_card_kind", {**CARD, "requester_id_issued_by": "Bộ  công an"}, FINE),
        ("requester_old_paper", {"requester_id_type": "cmnd", "requester_id_issued_on": "2022-01-01"}, ERROR),
        ("requester_old_paper", {"requester_id_type": "cmnd", "requester_id_issued_on": "2021-12-31"}, FINE),
        ("requester_paper_number", {"requester_id_type": "cmnd", "requester_id_number": "1234567890"}, ERROR),
        ("requester_paper_number", {"requester_id_type": "cmnd", "requester_id_number": "123 456 789"}, FINE),
        ("requester_paper_number", {"requester_id_type": "ho_chieu", "requester_id_number": "C1234567"}, FINE),
        ("requester_paper_number", {"requester_id_type": "ho_chieu", "requester_id_number": "C-1"}, ERROR),
        ("requester_card_number", {"requester_id_number": OTHER_ID}, ERROR),
        ("requester_number_place", person("requester", "003195000147"), WARNING),
        ("requester_number_place", person("requester", "001195000147"), FINE),
    ],
)
def test_identity_papers(rule, change, expected):
    assert verdict("generic", change, rule) == expected


@pytest.mark.parametrize(("rule", "change", "expected"), STATUS_CASES)
def test_marital_status(rule, change, expected):
    assert verdict("tinh-trang-hon-nhan", change, rule) == expected


@pytest.mark.parametrize(
    ("rule", "change", "facts", "expected"),
    [
        ("status_married_on_record", {}, {"married_on_record": True}, ERROR),
        ("status_married_on_record", {}, {"married_on_record": False}, FINE),
        ("status_married_on_record", {}, {}, FINE),
        ("status_married_on_record", status("1"), {"married_on_record": True}, FINE),
        ("divorce_then_married", DIVORCED, {"last_marriage_on": "2023-01-01"}, ERROR),
        ("divorce_then_married", DIVORCED, {"last_marriage_on": "2015-01-01"}, FINE),
    ],
)
def test_marital_status_against_registers(rule, change, facts, expected):
    assert verdict("tinh-trang-hon-nhan", change, rule, facts) == expected


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("1", {"spouse_name", "marriage_no", "marriage_on", "marriage_by"}),
        ("2", set()),
        ("3", {"divorce_no", "divorce_on", "divorce_by"}),
        ("4", {"death_paper_no", "death_paper_on", "death_paper_by"}),
        ("5", {"single_from", "single_to", "spouse_name", "marriage_no", "marriage_on", "marriage_by"}),
        ("6", {"status_text"}),
    ],
)
def test_each_status_opens_its_own_lines(code, asked):
    problems = check("tinh-trang-hon-nhan", {**SAMPLES["tinh-trang-hon-nhan"], "status": code}).problems
    assert {problem.field for problem in problems} == asked


def test_a_foreign_partner_must_be_named():
    problems = check("tinh-trang-hon-nhan", {**SAMPLES["tinh-trang-hon-nhan"], "purpose": "4"}).problems
    assert [problem.field for problem in problems] == ["partner_name", "partner_nationality"]


@pytest.mark.parametrize(("rule", "change", "expected"), EXTRACT_CASES)
def test_extract(rule, change, expected):
    assert verdict("trich-luc", change, rule) == expected


def test_eleven_kinds_of_extract_and_fee_by_number():
    kinds = next(field for _p, _g, field in FORMS["trich-luc"].fields() if field.key == "kind")
    assert len(kinds.choices) == 11
    assert check("trich-luc", SAMPLES["trich-luc"]).values["fee"] == "24.000 đ"


@pytest.mark.parametrize(("rule", "change", "expected"), DEATH_CASES)
def test_death(rule, change, expected):
    assert verdict("khai-tu", change, rule) == expected


@pytest.mark.parametrize(
    ("rule", "change", "facts", "expected"),
    [
        ("on_record", {}, {"death_on_record": True}, ERROR),
        ("on_record", {}, {}, FINE),
        ("death_now", {"death_date": "2026-11-21"}, {"clock": "04:29"}, ERROR),
        ("death_now", {"death_date": "2026-11-21"}, {"clock": "04:30"}, FINE),
        ("death_now", {"death_date": "2026-11-21", "death_hour": None}, {"clock": "00:00"}, FINE),
        ("death_now", {}, {"clock": "00:00"}, FINE),
    ],
)
def test_death_against_clock_and_register(rule, change, facts, expected):
    assert verdict("khai-tu", change, rule, facts) == expected


def test_no_notice_is_a_legal_state():
    answers = {name: value for name, value in SAMPLES["khai-tu"].items() if not name.startswith(("notice_", "paper_"))}
    assert check("khai-tu", {**answers, "notice_kind": "0"}).ok


@pytest.mark.parametrize(("rule", "change", "expected"), BUSINESS_CASES)
def test_business(rule, change, expected):
    assert verdict("ho-kinh-doanh", change, rule) == expected


def test_population_lines_are_asked_only_when_the_link_is_down():
    down = check("ho-kinh-doanh", {**SAMPLES["ho-kinh-doanh"], "data_link_down": True})
    assert [problem.field for problem in down.problems] == [
        "owner_ethnicity",
        "owner_nationality",
        "owner_permanent",
        "owner_current",
    ]


def test_no_fixed_place_drops_the_premises_pledge():
    answers = {**SAMPLES["ho-kinh-doanh"], "no_fixed_place": True, "pledge_place": None}
    assert check("ho-kinh-doanh", answers).ok


def test_presumptive_tax_may_be_chosen_only_until_its_last_day():
    answers = {**SAMPLES["ho-kinh-doanh"], "vat_method": "khoan"}
    assert check("ho-kinh-doanh", answers, today=date(2025, 12, 31)).ok
    (problem,) = check("ho-kinh-doanh", answers).problems
    assert "đến hết ngày 31/12/2025" in problem.message


@pytest.mark.parametrize("key", sorted(CASES))
def test_every_rule_has_a_case(key):
    tried = {rule for rule, _change, _expected in CASES[key]} | IN_OTHER_TESTS
    blocks = ("_number_place", "_card_kind", "_old_paper", "_paper_number", "_card_number")
    assert [rule.key for rule in FORMS[key].rules if rule.key not in tried and not rule.key.endswith(blocks)] == []


def test_problems_name_the_limit_in_the_applicants_words():
    (problem,) = check("khai-sinh", {**SAMPLES["khai-sinh"], "child_dob": "2026-09-01"}).problems
    assert problem.field == "child_dob"
    assert problem.message.startswith("Đã quá 60 ngày kể từ ngày sinh (hạn 31/10/2026); chọn “Đăng ký quá hạn”")


def test_a_rule_speaks_on_the_last_page_it_needs():
    answers = {**SAMPLES["khai-sinh"], "child_name": "Trần An Nhiên"}
    assert check("khai-sinh", answers, page="nguoi-duoc-khai-sinh").warnings == ()
    assert codes(check("khai-sinh", answers, page="cha-me").warnings) == ["surname"]


def test_clerk_checks_follow_the_answers():
    keys = [item.key for item in selectors.clerk_checks(FORMS["khai-sinh"], SAMPLES["khai-sinh"])]
    assert keys == ["marriage_record", "siblings", "home_town"]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 5, 15), 7, date(2026, 12, 15)),
        (date(2026, 6, 30), 8, date(2027, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
    ],
)
def test_months_later(day, months, later):
    assert days.months_later(day, months) == later


def test_years_of_a_leap_day_are_complete_on_the_first_of_march():
    assert days.years_later(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert days.years_later(date(2008, 2, 29), 20) == date(2028, 2, 29)
