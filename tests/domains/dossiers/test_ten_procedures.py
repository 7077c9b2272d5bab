"""Procedures of many fields with steps of their own, from the counter to the hand-over, each with every step."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import pytest

from congvu.common.actor import SYSTEM, Actor
from congvu.common.errors import Invalid
from congvu.common.zones import VN
from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.errors import NotRunnable, WrongState
from congvu.domains.dossiers.models import Result
from congvu.domains.dossiers.types import ResultInput
from congvu.domains.procedures import selectors as catalogue
from congvu.domains.procedures import services as procedures
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.workflow import selectors as work
from congvu.ground.numbering.models import Counter
from congvu.ground.orgs import kinds
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.models import Record
from tests.marks import refuses

COMMUNE, PROVINCE = "xa-yen-khe-tt", "tt-tinh"
# Code, where it is taken in, the agency that decides (its code begins the dossier's), steps with people.
RUNS = (
    ("2.000908", COMMUNE, "H99.101", 5), ("1.008603", COMMUNE, "H99.101", 7), ("1.004944", COMMUNE, "H99.101", 7),
    ("1.012994", COMMUNE, "H99.101", 7), ("1.014275", COMMUNE, "H99.101", 6), ("1.012812", COMMUNE, "H99.101", 5),
    ("1.013978", COMMUNE, "H99.101", 7), ("2.001661", COMMUNE, "H99.03", 12), ("2.001641", PROVINCE, "H99.06", 7),
    ("1.009403", COMMUNE, "H99.06", 7), ("2.002740", PROVINCE, "H99.06", 7), ("1.013934", PROVINCE, "H99.02", 7),
    ("1.001806", COMMUNE, "H99.03", 7), ("1.014445", PROVINCE, "H99", 8), ("1.014464", PROVINCE, "H99", 5),
    ("1.003999", PROVINCE, "H99.02", 7), ("1.009644", PROVINCE, "H99", 14),
)  # fmt: skip
# Received Thursday 19/11/2026 9:30; Saturdays, Sundays and Tuesday 24/11 (a public holiday) do not count.
DUE_BY_HAND = {
    # 1 working day: Friday 20 at 9:30.
    "2.000908": (11, 20),
    # 5: Friday 20, Monday 23, Wednesday 25, Thursday 26, Friday 27.
    "1.004944": (11, 27),
    # 4: Friday 20, Monday 23, Wednesday 25, Thursday 26.
    "2.001641": (11, 26),
    "2.002740": (11, 26),
    # 10: 20, 23, 25, 26, 27, 30, then 1, 2, 3, 4 December.
    "1.001806": (12, 4),
    # 8: 20, 23, 25, 26, 27, 30, then 1 and 2 December.
    "2.001661": (12, 2),
    # 3: 20, 23, 25.
    "1.014464": (11, 25),
    # 17: six to 30 November, then 1 to 4, 7 to 11 December (nine more), 14 and 15 December.
    "1.013978": (12, 15),
    # 76 working hours: 6 on the 19th, 8 on each of 20, 23, 25, 26, 27, 30, 1 and 2, the last 6 on 3 December.
    "1.003999": (12, 3, 15, 0),
    # 15 days of the calendar: Friday 4 December, at the close.
    "1.014445": (12, 4, 17, 0),
    # 30 days of the calendar: Saturday 19 December, so Monday 21.
    "1.012812": (12, 21, 17, 0),
}


@pytest.fixture
def whole(world):
    wanted = {code for code, *_ in RUNS} | {"2.002755"}
    procedures.import_rows(SYSTEM, [r for r in procedures.shipped_rows() if r["code"] in wanted], dry_run=False)
    return world


def clerk_of(world, center: str) -> Actor:
    unit = world.made.units[center]
    position = orgs.positions(unit, "clerk")[0]
    return orgs.staff_actor(orgs.holders_of(position.id)[0].user_id, position.id)


def run_to_return(world, record: UUID) -> list[tuple[str, str, int]]:
    """Do what waits, each step by somebody who holds it, until only the hand-over is left: kind, role, unit of each."""
    done = []
    for _ in range(20):
        item = world.waiting(record)
        role, _, unit = item.holders[0].removeprefix("r:").partition("@")
        assert orgs.positions(int(unit), role), item.holders
        done.append((item.step_kind, role, int(unit)))
        if item.step_kind == "return":
            return done
        if item.step_kind == "issue":
            services.issue_result(world.holder(record), item.id, ResultInput(text="Đủ điều kiện theo quy định."))
        else:
            act = services.approve if item.step_kind in ("review", "approve") else services.complete_step
            act(world.holder(record), item.id)
    raise AssertionError("the process does not end")


@pytest.mark.parametrize(("code", "center", "agency", "steps"), RUNS, ids=[run[0] for run in RUNS])
def test_from_the_counter_to_the_citizen(whole, code, center, agency, steps):
    clerk, today = clerk_of(whole, center), whole.today
    table = catalogue.procedure(code, today)
    assert (table.steps_origin, len(table.steps)) == ("own", steps)
    answer = services.take_in(clerk, whole.intake(code), key=uuid4().hex)
    assert answer.code == f"{agency}-261119-0001"
    if code in DUE_BY_HAND:
        month_day, time = DUE_BY_HAND[code][:2], DUE_BY_HAND[code][2:]
        assert answer.due_at == datetime(2026, *month_day, *(time or (9, 30)), tzinfo=VN)
    done = run_to_return(whole, answer.record_id)
    # The reception is done by taking in; every other step of the table waited for its role, in its order.
    assert [(kind, role) for kind, role, _ in done] == [(step.kind, step.role) for step in table.steps[1:]]
    # What is done outside the program is recorded where the dossier came in, and there it is handed over.
    assert {unit for (_, _, unit), step in zip(done, table.steps[1:], strict=True) if step.place == "external"} <= {
        clerk.unit_id
    }
    assert done[-1] == ("return", "clerk", clerk.unit_id)
    assert selectors.dossier(clerk, answer.record_id).state == "finished"
    given = None if Result.objects.exists() else ResultInput(text="Hòa giải thành; các bên đã ký biên bản.")
    services.return_result(clerk, answer.record_id, to="Trần Thị Lan", result=given)
    view = selectors.dossier(clerk, answer.record_id)
    assert (view.state, view.national_status, len(view.results)) == ("returned", 10, 1)
    assert work.open_items(answer.record_id) == []
    assert [step.state for step in work.path(answer.record_id)] == ["done"] * steps
    assert {clock.state for clock in deadlines.clocks(answer.record_id)} == {"stopped"}


def test_a_file_that_travels_is_handed_over_where_its_table_says(whole):
    """2.002755 begins in a commune and ends at the provincial centre; its table names a division, no department."""
    clerk = clerk_of(whole, COMMUNE)
    answer = services.take_in(clerk, whole.intake("2.002755"), key=uuid4().hex)
    assert answer.code == "H99.02-261119-0001"
    # 12 working days: six to 30 November, 1 to 4 and 7, 8 December.
    assert answer.due_at == datetime(2026, 12, 8, 9, 30, tzinfo=VN)
    done = run_to_return(whole, answer.record_id)
    units = {name: whole.made.units[name] for name in ("xa-yen-khe-vh", "xa-yen-khe", "tt-tinh", "so-noi-vu")}
    assert done[0] == ("assign", "head", units["xa-yen-khe-vh"])
    assert ("review", "chair", units["xa-yen-khe"]) in done
    assert ("approve", "chair", units["so-noi-vu"]) in done
    assert done[-1] == ("return", "clerk", units["tt-tinh"])


@refuses("dossier.return")
def test_without_an_issuing_step_the_hand_over_brings_the_result(whole):
    clerk = clerk_of(whole, COMMUNE)
    record = services.take_in(clerk, whole.intake("1.012812"), key=uuid4().hex).record_id
    run_to_return(whole, record)
    assert {"return", "give_result"} <= selectors.dossier(clerk, record).abilities
    counters = list(Counter.objects.order_by("id").values_list("series", "last"))
    for given in (None, ResultInput(), ResultInput(text="  ")):
        with pytest.raises(Invalid) as refusal:
            services.return_result(clerk, record, to="Trần Thị Lan", result=given)
        assert [problem.field for problem in refusal.value.problems] == ["file"]
    assert selectors.dossier(clerk, record).state == "finished"
    assert not Result.objects.exists()
    assert list(Counter.objects.order_by("id").values_list("series", "last")) == counters
    services.return_result(
        clerk, record, to="Trần Thị Lan", result=ResultInput(name="Biên bản", text="Hòa giải thành.")
    )
    (result,) = selectors.dossier(clerk, record).results
    assert (result.name, result.number, result.code) == ("Biên bản", "1/KQ-UBND", "KQ.G10.001159")
    assert "give_result" not in selectors.dossier(clerk, record).abilities


def test_a_second_result_is_refused_at_the_hand_over(whole):
    clerk = clerk_of(whole, COMMUNE)
    record = services.take_in(clerk, whole.intake("2.000908"), key=uuid4().hex).record_id
    run_to_return(whole, record)
    assert "give_result" not in selectors.dossier(clerk, record).abilities
    with pytest.raises(WrongState):
        services.return_result(clerk, record, to="Trần Thị Lan", result=ResultInput(text="Thêm một bản nữa."))
    assert Result.objects.count() == 1
    assert selectors.dossier(clerk, record).state == "finished"


def test_a_table_whose_division_nobody_knows_asks_for_the_department(whole, monkeypatch):
    monkeypatch.setattr(kinds, "division_rows", list)
    before = Record.objects.count()
    with pytest.raises(NotRunnable, match="chọn cơ quan giải quyết"):
        services.take_in(clerk_of(whole, COMMUNE), whole.intake("2.002755"), key=uuid4().hex)
    assert Record.objects.count() == before
