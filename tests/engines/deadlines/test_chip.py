"""The chip, word for word (DESIGN 4.6)."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from congvu.engines.deadlines.chips import chip
from congvu.engines.deadlines.rules import derive
from congvu.engines.deadlines.types import (
    ChipState,
    ClockKind,
    ClockState,
    ClockView,
    Effect,
    Pause,
    PauseReason,
    Soon,
    Terms,
)
from congvu.engines.deadlines.words import sentence
from congvu.ground.worktime.types import Budget
from tests.ground.worktime.values import m


def view(vn, start="9:00 16/11/2026", budget="5wd", *, pauses=(), stopped=None, basis="Điều 9 Luật A", due=None):
    waiting = next((p for p in pauses if p.counts and p.until is None), None)
    state = ClockState.STOPPED if stopped else ClockState.PAUSED if waiting else ClockState.RUNNING
    found = derive(Terms(m(start), Budget.parse(budget)), vn, pauses)
    return ClockView(
        record=UUID(int=1), kind=ClockKind.LEGAL, rule=Effect.RESTART, state=state, started=m(start),
        term_start=found.term_start, due=None if state is ClockState.PAUSED else m(due) if due else found.due,
        budget=Budget.parse(budget), basis=basis, calendar=vn, sentence=sentence(Effect.RESTART, waiting),
        pauses=pauses, stopped_at=m(stopped) if stopped else None, provisional=found.provisional,
        soon=Soon(20, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "state", "words"),
    [
        # Received Mon 16/11 9:00, due Mon 23/11 9:00.
        ("9:00 16/11/2026", ChipState.ON, "Còn 5 ngày"),
        ("9:01 16/11/2026", ChipState.ON, "Còn 4 ngày"),
        ("9:00 17/11/2026", ChipState.ON, "Còn 4 ngày"),
        ("8:59 20/11/2026", ChipState.ON, "Còn 1 ngày"),
        ("9:00 20/11/2026", ChipState.SOON, "Còn 1 ngày"),
        ("9:01 20/11/2026", ChipState.SOON, "Còn 71 giờ"),
        ("10:00 22/11/2026", ChipState.SOON, "Còn 23 giờ"),
        ("7:59 23/11/2026", ChipState.SOON, "Còn 1 giờ"),
        ("8:00 23/11/2026", ChipState.SOON, "Còn 1 giờ"),
        ("8:01 23/11/2026", ChipState.SOON, "Còn 59 phút"),
        ("8:20 23/11/2026", ChipState.SOON, "Còn 40 phút"),
        ("8:59 23/11/2026", ChipState.SOON, "Còn 1 phút"),
        ("9:00 23/11/2026", ChipState.SOON, "Còn dưới 1 phút"),
        ("9:01 23/11/2026", ChipState.LATE, "Quá 1 phút"),
        ("9:59 23/11/2026", ChipState.LATE, "Quá 59 phút"),
        ("10:00 23/11/2026", ChipState.LATE, "Quá 1 giờ"),
        ("11:01 23/11/2026", ChipState.LATE, "Quá 3 giờ"),
        ("8:00 24/11/2026", ChipState.LATE, "Quá 23 giờ"),
        ("12:00 24/11/2026", ChipState.LATE, "Quá 1 ngày"),
        ("9:00 25/11/2026", ChipState.LATE, "Quá 1 ngày"),
        ("9:01 25/11/2026", ChipState.LATE, "Quá 2 ngày"),
        ("12:00 29/11/2026", ChipState.LATE, "Quá 4 ngày"),
    ],
)
def test_running(vn, now, state, words):
    found = chip(view(vn), m(now))
    assert (found.state, found.words) == (state, words)


def test_soon_is_a_fifth_of_the_norm_when_that_is_longer(vn):
    long = view(vn, "9:00 2/11/2026", "30wd")  # 30 days: 6 days are 20 %; due Tue 15/12 9:00
    assert long.due == m("9:00 15/12/2026")
    assert chip(long, m("8:59 7/12/2026")).state is ChipState.ON
    assert chip(long, m("9:00 7/12/2026")).state is ChipState.SOON
    assert chip(long, m("9:00 7/12/2026")).words == "Còn 6 ngày"


def test_the_weekend_between_counts_no_day(vn):
    monday = view(vn, "17:00 19/11/2026", "2wd")
    assert monday.due == m("17:00 23/11/2026")
    assert chip(monday, m("17:00 20/11/2026")).words == "Còn 1 ngày"
    assert chip(monday, m("12:00 21/11/2026")).words == "Còn 1 ngày"
    assert chip(view(vn, "17:00 18/11/2026", "2wd"), m("12:00 21/11/2026")).words == "Quá 19 giờ"
    assert chip(view(vn, "17:00 18/11/2026", "2wd"), m("18:00 22/11/2026")).words == "Quá 1 ngày"


@pytest.mark.parametrize(
    ("stopped", "state", "words"),
    [
        ("9:00 23/11/2026", ChipState.DONE, "Đúng hạn"),
        ("9:01 20/11/2026", ChipState.DONE, "Đúng hạn"),
        ("9:00 20/11/2026", ChipState.DONE, "Trước 1 ngày"),
        ("9:00 19/11/2026", ChipState.DONE, "Trước 2 ngày"),
        ("9:30 23/11/2026", ChipState.DONELATE, "Trễ 30 phút"),
        ("11:30 23/11/2026", ChipState.DONELATE, "Trễ 3 giờ"),
        ("9:01 25/11/2026", ChipState.DONELATE, "Trễ 2 ngày"),
    ],
)
def test_closed(vn, stopped, state, words):
    found = chip(view(vn, stopped=stopped), m("9:00 1/3/2027"))
    assert (found.state, found.words) == (state, words)


def wait(reason, since="9:05 17/11/2026", until=None):
    effect = Effect.RESTART if reason is PauseReason.SUPPLEMENT else Effect.SUBTRACT
    return Pause(reason, effect, m(since), m(until) if until else None)


@pytest.mark.parametrize(
    ("reason", "words", "explain"),
    [
        (PauseReason.SUPPLEMENT, "Chờ bổ sung",
         "Thời hạn giải quyết được tính lại từ đầu khi nhận đủ giấy tờ bổ sung."),
        (PauseReason.FINANCIAL, "Tạm dừng",
         "Thời gian thực hiện nghĩa vụ tài chính không tính vào thời hạn giải quyết."),
        (PauseReason.OTHER, "Tạm dừng", "Thời gian tạm dừng không tính vào thời hạn giải quyết."),
    ],
)  # fmt: skip
def test_waiting_shows_the_full_term_and_never_a_remainder(vn, reason, words, explain):
    found = chip(view(vn, pauses=(wait(reason),)), m("9:00 30/11/2026"))
    assert (found.state, found.words, found.spoken) == (ChipState.PAUSE, words, words)
    assert found.exact == f"{words} từ 9:05 thứ Ba 17/11/2026."
    assert found.explain == f"5 ngày làm việc, Điều 9 Luật A. {explain}"


def test_the_tooltip_of_the_design(vn):
    found = chip(view(vn, "9:00 19/11/2026", "sd", basis="Điều 16 Luật Hộ tịch"), m("12:00 19/11/2026"))
    assert f"{found.exact} {found.explain}" == (
        "Hạn 17:00 thứ Năm 19/11/2026. Trong ngày (nhận trước 15:00), Điều 16 Luật Hộ tịch. Không có lần dừng."
    )
    assert (found.words, found.spoken) == ("Còn 5 giờ", "Sắp hạn, còn 5 giờ")


def test_the_tooltip_lists_pauses_and_what_may_change(vn):
    pauses = (wait(PauseReason.SUPPLEMENT, until="10:00 30/12/2026"),)
    found = chip(view(vn, pauses=pauses), m("12:00 30/12/2026"))
    assert found.explain == (
        "5 ngày làm việc, Điều 9 Luật A. Dừng 1 lần: chờ bổ sung từ 9:05 17/11/2026 đến 10:00 30/12/2026. "
        "Lịch nghỉ của năm này là dự kiến, hạn có thể thay đổi."
    )
    late = chip(view(vn, "15:01 19/11/2026", "sd"), m("12:00 20/11/2026"))
    assert late.explain.startswith("Trong ngày (nhận sau 15:00), ")


def test_a_clock_that_contradicts_itself_is_a_mistake(vn):
    waiting = view(vn, pauses=(wait(PauseReason.OTHER),))
    with pytest.raises(ValueError, match="open pause"):
        chip(replace(waiting, pauses=()), m("9:00 18/11/2026"))
    with pytest.raises(ValueError, match="due time"):
        chip(replace(view(vn), due=None), m("9:00 18/11/2026"))
