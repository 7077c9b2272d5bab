"""Steps on clocks against a real database; every expected moment is worked out by hand."""

from __future__ import annotations

import pytest

from congvu.common.errors import Invalid, NotFound
from congvu.engines.deadlines import selectors, services
from congvu.engines.deadlines.errors import ExtensionRefused, NoClock, WrongClockState
from congvu.engines.deadlines.models import Clock, Extension, Interval
from congvu.engines.deadlines.types import ClockKind, ClockState, Effect
from congvu.ground.events.models import Event
from congvu.ground.records import services as records
from congvu.ground.records.models import Record
from tests.engines.deadlines.conftest import new_record
from tests.ground.worktime.values import m

pytestmark = pytest.mark.django_db
R8 = "Điều 19 khoản 4 Nghị định 61/2018/NĐ-CP"


def state(record):
    rows = [list(model.objects.order_by("id").values()) for model in (Clock, Interval, Extension)]
    return rows, list(Record.objects.filter(id=record).values()), Event.objects.count()


def told():
    rows = Event.objects.filter(name="deadlines.due_changed").order_by("at")
    return [(e.payload["old"], e.payload["new"], e.payload["cause"]) for e in rows]


def pause(record, at, reason="supplement"):
    services.pause(record, at=m(at), reason=reason, basis=R8, by="Vũ Hải Nam")


def dues(record):
    return {view.kind: view.due for view in selectors.clocks(record)}


def test_open_starts_both_clocks_and_promises(record, due_at):
    legal, index = selectors.clocks(record)
    assert (legal.kind, legal.rule, legal.state) == (ClockKind.LEGAL, Effect.RESTART, ClockState.RUNNING)
    assert (index.kind, index.rule, index.due) == (ClockKind.INDEX, Effect.SUBTRACT, m("9:00 23/11/2026"))
    assert legal.due == due_at(record) == m("9:00 23/11/2026")
    assert legal.sentence == "Thời hạn giải quyết được tính lại từ đầu khi nhận đủ giấy tờ bổ sung"
    assert index.sentence == "Thời gian chờ bổ sung không tính vào thời hạn giải quyết"
    assert (legal.pauses, legal.restarts, legal.term_start) == ((), (), m("9:00 16/11/2026"))
    assert told() == []


def test_open_refuses_twice_and_what_it_cannot_count(record, unit):
    before = state(record)
    with pytest.raises(WrongClockState):
        services.open_clocks(record, start=m("9:00 16/11/2026"), budget="3wd", calendar="vn", basis="")
    other = new_record(unit)
    with pytest.raises(Invalid):
        services.open_clocks(other, start=m("9:00 16/11/2026"), budget="", calendar="vn", basis="")
    with pytest.raises(NotFound):
        services.open_clocks(other, start=m("9:00 16/11/2026"), budget="3wd", calendar="la", basis="")
    assert state(record) == before
    assert selectors.clocks(other) == ()
    with pytest.raises(NoClock):
        selectors.clock(other)


def test_a_supplement_restarts_the_legal_clock_and_is_subtracted_from_the_index_clock(record, due_at):
    pause(record, "10:00 17/11/2026")
    legal, index = selectors.clocks(record)
    assert (legal.state, legal.due, index.due, due_at(record)) == (ClockState.PAUSED, None, None, None)
    assert legal.open_pause.since == m("10:00 17/11/2026")
    # Wait: Tue 10:00 to Thu 14:00 = 5.5 + 8 + 5 = 18.5 office hours.
    assert services.resume(record, at=m("14:00 19/11/2026")) == m("14:00 27/11/2026")  # 20, 23, 25, 26, 27
    # Index: Mon 23/11 9:00 + 18.5 h: Mon 6.5, Wed 25 8 h, Thu 26 4 h is 11:30.
    assert dues(record) == {ClockKind.LEGAL: m("14:00 27/11/2026"), ClockKind.INDEX: m("11:30 26/11/2026")}
    assert due_at(record) == m("14:00 27/11/2026")
    legal, index = selectors.clocks(record)
    assert legal.restarts == (m("14:00 19/11/2026"),)
    assert legal.term_start == m("14:00 19/11/2026")
    assert index.restarts == ()
    assert told() == [
        ("2026-11-23T09:00:00+07:00", "", "pause"),
        ("", "2026-11-27T14:00:00+07:00", "resume"),
    ]


