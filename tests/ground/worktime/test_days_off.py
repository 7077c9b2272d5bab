"""Every day off and every working Saturday of 2022–2027, typed by hand with its reason.

Each row: the last working day before, the special weekday, the next working day, a piece of the reason.
One working day from 9:00 of the day before must end on the day after, and say why.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from congvu.ground.worktime import rules, selectors
from congvu.ground.worktime.types import Budget, YearState
from tests.ground.worktime.values import d, m

DAYS_OFF = [
    ("31/12/2021", "3/1/2022", "4/1/2022", "nghỉ bù Tết Dương lịch cho thứ Bảy 1/1/2022"),
    ("28/1/2022", "31/1/2022", "7/2/2022", "nghỉ lễ, Tết Nguyên đán (29 tháng Chạp)"),
    ("28/1/2022", "1/2/2022", "7/2/2022", "nghỉ lễ, Tết Nguyên đán (mùng 1)"),
    ("28/1/2022", "2/2/2022", "7/2/2022", "nghỉ lễ, Tết Nguyên đán (mùng 2)"),
    ("28/1/2022", "3/2/2022", "7/2/2022", "nghỉ lễ, Tết Nguyên đán (mùng 3)"),
    ("28/1/2022", "4/2/2022", "7/2/2022", "nghỉ lễ, Tết Nguyên đán (mùng 4)"),
    ("8/4/2022", "11/4/2022", "12/4/2022", "nghỉ bù Giỗ Tổ Hùng Vương cho Chủ nhật 10/4/2022"),
    ("29/4/2022", "2/5/2022", "4/5/2022", "nghỉ bù Ngày Chiến thắng cho thứ Bảy 30/4/2022"),
    ("29/4/2022", "3/5/2022", "4/5/2022", "nghỉ bù Ngày Quốc tế lao động cho Chủ nhật 1/5/2022"),
    ("31/8/2022", "1/9/2022", "5/9/2022", "nghỉ lễ, Quốc khánh (ngày liền kề)"),
    ("31/8/2022", "2/9/2022", "5/9/2022", "nghỉ lễ, Quốc khánh"),
    ("30/12/2022", "2/1/2023", "3/1/2023", "nghỉ bù Tết Dương lịch cho Chủ nhật 1/1/2023"),
    ("19/1/2023", "20/1/2023", "27/1/2023", "nghỉ lễ, Tết Nguyên đán (29 tháng Chạp)"),
    ("19/1/2023", "23/1/2023", "27/1/2023", "nghỉ lễ, Tết Nguyên đán (mùng 2)"),
    ("19/1/2023", "24/1/2023", "27/1/2023", "nghỉ lễ, Tết Nguyên đán (mùng 3)"),
    ("19/1/2023", "25/1/2023", "27/1/2023", "nghỉ bù Tết Nguyên đán cho thứ Bảy 21/1/2023"),
    ("19/1/2023", "26/1/2023", "27/1/2023", "nghỉ bù Tết Nguyên đán cho Chủ nhật 22/1/2023"),
    ("28/4/2023", "1/5/2023", "4/5/2023", "nghỉ lễ, Ngày Quốc tế lao động"),
    ("28/4/2023", "2/5/2023", "4/5/2023", "nghỉ bù Giỗ Tổ Hùng Vương cho thứ Bảy 29/4/2023"),
    ("28/4/2023", "3/5/2023", "4/5/2023", "nghỉ bù Ngày Chiến thắng cho Chủ nhật 30/4/2023"),
    ("31/8/2023", "1/9/2023", "5/9/2023", "nghỉ lễ, Quốc khánh (ngày liền kề)"),
    ("31/8/2023", "4/9/2023", "5/9/2023", "nghỉ bù Quốc khánh cho thứ Bảy 2/9/2023"),
    ("29/12/2023", "1/1/2024", "2/1/2024", "nghỉ lễ, Tết Dương lịch"),
    ("7/2/2024", "8/2/2024", "15/2/2024", "nghỉ lễ, Tết Nguyên đán (29 tháng Chạp)"),
    ("7/2/2024", "9/2/2024", "15/2/2024", "nghỉ lễ, Tết Nguyên đán (30 tháng Chạp)"),
    ("7/2/2024", "12/2/2024", "15/2/2024", "nghỉ lễ, Tết Nguyên đán (mùng 3)"),
    ("7/2/2024", "13/2/2024", "15/2/2024", "nghỉ bù Tết Nguyên đán cho thứ Bảy 10/2/2024"),
    ("7/2/2024", "14/2/2024", "15/2/2024", "nghỉ bù Tết Nguyên đán cho Chủ nhật 11/2/2024"),
    ("17/4/2024", "18/4/2024", "19/4/2024", "nghỉ lễ, Giỗ Tổ Hùng Vương"),
    ("26/4/2024", "29/4/2024", "2/5/2024", "nghỉ hoán đổi, dịp 30/4 và 1/5, làm bù thứ Bảy 4/5/2024"),
    ("26/4/2024", "30/4/2024", "2/5/2024", "nghỉ lễ, Ngày Chiến thắng"),
    ("26/4/2024", "1/5/2024", "2/5/2024", "nghỉ lễ, Ngày Quốc tế lao động"),
    ("30/8/2024", "2/9/2024", "4/9/2024", "nghỉ lễ, Quốc khánh"),
    ("30/8/2024", "3/9/2024", "4/9/2024", "nghỉ lễ, Quốc khánh (ngày liền kề)"),
    ("31/12/2024", "1/1/2025", "2/1/2025", "nghỉ lễ, Tết Dương lịch"),
    ("24/1/2025", "27/1/2025", "3/2/2025", "nghỉ lễ, Tết Nguyên đán (28 tháng Chạp)"),
    ("24/1/2025", "28/1/2025", "3/2/2025", "nghỉ lễ, Tết Nguyên đán (29 tháng Chạp)"),
    ("24/1/2025", "29/1/2025", "3/2/2025", "nghỉ lễ, Tết Nguyên đán (mùng 1)"),
    ("24/1/2025", "30/1/2025", "3/2/2025", "nghỉ lễ, Tết Nguyên đán (mùng 2)"),
    ("24/1/2025", "31/1/2025", "3/2/2025", "nghỉ lễ, Tết Nguyên đán (mùng 3)"),
    ("4/4/2025", "7/4/2025", "8/4/2025", "nghỉ lễ, Giỗ Tổ Hùng Vương"),
    ("29/4/2025", "30/4/2025", "5/5/2025", "nghỉ lễ, Ngày Chiến thắng"),
    ("29/4/2025", "1/5/2025", "5/5/2025", "nghỉ lễ, Ngày Quốc tế lao động"),
    ("29/4/2025", "2/5/2025", "5/5/2025", "nghỉ hoán đổi, dịp 30/4 và 1/5, làm bù thứ Bảy 26/4/2025"),
    ("29/8/2025", "1/9/2025", "3/9/2025", "nghỉ lễ, Quốc khánh (ngày liền kề)"),
    ("29/8/2025", "2/9/2025", "3/9/2025", "nghỉ lễ, Quốc khánh"),
    ("31/12/2025", "1/1/2026", "5/1/2026", "nghỉ lễ, Tết Dương lịch"),
    ("31/12/2025", "2/1/2026", "5/1/2026", "nghỉ hoán đổi, dịp Tết Dương lịch, làm bù thứ Bảy 10/1/2026"),
    ("13/2/2026", "16/2/2026", "23/2/2026", "nghỉ lễ, Tết Nguyên đán (29 tháng Chạp)"),
    ("13/2/2026", "17/2/2026", "23/2/2026", "nghỉ lễ, Tết Nguyên đán (mùng 1)"),
    ("13/2/2026", "18/2/2026", "23/2/2026", "nghỉ lễ, Tết Nguyên đán (mùng 2)"),
    ("13/2/2026", "19/2/2026", "23/2/2026", "nghỉ lễ, Tết Nguyên đán (mùng 3)"),
    ("13/2/2026", "20/2/2026", "23/2/2026", "nghỉ lễ, Tết Nguyên đán (mùng 4)"),
    ("24/4/2026", "27/4/2026", "28/4/2026", "nghỉ bù Giỗ Tổ Hùng Vương cho Chủ nhật 26/4/2026"),
    ("29/4/2026", "30/4/2026", "4/5/2026", "nghỉ lễ, Ngày Chiến thắng"),
    ("29/4/2026", "1/5/2026", "4/5/2026", "nghỉ lễ, Ngày Quốc tế lao động"),
    ("28/8/2026", "31/8/2026", "3/9/2026", "nghỉ hoán đổi, dịp Quốc khánh, làm bù thứ Bảy 22/8/2026"),
    ("28/8/2026", "1/9/2026", "3/9/2026", "nghỉ lễ, Quốc khánh (ngày liền kề)"),
    ("28/8/2026", "2/9/2026", "3/9/2026", "nghỉ lễ, Quốc khánh"),
    ("23/11/2026", "24/11/2026", "25/11/2026", "nghỉ lễ, Ngày Văn hóa Việt Nam"),
]  # fmt: skip

PROVISIONAL_2027 = [
    ("31/12/2026", "1/1/2027", "4/1/2027", "nghỉ lễ, Tết Dương lịch (dự kiến)"),
    ("3/2/2027", "4/2/2027", "11/2/2027", "nghỉ lễ, Tết Nguyên đán (28 tháng Chạp) (dự kiến)"),
    ("3/2/2027", "5/2/2027", "11/2/2027", "nghỉ lễ, Tết Nguyên đán (29 tháng Chạp) (dự kiến)"),
    ("3/2/2027", "8/2/2027", "11/2/2027", "nghỉ lễ, Tết Nguyên đán (mùng 3) (dự kiến)"),
    ("3/2/2027", "9/2/2027", "11/2/2027", "nghỉ bù Tết Nguyên đán cho thứ Bảy 6/2/2027 (dự kiến)"),
    ("3/2/2027", "10/2/2027", "11/2/2027", "nghỉ bù Tết Nguyên đán cho Chủ nhật 7/2/2027 (dự kiến)"),
    ("15/4/2027", "16/4/2027", "19/4/2027", "nghỉ lễ, Giỗ Tổ Hùng Vương (dự kiến)"),
    ("29/4/2027", "30/4/2027", "4/5/2027", "nghỉ lễ, Ngày Chiến thắng (dự kiến)"),
    ("29/4/2027", "3/5/2027", "4/5/2027", "nghỉ bù Ngày Quốc tế lao động cho thứ Bảy 1/5/2027 (dự kiến)"),
    ("1/9/2027", "2/9/2027", "6/9/2027", "nghỉ lễ, Quốc khánh (dự kiến)"),
    ("1/9/2027", "3/9/2027", "6/9/2027", "nghỉ lễ, Quốc khánh (ngày liền kề) (dự kiến)"),
    ("23/11/2027", "24/11/2027", "25/11/2027", "nghỉ lễ, Ngày Văn hóa Việt Nam (dự kiến)"),
]  # fmt: skip

WORKING_SATURDAYS = [
    ("3/5/2024", "4/5/2024", "làm bù do hoán đổi, dịp 30/4 và 1/5, cho thứ Hai 29/4/2024; tính là ngày làm việc"),
    ("25/4/2025", "26/4/2025", "làm bù do hoán đổi, dịp 30/4 và 1/5, cho thứ Sáu 2/5/2025; tính là ngày làm việc"),
    ("9/1/2026", "10/1/2026", "làm bù do hoán đổi, dịp Tết Dương lịch, cho thứ Sáu 2/1/2026; tính là ngày làm việc"),
    ("21/8/2026", "22/8/2026", "làm bù do hoán đổi, dịp Quốc khánh, cho thứ Hai 31/8/2026; tính là ngày làm việc"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "day", "after", "reason"), DAYS_OFF + PROVISIONAL_2027)
def test_one_working_day_steps_over_the_day_off_and_says_why(vn, before, day, after, reason):
    answer = rules.due(m(f"9:00 {before}"), Budget.parse("1wd"), vn)
    assert answer.due == m(f"9:00 {after}")
    assert [s.text.split(": ", 1)[1] for s in answer.explain if s.date == d(day) and ": nghỉ" in s.text] == [
        f"{reason}."
    ]
    assert next(s.basis for s in answer.explain if s.date == d(day)) != ""


@pytest.mark.parametrize(("before", "day", "reason"), WORKING_SATURDAYS)
def test_a_swapped_saturday_is_a_working_day_and_says_why(vn, before, day, reason):
    answer = rules.due(m(f"9:00 {before}"), Budget.parse("1wd"), vn)
    assert answer.due == m(f"9:00 {day}")
    assert f"Thứ Bảy {day}: {reason}." in [s.text for s in answer.explain]


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026, 2027])
def test_no_other_weekday_is_off_and_no_other_weekend_is_worked(vn, year):
    off = {d(day) for _, day, _, _ in DAYS_OFF + PROVISIONAL_2027}
    worked = {d(day) for _, day, _ in WORKING_SATURDAYS}
    day = d(f"1/1/{year}")
    while day.year == year:
        assert vn.is_working(day) == (day in worked or (day.weekday() < 5 and day not in off)), day
        day += timedelta(days=1)


def test_numbers_of_days_off_follow_the_law():
    assert {y: sum(d(day).year == y for _, day, _, _ in DAYS_OFF) for y in range(2022, 2027)} == {
        2022: 11, 2023: 11, 2024: 12, 2025: 12, 2026: 14,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("1/1/2022", "Tết Dương lịch"), ("10/4/2022", "Giỗ Tổ Hùng Vương"), ("30/4/2022", "Ngày Chiến thắng"),
        ("1/5/2022", "Ngày Quốc tế lao động"), ("1/1/2023", "Tết Dương lịch"), ("21/1/2023", "30 tháng Chạp"),
        ("22/1/2023", "mùng 1"), ("29/4/2023", "Giỗ Tổ Hùng Vương"), ("30/4/2023", "Ngày Chiến thắng"),
        ("2/9/2023", "Quốc khánh"), ("10/2/2024", "mùng 1"), ("11/2/2024", "mùng 2"),
        ("26/4/2026", "Giỗ Tổ Hùng Vương"),
    ],
)  # fmt: skip
def test_holidays_on_weekends_are_explained_too(vn, day, name):
    assert name in vn.rules[d(day)].name
    assert not vn.is_working(d(day))


@pytest.mark.django_db
def test_the_database_holds_the_same_table(vn):
    stored = selectors.calendar("vn")
    assert {x: (r.kind, r.cause, r.name, r.basis, r.instead_of) for x, r in stored.rules.items()} == {
        x: (r.kind, r.cause, r.name, r.basis, r.instead_of) for x, r in vn.rules.items()
    }
    assert stored.years == vn.years
    assert stored.state_of(2027) is YearState.PROVISIONAL
    assert stored.intervals(d("20/11/2026")) == vn.intervals(d("20/11/2026"))
    assert not any(r.verified for r in stored.rules.values() if r.day.year == 2027)
    assert stored.rules[d("2/1/2026")].verified
    assert not stored.rules[d("31/8/2026")].verified


@pytest.mark.django_db
def test_the_package_knows_all_but_the_late_swap_of_2026():
    assert [p for year in (2022, 2023, 2024, 2025, 2027) for p in selectors.propose(year)] == []
    assert [(p.day, p.table_works, p.library_works) for p in selectors.propose(2026)] == [
        (d("2/1/2026"), False, True),
        (d("10/1/2026"), True, False),
    ]
