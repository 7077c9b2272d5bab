"""A calendar changed under open dossiers."""

from __future__ import annotations

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import Forbidden
from congvu.engines.deadlines import jobs, selectors, services
from congvu.engines.deadlines.models import Clock
from congvu.ground.audit.models import Entry
from congvu.ground.events.models import Event
from congvu.ground.events.services import deliver_pending
from congvu.ground.worktime import services as worktime
from congvu.ground.worktime.types import Cause, DayKind
from tests.engines.deadlines.conftest import new_record
from tests.ground.worktime.values import d, m
from tests.marks import refuses

pytestmark = pytest.mark.django_db
STORM = {"kind": DayKind.OFF, "cause": Cause.LOCAL, "name": "bão số 9", "legal_basis": "Công điện 12/CĐ-UBND"}


@pytest.fixture
def run_jobs(monkeypatch):
    """Run the deferred batches at once; returns the batches."""
    batches = []

    def defer(records, calendar):
        batches.append(records)
        jobs.recompute_batch(records=records, calendar=calendar)

    monkeypatch.setattr(jobs.recompute_batch, "defer", defer)
    return batches


def told():
    rows = Event.objects.filter(name="deadlines.due_changed").order_by("at")
    return [(e.payload["old"], e.payload["new"], e.payload["cause"]) for e in rows]


def opened(unit, start, budget="5wd"):
    record = new_record(unit, start)
    services.open_clocks(record, start=m(start), budget=budget, calendar="vn", basis="")
    return record


def test_a_late_day_off_moves_open_clocks_and_is_told_and_logged(record, due_at, admin, run_jobs):
    worktime.set_day_rule(admin, "vn", day=d("20/11/2026"), **STORM)
    assert due_at(record) == m("9:00 23/11/2026")
    deliver_pending()
    assert due_at(record) == m("9:00 25/11/2026")
    assert {c.due_at for c in Clock.objects.filter(record_id=record)} == {m("9:00 25/11/2026")}
    assert told() == [("2026-11-23T09:00:00+07:00", "2026-11-25T09:00:00+07:00", "calendar")]
    entry = Entry.objects.get(verb="deadline.recompute")
    assert (entry.record, entry.detail["calendar"]) == (record, "vn")
    assert entry.detail["new"] == "2026-11-25T09:00:00+07:00"
    worktime.remove_day_rule(admin, "vn", day=d("20/11/2026"), reason="bão tan")
    deliver_pending()
    assert due_at(record) == m("9:00 23/11/2026")
    assert len(told()) == 2


def test_only_open_clocks_over_the_days_are_touched(unit, due_at, admin, run_jobs):
    over = opened(unit, "9:00 16/11/2026")
    before = opened(unit, "9:00 2/11/2026")
    after = opened(unit, "9:00 23/11/2026")
    stopped = opened(unit, "9:00 16/11/2026")
    services.stop(stopped, at=m("9:00 17/11/2026"), outcome="finished")
    waiting = opened(unit, "9:00 16/11/2026")
    services.pause(waiting, at=m("9:00 17/11/2026"), reason="financial", basis="", by="")
    worktime.set_day_rule(admin, "vn", day=d("20/11/2026"), **STORM)
    deliver_pending()
    assert run_jobs == [[str(over)]]
    assert [due_at(r) for r in (over, before, after, stopped, waiting)] == [
        m("9:00 25/11/2026"), m("9:00 9/11/2026"), m("9:00 1/12/2026"), m("9:00 23/11/2026"), None,
    ]  # fmt: skip
    assert list(Entry.objects.filter(verb="deadline.recompute").values_list("record", flat=True)) == [over]
    # The one that waits counts by the new calendar when it goes on: two days lost, and the storm.
    services.resume(waiting, at=m("9:00 19/11/2026"))
    assert due_at(waiting) == m("9:00 27/11/2026")


def test_a_swapped_saturday_decided_late_makes_it_sooner(record, due_at, admin, run_jobs):
    saturday = {"kind": DayKind.WORK, "cause": Cause.SWAP, "name": "dịp 20/11", "legal_basis": "CV 1"}
    worktime.set_day_rule(admin, "vn", day=d("21/11/2026"), instead_of=d("27/11/2026"), **saturday)
    deliver_pending()
    assert due_at(record) == m("9:00 21/11/2026")


def test_batches_and_repeats(unit, admin, run_jobs, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    found = [opened(unit, "9:00 16/11/2026") for _ in range(5)]
    worktime.set_day_rule(admin, "vn", day=d("20/11/2026"), **STORM)
    deliver_pending()
    assert [len(batch) for batch in run_jobs] == [2, 2, 1]
    assert {record for batch in run_jobs for record in batch} == {str(r) for r in found}
    assert len(told()) == 5
    jobs.recompute_batch(records=[str(r) for r in found], calendar="vn")
    deliver_pending()
    assert len(told()) == 5
    assert Entry.objects.filter(verb="deadline.recompute").count() == 5


def test_the_batches_wait_in_the_queue_until_the_change_is_committed(record, due_at, admin):
    from procrastinate.contrib.django.models import ProcrastinateJob

    worktime.set_day_rule(admin, "vn", day=d("20/11/2026"), **STORM)
    deliver_pending()
    job = ProcrastinateJob.objects.get(task_name="deadlines.recompute")
    assert job.args == {"records": [str(record)], "calendar": "vn"}
    assert due_at(record) == m("9:00 23/11/2026")
    jobs.recompute_batch(**job.args)
    assert due_at(record) == m("9:00 25/11/2026")


def test_office_hours_changed_for_ever(unit, due_at, admin, run_jobs):
    record = opened(unit, "16:00 30/11/2026", "2wh")
    assert due_at(record) == m("8:30 1/12/2026")
    week = {n: [["08:00", "12:00"], ["13:00", "17:00"]] for n in range(5)}
    worktime.set_office_hours(admin, "vn", week=week, valid_from=d("1/12/2026"), legal_basis="QĐ 1")
    deliver_pending()
    assert due_at(record) == m("9:00 1/12/2026")


def test_the_view_of_a_running_clock_never_shows_a_stale_due_time(record, admin):
    worktime.set_day_rule(admin, "vn", day=d("20/11/2026"), **STORM)
    assert selectors.clock(record).due == m("9:00 25/11/2026")
    assert selectors.moved([record]) == [record]


@refuses("deadline.recompute")
def test_only_the_system_or_an_administrator_may_recompute(record, due_at, clerk, admin):
    worktime.set_day_rule(admin, "vn", day=d("20/11/2026"), **STORM)
    with pytest.raises(Forbidden):
        services.recompute(clerk, record, calendar="vn")
    assert due_at(record) == m("9:00 23/11/2026")
    assert not Entry.objects.filter(verb="deadline.recompute").exists()
    assert services.recompute(SYSTEM, record, calendar="vn") == m("9:00 25/11/2026")