def test_a_procedure_whose_rule_subtracts(unit, due_at):
    record = new_record(unit)
    services.open_clocks(
        record, start=m("9:00 16/11/2026"), budget="5wd", calendar="vn", basis="", rule=Effect.SUBTRACT
    )
    pause(record, "10:00 17/11/2026")
    assert selectors.clock(record).sentence == "Thời gian chờ bổ sung không tính vào thời hạn giải quyết"
    services.resume(record, at=m("14:00 19/11/2026"))
    assert due_at(record) == m("11:30 26/11/2026")


def test_a_payment_is_subtracted_on_both_clocks(record, due_at):
    pause(record, "9:00 18/11/2026", reason="financial")
    legal = selectors.clock(record)
    assert legal.sentence == "Thời gian thực hiện nghĩa vụ tài chính không tính vào thời hạn giải quyết"
    services.resume(record, at=m("9:00 20/11/2026"))
    # Two full days on top of Mon 23/11 9:00: Wed 25, Thu 26 (24/11 is off).
    assert dues(record) == {ClockKind.LEGAL: m("9:00 26/11/2026"), ClockKind.INDEX: m("9:00 26/11/2026")}
    assert due_at(record) == m("9:00 26/11/2026")


def test_a_cancelled_pause_is_as_if_it_had_not_been(record, due_at):
    pause(record, "10:00 17/11/2026")
    assert services.cancel_pause(record, at=m("8:00 18/11/2026"), reason="gửi nhầm") == m("9:00 23/11/2026")
    assert set(dues(record).values()) == {due_at(record)} == {m("9:00 23/11/2026")}
    legal = selectors.clock(record)
    assert [p.cancelled_at for p in legal.pauses] == [m("8:00 18/11/2026")]
    assert legal.restarts == ()
    pause(record, "10:00 18/11/2026")
    services.resume(record, at=m("11:00 18/11/2026"))
    assert not any(view.late_by_rule for view in selectors.clocks(record))


def test_a_second_supplement_counts_as_overdue_in_the_index_only(record):
    for day in ("17", "18"):
        pause(record, f"10:00 {day}/11/2026")
        services.resume(record, at=m(f"11:00 {day}/11/2026"))
    legal, index = selectors.clocks(record)
    assert (legal.late_by_rule, index.late_by_rule) == (False, True)
    assert "tính là quá hạn" in selectors.chip(index, m("12:00 18/11/2026")).explain


def test_a_supplement_asked_after_the_due_time_restarts_but_stays_late_in_the_index(record, due_at):
    pause(record, "10:00 25/11/2026")
    services.resume(record, at=m("10:00 26/11/2026"))
    assert due_at(record) == m("10:00 3/12/2026")
    assert dues(record)[ClockKind.INDEX] == m("9:00 23/11/2026")


def test_a_new_appointment_is_told_in_the_tooltip_and_steps_need_clocks(record, unit):
    services.extend(record, m("9:00 27/11/2026"), "chờ đo đạc", at=m("16:00 22/11/2026"))
    told_of = selectors.chip(selectors.clock(record), m("9:00 23/11/2026")).explain
    assert told_of.endswith("Đã hẹn lại một lần, hạn trước đó 9:00 thứ Hai 23/11/2026.")
    bare = new_record(unit)
    for step in (lambda: pause(bare, "9:00 17/11/2026"), lambda: services.extend(bare, m("9:00 27/11/2026"), "mưa")):
        with pytest.raises(NoClock):
            step()


def test_stop_keeps_the_due_time_for_ever(record, due_at):
    services.stop(record, at=m("15:00 20/11/2026"), outcome="finished")
    legal = selectors.clock(record)
    assert (legal.state, legal.stopped_at, legal.outcome) == (ClockState.STOPPED, m("15:00 20/11/2026"), "finished")
    assert legal.due == due_at(record) == m("9:00 23/11/2026")
    assert told() == []
    before = state(record)
    for step in (
        lambda: services.stop(record, at=m("16:00 20/11/2026"), outcome="finished"),
        lambda: pause(record, "16:00 20/11/2026"),
        lambda: services.extend(record, m("9:00 30/11/2026"), "mưa", at=m("9:00 20/11/2026")),
    ):
        with pytest.raises(WrongClockState):
            step()
    assert state(record) == before


def test_stopped_while_waiting_is_judged_by_when_the_waiting_began(record, due_at):
    pause(record, "10:00 17/11/2026")
    services.stop(record, at=m("9:00 15/12/2026"), outcome="withdrawn")
    legal = selectors.clock(record)
    assert legal.due == due_at(record) == m("9:00 23/11/2026")
    assert legal.closed_at == m("10:00 17/11/2026")
    assert selectors.chip(legal, m("9:00 16/12/2026")).words == "Trước 3 ngày"


