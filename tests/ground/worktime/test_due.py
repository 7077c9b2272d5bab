"""The five budgets, with every expected moment worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from congvu.ground.worktime import rules
from congvu.ground.worktime.errors import NoWorkingTime
from congvu.ground.worktime.types import Budget, Calendar, Cause, DayKind, DayRule
from tests.ground.worktime.values import d, m


def due(start, budget, calendar, **settings):
    return rules.due(m(start), Budget.parse(budget), calendar, **settings).due


@pytest.mark.parametrize(
    ("start", "budget", "end"),
    [
        ("9:00 19/11/2026", "3wd", "9:00 25/11/2026"),  # 24/11 is off
        ("9:07 19/11/2026", "3wd", "9:15 25/11/2026"),
        ("9:15 19/11/2026", "3wd", "9:15 25/11/2026"),
        ("15:20 19/11/2026", "3wd", "15:30 25/11/2026"),  # 15:00 never moves working days
        ("16:50 19/11/2026", "1wd", "17:00 20/11/2026"),
        ("12:10 19/11/2026", "1wd", "12:15 20/11/2026"),
        ("7:00 19/11/2026", "1wd", "7:30 20/11/2026"),  # before opening: the day's opening
        ("18:20 19/11/2026", "1wd", "17:00 20/11/2026"),  # after closing: received that day
        ("23:59 19/11/2026", "1wd", "17:00 20/11/2026"),
        ("9:00 21/11/2026", "3wd", "9:00 26/11/2026"),  # Saturday: Mon 23, Wed 25, Thu 26
        ("9:00 22/11/2026", "1wd", "9:00 23/11/2026"),
        ("9:00 24/11/2026", "1wd", "9:00 25/11/2026"),  # received on a holiday
        ("9:00 13/2/2026", "1wd", "9:00 23/2/2026"),  # over Tết
        ("9:00 12/2/2026", "5wd", "9:00 26/2/2026"),
        ("10:00 9/1/2026", "2wd", "10:00 12/1/2026"),  # Sat 10/1 works
        ("10:00 10/1/2026", "1wd", "10:00 12/1/2026"),  # received on a working Saturday
        ("10:00 21/8/2026", "7wd", "10:00 3/9/2026"),  # 22, 24-28/8 = 6, then 31/8-2/9 off, 3/9
        ("10:00 26/4/2024", "3wd", "10:00 4/5/2024"),  # Thu 2, Fri 3, Sat 4/5
        ("9:00 2/2/2027", "2wd", "9:00 11/2/2027"),
    ],
)
def test_working_days(vn, start, budget, end):
    assert due(start, budget, vn) == m(end)


@pytest.mark.parametrize(
    ("start", "settings", "end"),
    [
        ("9:07 19/11/2026", {"until": "close"}, "17:00 25/11/2026"),
        ("18:20 19/11/2026", {"outside": "next"}, "7:30 26/11/2026"),  # received Fri 20: 23, 25, 26
        ("16:59 19/11/2026", {"outside": "next"}, "17:00 25/11/2026"),
        ("18:20 20/11/2026", {"outside": "next"}, "7:30 26/11/2026"),  # received Sat 21: 23, 25, 26
        ("18:20 19/11/2026", {"outside": "next", "until": "close"}, "17:00 26/11/2026"),
    ],
)
def test_settings_of_a_unit(vn, start, settings, end):
    assert due(start, "3wd", vn, **settings) == m(end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("7:00 19/11/2026", "17:00 19/11/2026"),
        ("14:59 19/11/2026", "17:00 19/11/2026"),
        ("15:00 19/11/2026", "17:00 19/11/2026"),
        ("15:01 19/11/2026", "17:00 20/11/2026"),
        ("15:01 20/11/2026", "17:00 23/11/2026"),
        ("16:00 23/11/2026", "17:00 25/11/2026"),
        ("8:00 21/11/2026", "17:00 23/11/2026"),  # Saturday morning reception
        ("8:00 10/1/2026", "17:00 10/1/2026"),  # a swapped Saturday works
        ("15:30 13/2/2026", "17:00 23/2/2026"),
    ],
)
def test_same_day(vn, start, end):
    assert due(start, "sd", vn) == m(end)


@pytest.mark.parametrize(
    ("start", "budget", "end"),
    [
        ("7:30 19/11/2026", "8wh", "17:00 19/11/2026"),
        ("9:00 19/11/2026", "8wh", "9:00 20/11/2026"),
        ("16:00 23/11/2026", "2wh", "8:30 25/11/2026"),
        ("10:30 19/11/2026", "2wh", "14:00 19/11/2026"),
        ("12:00 19/11/2026", "1wh", "14:00 19/11/2026"),
        ("6:00 19/11/2026", "0.5wh", "8:00 19/11/2026"),
        ("8:00 21/11/2026", "4wh", "11:30 23/11/2026"),
        ("16:00 13/2/2026", "8wh", "16:00 23/2/2026"),
        ("16:00 9/1/2026", "8wh", "16:00 10/1/2026"),
        ("16:00 25/4/2025", "20wh", "10:30 29/4/2025"),  # 1 + Sat 8 + Mon 8 + 3: 7:30-10:30
    ],
)
def test_working_hours(vn, start, budget, end):
    assert due(start, budget, vn) == m(end)


@pytest.mark.parametrize(
    ("start", "budget", "end"),
    [
        ("9:00 19/11/2026", "1d", "17:00 20/11/2026"),
        ("9:00 19/11/2026", "2d", "17:00 23/11/2026"),  # Saturday: next working day
        ("9:00 19/11/2026", "5d", "17:00 25/11/2026"),  # 24/11
        ("9:00 19/1/2026", "30d", "17:00 23/2/2026"),  # 18/2 is mùng 2
        ("9:00 8/1/2026", "2d", "17:00 10/1/2026"),  # a swapped Saturday works
        ("9:00 21/11/2026", "30d", "17:00 21/12/2026"),
    ],
)
def test_calendar_days(vn, start, budget, end):
    assert due(start, budget, vn) == m(end)


def test_clock_hours_do_not_ask_the_calendar(vn):
    assert due("16:00 13/2/2026", "4h", vn) == m("20:00 13/2/2026")
    assert due("16:00 31/12/2026", "48h", vn) == m("16:00 2/1/2027")


def test_saturday_morning_reception_counts_as_received_and_says_so(vn):
    answer = rules.due(m("8:30 21/11/2026"), Budget.parse("1wd"), vn)
    assert answer.due == m("8:30 23/11/2026")
    assert answer.explain[0].text == (
        "Tiếp nhận 8:30 thứ Bảy 21/11/2026 là ngày nghỉ: vẫn tính là đã nhận, đếm từ ngày làm việc đầu tiên sau đó."
    )


def test_explanation_of_the_design_example(vn):
    answer = rules.due(m("9:00 19/11/2026"), Budget.parse("3wd"), vn)
    assert [step.text for step in answer.explain] == [
        "Tiếp nhận 9:00 thứ Năm 19/11/2026; ngày tiếp nhận không tính.",
        "Thứ Ba 24/11/2026: nghỉ lễ, Ngày Văn hóa Việt Nam.",
        "Hết thời hạn 3 ngày làm việc: 9:00 thứ Tư 25/11/2026.",
    ]
    assert answer.explain[1].basis == "Nghị quyết 28/2026/QH16"
    assert not answer.provisional


def test_same_day_says_which_side_of_the_cut_off(vn):
    assert [s.text for s in rules.due(m("15:01 23/11/2026"), Budget.parse("sd"), vn).explain] == [
        "Tiếp nhận 15:01 thứ Hai 23/11/2026.",
        "Trong ngày (nhận sau 15:00).",
        "Thứ Ba 24/11/2026: nghỉ lễ, Ngày Văn hóa Việt Nam.",
        "Hết thời hạn trong ngày: 17:00 thứ Tư 25/11/2026.",
    ]
    assert rules.due(m("15:00 23/11/2026"), Budget.parse("sd"), vn).explain[1].text == "Trong ngày (nhận trước 15:00)."


def test_years_not_decreed_are_said(vn):
    provisional = rules.due(m("9:00 31/12/2026"), Budget.parse("1wd"), vn)
    assert provisional.provisional
    assert "Lịch nghỉ năm 2027 là dự kiến, chưa có quyết định; hạn có thể thay đổi." in [
        s.text for s in provisional.explain
    ]
    unknown = rules.due(m("9:00 31/12/2027"), Budget.parse("1wd"), vn)
    assert unknown.due == m("9:00 3/1/2028")
    assert unknown.provisional
    assert "Chưa có lịch nghỉ lễ năm 2028; mới trừ ngày nghỉ hằng tuần." in [s.text for s in unknown.explain]
    assert not rules.due(m("9:00 31/12/2026"), Budget.parse("4h"), vn).provisional


def test_half_day_is_a_working_day_that_closes_early(vn):
    eve = DayRule(d("20/11/2026"), DayKind.HALF, Cause.LOCAL, "họp mặt", "Thông báo 1/TB", None, "morning")
    half = Calendar("h", "h", {**vn.rules, eve.day: eve}, vn.weeks, vn.same_day, vn.years)
    assert half.intervals(eve.day) == vn.intervals(eve.day)[:1]
    assert due("16:00 19/11/2026", "1wd", half) == m("11:30 20/11/2026")
    assert due("9:00 19/11/2026", "1wd", half) == m("9:00 20/11/2026")
    assert due("10:00 20/11/2026", "sd", half) == m("11:30 20/11/2026")
    assert due("13:00 20/11/2026", "sd", half) == m("17:00 23/11/2026")
    assert due("16:00 19/11/2026", "8wh", half) == m("10:30 23/11/2026")


def test_between_counts_office_time_only(vn):
    assert rules.working_time_between(m("16:00 23/11/2026"), m("8:30 25/11/2026"), vn) == timedelta(hours=2)
    assert rules.working_time_between(m("8:30 25/11/2026"), m("16:00 23/11/2026"), vn) == -timedelta(hours=2)
    assert rules.remaining(m("18:00 20/11/2026"), m("7:00 23/11/2026"), vn) == timedelta()
    assert rules.working_days_between(d("19/11/2026"), d("25/11/2026"), vn) == 3
    assert rules.working_days_between(d("25/11/2026"), d("19/11/2026"), vn) == -3


def test_a_calendar_without_hours_is_refused_not_searched_for_ever(vn):
    empty = Calendar("none", "Lịch trống")
    for budget in ("1wd", "1wh", "1d"):
        with pytest.raises(NoWorkingTime, match="Lịch trống"):
            due("9:00 19/11/2026", budget, empty)
    with pytest.raises(NoWorkingTime):
        due("9:00 19/11/2026", "sd", empty)


def test_a_naive_moment_is_a_mistake(vn):
    with pytest.raises(ValueError, match="naive"):
        rules.due(datetime(2026, 11, 19, 9), Budget.parse("1wd"), vn)


def test_a_supposed_day_is_not_answered_from_what_was_asked_before(vn):
    day = date(2026, 11, 25)
    assert vn.is_working(day)
    supposed = replace(vn, rules={**vn.rules, day: DayRule(day, DayKind.OFF, Cause.LOCAL, "Ngày hội")})
    assert not supposed.is_working(day)
    assert vn.is_working(day)