def test_stop_without_clocks_does_nothing(unit):
    record = new_record(unit)
    services.stop(record, at=m("9:00 17/11/2026"), outcome="refused")
    assert selectors.clocks(record) == ()


def test_steps_in_the_wrong_order_change_nothing(record):
    before = state(record)
    for step in (
        lambda: services.resume(record, at=m("9:00 17/11/2026")),
        lambda: services.cancel_pause(record, at=m("9:00 17/11/2026"), reason="nhầm"),
    ):
        with pytest.raises(WrongClockState):
            step()
    with pytest.raises(Invalid):
        pause(record, "8:59 16/11/2026")
    with pytest.raises(Invalid):
        services.stop(record, at=m("8:59 16/11/2026"), outcome="finished")
    assert state(record) == before
    pause(record, "9:00 17/11/2026")
    before = state(record)
    with pytest.raises(WrongClockState):
        pause(record, "10:00 17/11/2026")
    with pytest.raises(Invalid):
        services.resume(record, at=m("8:00 17/11/2026"))
    with pytest.raises(Invalid):
        services.cancel_pause(record, at=m("10:00 17/11/2026"), reason=" ")
    assert state(record) == before


def test_a_new_appointment_moves_the_promise_only(record, due_at):
    old = services.extend(record, m("9:00 27/11/2026"), "chờ đo đạc", by="Đỗ Văn Thắng", at=m("16:00 22/11/2026"))
    assert old == m("9:00 23/11/2026")
    assert dues(record) == {ClockKind.LEGAL: m("9:00 27/11/2026"), ClockKind.INDEX: m("9:00 23/11/2026")}
    assert due_at(record) == m("9:00 27/11/2026")
    legal = selectors.clock(record)
    assert (legal.extension.old_due, legal.extension.reason) == (m("9:00 23/11/2026"), "chờ đo đạc")
    assert told() == [("2026-11-23T09:00:00+07:00", "2026-11-27T09:00:00+07:00", "extend")]
    before = state(record)
    with pytest.raises(ExtensionRefused) as refusal:
        services.extend(record, m("9:00 30/11/2026"), "nữa", at=m("9:00 23/11/2026"))
    assert refusal.value.code == "extended"
    assert state(record) == before


@pytest.mark.parametrize(
    ("new_due", "reason", "at", "error", "told_of"),
    [
        ("9:00 27/11/2026", "mưa", "8:00 23/11/2026", ExtensionRefused, "too_late"),
        ("9:00 27/11/2026", "mưa", "8:00 30/11/2026", ExtensionRefused, "too_late"),
        ("9:00 27/11/2026", " ", "9:00 20/11/2026", Invalid, "reason"),
        ("9:00 23/11/2026", "mưa", "9:00 20/11/2026", Invalid, "new_due"),
        ("9:00 24/11/2026", "mưa", "9:00 20/11/2026", Invalid, "new_due"),
        ("9:00 28/11/2026", "mưa", "9:00 20/11/2026", Invalid, "new_due"),
    ],
)
def test_a_new_appointment_that_is_not_lawful(record, new_due, reason, at, error, told_of):
    before = state(record)
    with pytest.raises(error) as refusal:
        services.extend(record, m(new_due), reason, at=m(at))
    assert told_of in {refusal.value.code, *(p.field for p in refusal.value.problems)}
    assert state(record) == before


def test_a_restart_after_a_new_appointment_counts_anew(record, due_at):
    services.extend(record, m("9:00 27/11/2026"), "chờ đo đạc", at=m("9:00 17/11/2026"))
    pause(record, "10:00 17/11/2026")
    services.resume(record, at=m("10:00 18/11/2026"))
    assert due_at(record) == m("10:00 26/11/2026")  # 19, 20, 23, 25, 26


def test_a_stale_record_in_the_callers_hand_does_not_undo_the_due_time(record, due_at):
    mine = records.lock(record)
    pause(record, "10:00 17/11/2026")
    records.change(mine, state="supplement")
    assert due_at(record) is None
    assert Record.objects.get(id=record).state == "supplement"


def test_lists_cost_the_same_for_any_number(unit, django_assert_num_queries):
    found = []
    for _ in range(6):
        found.append(new_record(unit))
        services.open_clocks(found[-1], start=m("9:00 16/11/2026"), budget="5wd", calendar="vn", basis="")
    selectors.chips(found[:1], m("9:00 17/11/2026"))
    with django_assert_num_queries(3):
        chips = selectors.chips([*found, unit_free_id()], m("9:00 17/11/2026"))
    assert {chips[r].words for r in found} == {"Còn 4 ngày"}
    assert len(chips) == 6


def unit_free_id():
    from uuid import uuid4

    return uuid4()
