"""Processes as rows: a record's way through its steps."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.engines.workflow import jobs, selectors, services
from congvu.engines.workflow.errors import AlreadyDone, NotRunnable
from congvu.engines.workflow.library import SERVICES
from congvu.engines.workflow.models import Definition, Instance, Seat, Timer, Token, WorkItem
from congvu.engines.workflow.types import Step
from congvu.ground.audit.models import Entry
from congvu.ground.events.models import Event
from tests.engines.workflow.drawing import after, boundary, chain, file, flow, process, timer, user
from tests.engines.workflow.office import STEPS, TUESDAY
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def begin(office, definition, record=None, **variables):
    record = record or office.record()
    return record, services.start(
        definition, record.id, places=office.places, variables=variables, actor=office.clerk
    )  # fmt: skip


def draw(*body, key="ve", roots=""):
    found = services.publish_definition(key, title="Vẽ", bpmn=file(process(*body), roots=roots))
    assert found.errors == []
    return found.id


def waiting(record) -> list[str]:
    return sorted(WorkItem.objects.filter(record=record.id, state="open").values_list("node", flat=True))


def open_one(record, node=None):
    items = WorkItem.objects.filter(record=record.id, state="open")
    return (items.get(node=node) if node else items.get()).id


def do(record, node, by, outcome="next", **variables):
    return services.complete(open_one(record, node), outcome, actor=by, variables=variables)


def everything():
    models = (Instance, Token, WorkItem, Seat, Timer, Event)
    return [list(m.objects.order_by("pk").values()) if m is not Seat else
            sorted(map(str, Seat.objects.values_list("item", "key"))) for m in models]  # fmt: skip


def test_a_record_goes_through_its_steps(office, four):
    record, instance = begin(office, four)
    assert waiting(record) == ["receive"]
    first = WorkItem.objects.get()
    assert first.holders == [f"r:clerk@{office.center}"]
    assert (first.planned_hours, first.public_name, first.step_kind) == (Decimal(2), "Tiếp nhận", "receive")
    done = do(record, "receive", office.clerk)
    assert waiting(record) == ["assign"]
    assert done.opened == (open_one(record),)
    assert WorkItem.objects.get(node="assign").holders == [f"r:head@{office.dept}"]
    do(record, "assign", office.head)
    do(record, "appraise", office.expert)
    done = do(record, "approve", office.chair)
    assert (done.ended, done.opened) == (True, ())
    row = Instance.objects.get(id=instance)
    assert (row.state, row.outcome, row.ended_at is not None) == ("ended", "next", True)
    assert (Token.objects.count(), Seat.objects.count()) == (0, 0)
    finished = WorkItem.objects.get(node="appraise")
    assert (finished.done_by, finished.done_position, finished.assignee_id) == (
        "Vi Văn Núi", "Vị trí specialist", office.expert.position_id,
    )  # fmt: skip


def test_events_tell_what_happened(office, four):
    record, instance = begin(office, four)
    item = open_one(record)
    services.complete(item, actor=office.clerk)
    told = [(e.name, e.payload) for e in Event.objects.order_by("at", "id")]
    assert [name for name, _ in told] == ["workflow.item_opened", "workflow.step_done", "workflow.item_opened"]
    assert told[1][1] == {"item": str(item), "record": str(record.id), "node": "receive", "outcome": "next"}
    services.cancel(instance)
    assert Event.objects.filter(name="workflow.instance_ended").get().payload == {
        "instance": str(instance), "record": str(record.id), "outcome": "cancelled",
    }  # fmt: skip


def test_completing_a_step_takes_few_statements(office, four):
    record, _ = begin(office, four)
    item = open_one(record)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        services.complete(item, actor=office.clerk)
    assert len(queries) <= 10, [q["sql"][:90] for q in queries]


def test_done_twice_says_who_and_when_and_moves_nothing(office, four):
    record, _ = begin(office, four)
    item = open_one(record)
    with time_machine.travel(datetime(2026, 11, 17, 14, 5, tzinfo=VN), tick=False):
        services.complete(item, actor=office.clerk)
    before = everything()
    with pytest.raises(AlreadyDone, match="Lò Thị Mây làm xong lúc 14:05 17/11/2026"):
        services.complete(item, actor=office.expert)
    assert everything() == before


@pytest.mark.parametrize("outcome", ["send_back", "bogus", ""])
def test_an_answer_the_step_does_not_have_is_refused(office, four, outcome):
    record, _ = begin(office, four)
    before = everything()
    with pytest.raises(Invalid) as caught:
        services.complete(open_one(record), outcome, actor=office.clerk)
    assert caught.value.problems[0].field == "outcome"
    assert everything() == before


def test_unknown_item_is_not_found(office, four):
    record, _ = begin(office, four)
    with pytest.raises(NotFound):
        services.complete(record.id, actor=office.clerk)


def test_drafts_do_not_start(office):
    draft = services.publish_definition("nhap", title="N", steps=[Step("a", "A", None)])
    record = office.record()
    with pytest.raises(NotRunnable):
        begin(office, draft.id, record)
    with pytest.raises(NotRunnable):
        begin(office, 0, record)
    assert not Instance.objects.exists()


def test_places_must_be_bound(office, four):
    with pytest.raises(Invalid) as caught:
        services.start(four, office.record().id, places={"center": office.center}, actor=office.clerk)
    assert {p.field for p in caught.value.problems} == {"dept", "authority"}
    assert not Instance.objects.exists()


def test_send_back_opens_the_earlier_step_for_who_did_it(office, four):
    record, _ = begin(office, four)
    do(record, "receive", office.clerk)
    do(record, "assign", office.head)
    do(record, "appraise", office.other_expert)
    item = open_one(record, "approve")
    assert selectors.earlier_steps(item) == [
        ("appraise", "Thẩm định"),
        ("assign", "Phân công"),
        ("receive", "Tiếp nhận"),
    ]
    services.send_back(item, to="appraise", actor=office.chair, reason="Thiếu căn cứ")
    again = WorkItem.objects.get(state="open")
    assert (again.node, again.assignee_id, again.assignee_name) == (
        "appraise", office.other_expert.position_id, "Cầm Thị Đồi",
    )  # fmt: skip
    assert WorkItem.objects.get(id=item).note == "Thiếu căn cứ"
    do(record, "appraise", office.other_expert)
    assert do(record, "approve", office.chair).ended
    assert [(s.node, s.state, s.round) for s in selectors.path(record.id)] == [
        ("receive", "done", 1), ("assign", "done", 1), ("appraise", "done", 1), ("approve", "done", 1),
        ("appraise", "done", 2), ("approve", "done", 2),
    ]  # fmt: skip


def test_send_back_needs_a_reason_and_an_earlier_step(office, four):
    record, _ = begin(office, four)
    do(record, "receive", office.clerk)
    item = open_one(record)
    before = everything()
    for target, reason in [("receive", " "), ("approve", "x"), ("assign", "x"), ("zz", "x")]:
        with pytest.raises(Invalid):
            services.send_back(item, to=target, actor=office.head, reason=reason)
    assert everything() == before


def test_first_step_cannot_be_sent_back(office, four):
    record, _ = begin(office, four)
    with pytest.raises(Conflict):
        services.send_back(open_one(record), to="receive", actor=office.clerk, reason="x")


def test_cancel_empties_every_inbox_and_may_be_repeated(office, four):
    record, instance = begin(office, four)
    item = open_one(record)
    services.cancel(instance)
    services.cancel(instance)
    assert waiting(record) == []
    assert (Token.objects.count(), Seat.objects.count(), Instance.objects.get().state) == (0, 0, "cancelled")
    assert Event.objects.filter(name="workflow.instance_ended").count() == 1
    with pytest.raises(AlreadyDone, match="không còn phải làm"):
        services.complete(item, actor=office.clerk)


def test_cancel_all_takes_items_without_a_process_too(office, four):
    record, _ = begin(office, four)
    services.open_item(record.id, kind="signature", name="Ký", holders=["r:chair@1"], unit_id=office.center)
    services.cancel_for(record.id)
    assert waiting(record) == []
    assert Seat.objects.count() == 0


# publishing


@refuses("workflow.publish")
def test_publishing_is_an_act_for_administrators(office):
    with pytest.raises(Forbidden):
        services.publish_process(office.clerk, "k", title="K", steps=STEPS)
    assert not Definition.objects.exists()
    assert not Entry.objects.exists()
    key = services.publish_process(SYSTEM, "k", title="K", steps=STEPS)
    assert services.publish_process(SYSTEM, "k", title="K", steps=STEPS) == key
    assert services.publish_process(SYSTEM, "k", title="K", steps=STEPS[:3]) != key
    assert list(Definition.objects.order_by("version").values_list("key", "version")) == [("k", 1), ("k", 2)]
    view = selectors.latest_definition("k")
    assert view is not None
    assert (view.version, view.runnable, view.places, view.steps) == (2, True, ("center", "dept"), tuple(STEPS[:3]))
    assert [s.node for s in selectors.plan(key)] == ["receive", "assign", "appraise", "approve"]


def test_running_processes_keep_their_version(office, four):
    record, _ = begin(office, four)
    services.publish_definition("bon-buoc", title="Bốn bước", steps=STEPS[:1])
    do(record, "receive", office.clerk)
    assert waiting(record) == ["assign"]


# gateways


def test_exclusive_choice_and_its_default(office):
    key = draw(
        user("a"), user("b"), user("c"), '<exclusiveGateway id="g" default="g_c"/>',
        chain("s", "a", "g"), flow("g", "b", "so_tien > 100"), flow("g", "c"), chain("b", "e"), chain("c", "e"),
    )  # fmt: skip
    for amount, node in [(101, "b"), (100, "c")]:
        record, _ = begin(office, key)
        do(record, "a", office.clerk, so_tien=amount)
        assert waiting(record) == [node]


def test_a_condition_without_its_variable_refuses_and_moves_nothing(office):
    key = draw(
        user("a"), user("b"), '<exclusiveGateway id="g" default="g_e"/>',
        chain("s", "a", "g", "e"), flow("g", "b", "so_tien > 100"), chain("b", "e"),
    )  # fmt: skip
    record, _ = begin(office, key)
    before = everything()
    with pytest.raises(Invalid, match="chưa có giá trị của “so_tien”"), transaction.atomic():
        do(record, "a", office.clerk)
    assert everything() == before


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_parallel_join_waits_for_both_in_either_order(office, order):
    key = draw(
        user("a"), user("b"), user("c"), '<parallelGateway id="f"/><parallelGateway id="j"/>',
        chain("s", "f", "a", "j", "c", "e"), chain("f", "b", "j"),
    )  # fmt: skip
    record, _ = begin(office, key)
    assert waiting(record) == ["a", "b"]
    do(record, order[0], office.clerk)
    assert waiting(record) == [order[1]]
    do(record, order[1], office.clerk)
    assert waiting(record) == ["c"]
    assert Token.objects.count() == 1
    assert do(record, "c", office.clerk).ended


@pytest.mark.parametrize(("x", "y", "nodes"), [(1, 1, ["a", "b"]), (1, 0, ["a"]), (0, 1, ["b"]), (0, 0, ["c"])])
def test_inclusive_takes_what_is_true_and_joins_what_was_taken(office, x, y, nodes):
    key = draw(
        *map(user, "abcd"), '<inclusiveGateway id="f" default="f_c"/><inclusiveGateway id="j"/>',
        flow("s", "f"), flow("f", "a", "x == 1"), flow("f", "b", "y == 1"), flow("f", "c"),
        chain("a", "j"), chain("b", "j"), chain("c", "j", "d", "e"),
    )  # fmt: skip
    record, _ = begin(office, key, x=x, y=y)
    assert waiting(record) == nodes
    for node in nodes:
        assert "d" not in waiting(record)
        do(record, node, office.clerk)
    assert waiting(record) == ["d"]
    assert do(record, "d", office.clerk).ended


def test_loop_back_and_terminate(office):
    key = draw(
        user("a"), user("b"), '<parallelGateway id="f"/><exclusiveGateway id="g" default="g_a"/>',
        '<endEvent id="t"><terminateEventDefinition/></endEvent>',
        chain("s", "f", "a", "g"), chain("f", "b", "e"), flow("g", "a"), flow("g", "t", "lan >= 2"),
    )  # fmt: skip
    record, _ = begin(office, key)
    do(record, "a", office.clerk, lan=1)
    assert waiting(record) == ["a", "b"]
    other = open_one(record, "b")
    done = do(record, "a", office.clerk, lan=2)
    assert done.ended
    assert WorkItem.objects.get(id=other).state == "cancelled"
    assert Seat.objects.count() == 0


def test_send_back_before_a_split_undoes_the_other_branch_but_inside_it_does_not(office):
    key = draw(
        *map(user, ["first", "a1", "a2", "b1", "last"]), '<parallelGateway id="f"/><parallelGateway id="j"/>',
        chain("s", "first", "f", "a1", "a2", "j", "last", "e"), chain("f", "b1", "j"),
    )  # fmt: skip
    record, _ = begin(office, key)
    for node in ("first", "b1", "a1"):
        do(record, node, office.clerk)
    services.send_back(open_one(record, "a2"), to="a1", actor=office.clerk, reason="x")
    assert waiting(record) == ["a1"]
    do(record, "a1", office.clerk)
    do(record, "a2", office.clerk)
    assert waiting(record) == ["last"]
    services.send_back(open_one(record), to="a1", actor=office.clerk, reason="x")
    assert waiting(record) == ["a1"]


def test_send_back_out_of_both_branches_leaves_one_token(office):
    key = draw(
        *map(user, ["first", "a", "b"]), '<parallelGateway id="f"/><parallelGateway id="j"/>',
        chain("s", "first", "f", "a", "j", "e"), chain("f", "b", "j"),
    )  # fmt: skip
    record, _ = begin(office, key)
    do(record, "first", office.clerk)
    other = open_one(record, "b")
    services.send_back(open_one(record, "a"), to="first", actor=office.clerk, reason="x")
    assert waiting(record) == ["first"]
    assert WorkItem.objects.get(id=other).state == "cancelled"
    assert Token.objects.count() == 1


# scopes


def test_sub_process_ends_with_its_last_token(office):
    inner = "".join([
        '<subProcess id="sub"><startEvent id="is"/><endEvent id="ie"/><parallelGateway id="if"/>',
        user("x"), user("y"), chain("is", "if", "x", "ie"), chain("if", "y", "ie"), "</subProcess>",
    ])  # fmt: skip
    key = draw(inner, user("z"), chain("s", "sub", "z", "e"))
    record, _ = begin(office, key)
    assert waiting(record) == ["x", "y"]
    do(record, "y", office.clerk)
    assert waiting(record) == ["x"]
    do(record, "x", office.clerk)
    assert waiting(record) == ["z"]
    services.send_back(open_one(record), to="x", actor=office.clerk, reason="x")
    assert waiting(record) == ["x"]
    do(record, "x", office.clerk)
    assert waiting(record) == ["z"]


def test_call_activity_runs_the_version_of_publication(office, four):
    key = draw('<callActivity id="goi" calledElement="bon-buoc"/>', user("z"), chain("s", "goi", "z", "e"))
    services.publish_definition("bon-buoc", title="Bốn bước", steps=STEPS[:1])
    record, _ = begin(office, key)
    assert waiting(record) == ["goi/receive"]
    for node, by in [("receive", office.clerk), ("assign", office.head), ("appraise", office.expert)]:
        do(record, f"goi/{node}", by)
    do(record, "goi/approve", office.chair)
    assert waiting(record) == ["z"]
    assert Definition.objects.get(id=key).compiled["calls"][0][:3] == ["goi", "bon-buoc", 1]


def test_error_end_is_caught_on_the_boundary(office):
    inner = "".join([
        '<subProcess id="sub"><startEvent id="is"/><endEvent id="ie"><errorEventDefinition errorRef="E1"/></endEvent>',
        user("x"), chain("is", "x", "ie"), "</subProcess>",
        boundary("b", "sub", '<errorEventDefinition errorRef="E1"/>'),
    ])  # fmt: skip
    key = draw(inner, user("z"), chain("s", "sub", "e"), chain("b", "z", "e"))
    record, _ = begin(office, key)
    do(record, "x", office.clerk)
    assert waiting(record) == ["z"]


# time


def test_timer_waits_until_it_is_due(office):
    key = draw(timer("t", "PT4H"), user("a"), chain("s", "t", "a", "e"))
    with time_machine.travel(TUESDAY, tick=False) as clock:
        record, _ = begin(office, key)
        assert waiting(record) == []
        assert Timer.objects.get().due_at == TUESDAY + timedelta(hours=4)
        clock.move_to(TUESDAY + timedelta(hours=3, minutes=59))
        assert jobs.fire_due() == 0
        clock.move_to(TUESDAY + timedelta(hours=4))
        assert jobs.fire_due() == 1
    assert waiting(record) == ["a"]
    assert not Timer.objects.exists()
    assert Entry.objects.filter(verb="workflow.timer").count() == 1


@pytest.mark.parametrize(("cancels", "left"), [(True, ["late"]), (False, ["a", "late"])])
def test_boundary_timer(office, cancels, left):
    key = draw(user("a"), user("late"), boundary("b", "a", after("P1D"), cancels=cancels),
               chain("s", "a", "e"), chain("b", "late", "e"))  # fmt: skip
    with time_machine.travel(TUESDAY, tick=False) as clock:
        record, _ = begin(office, key)
        clock.shift(timedelta(days=1))
        assert jobs.fire_due() == 1
        assert jobs.fire_due() == 0
    assert waiting(record) == left


def test_a_step_done_in_time_takes_its_timer_along(office):
    key = draw(user("a"), user("late"), user("c"), boundary("b", "a", after("P1D")),
               chain("s", "a", "c", "e"), chain("b", "late", "e"))  # fmt: skip
    with time_machine.travel(TUESDAY, tick=False) as clock:
        record, _ = begin(office, key)
        do(record, "a", office.clerk)
        clock.shift(timedelta(days=2))
        assert jobs.fire_due() == 0
    assert waiting(record) == ["c"]
    assert not Timer.objects.exists()


def test_a_timer_that_cannot_go_on_keeps_the_reason_and_nothing_moves(office):
    key = draw(timer("t", "PT1H"), user("a"), '<exclusiveGateway id="g" default="g_e"/>',
               chain("s", "t", "g", "e"), flow("g", "a", "thieu == 1"), chain("a", "e"))  # fmt: skip
    with time_machine.travel(TUESDAY, tick=False) as clock:
        begin(office, key)
        tokens = list(Token.objects.values())
        clock.shift(timedelta(hours=1))
        assert jobs.fire_due() == 0
    failed = Timer.objects.get()
    assert (failed.state, "thieu" in failed.failure) == ("failed", True)
    assert list(Token.objects.values()) == tokens


@pytest.mark.parametrize("first", ["message", "timer"])
def test_event_gateway_goes_on_with_what_comes_first(office, first):
    catch = '<intermediateCatchEvent id="m"><messageEventDefinition messageRef="tien"/></intermediateCatchEvent>'
    key = draw('<eventBasedGateway id="g"/>', catch, timer("t", "P3D"), user("paid"), user("late"),
               chain("s", "g", "m", "paid", "e"), chain("g", "t", "late", "e"),
               roots='<message id="tien" name="da_nop_phi"/>')  # fmt: skip
    with time_machine.travel(TUESDAY, tick=False) as clock:
        record, _ = begin(office, key)
        if first == "message":
            assert services.deliver_message(record.id, "khac") == 0
            assert services.deliver_message(record.id, "da_nop_phi", variables={"so": 5}) == 1
        clock.shift(timedelta(days=3))
        assert jobs.fire_due() == (0 if first == "message" else 1)
    assert waiting(record) == ["paid" if first == "message" else "late"]


# automatic steps


@pytest.fixture
def service(monkeypatch):
    calls = []

    def run(record, variables):
        calls.append((record, variables))
        return {"diem": 7}

    monkeypatch.setitem(SERVICES, "cham_diem", run)
    return calls


def test_service_runs_as_the_system_and_sets_variables(office, service):
    key = draw(
        '<serviceTask id="sv" name="Chấm điểm" congvu:service="cham_diem"/>', user("a"), chain("s", "sv", "a", "e")
    )
    record, instance = begin(office, key, x=1)
    assert waiting(record) == []
    assert [s.state for s in selectors.path(record.id)] == ["wait", "todo"]
    token = Token.objects.get().id
    jobs.run_service(instance=str(instance), token=str(token))
    jobs.run_service(instance=str(instance), token=str(token))
    assert service == [(record.id, {"x": 1})]
    assert waiting(record) == ["a"]
    assert Instance.objects.get().variables == {"x": 1, "diem": 7}
    assert Entry.objects.filter(verb="workflow.service").first().actor_name == "Hệ thống"


@refuses("workflow.timer", "workflow.service")
def test_people_cannot_run_timers_or_services(office, service):
    key = draw('<serviceTask id="sv" congvu:service="cham_diem"/>', user("a"), chain("s", "sv", "a", "e"))
    _, instance = begin(office, key)
    before, token = everything(), Token.objects.get().id
    with pytest.raises(Forbidden):
        jobs.serve(office.chair, instance, token)
    with pytest.raises(Forbidden):
        jobs.fire(office.chair, instance, token, "sv")
    assert (service, everything()) == ([], before)


def test_service_that_fails_leaves_everything(office, monkeypatch):
    def fail(record, variables):
        raise RuntimeError("no line")

    monkeypatch.setitem(SERVICES, "cham_diem", fail)
    key = draw('<serviceTask id="sv" congvu:service="cham_diem"/>', user("a"), chain("s", "sv", "a", "e"))
    _, instance = begin(office, key)
    before = everything()
    with pytest.raises(RuntimeError):
        jobs.run_service(instance=str(instance), token=str(Token.objects.get().id))
    assert everything() == before


# path


def test_path_shows_what_was_done_what_is_and_what_comes(office, four):
    record, _ = begin(office, four)
    do(record, "receive", office.clerk)
    assert [(s.node, s.state, s.holder) for s in selectors.path(record.id)] == [
        ("receive", "done", "Lò Thị Mây"), ("assign", "now", "head"), ("appraise", "todo", "specialist"),
        ("approve", "todo", "chair"),
    ]  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        selectors.path(record.id)
    assert len(queries) == 3


def test_past_reception_the_first_step_is_the_acts_own(office, four):
    record = office.record(code="H01-261117-0001", due=TUESDAY)
    with time_machine.travel(TUESDAY, tick=False):
        services.start(four, record.id, places=office.places, actor=office.clerk, past_reception=True)
    assert waiting(record) == ["assign"]
    taken = WorkItem.objects.get(node="receive")
    assert (taken.state, taken.done_by, taken.done_at, taken.assignee_id) == (
        "done", "Lò Thị Mây", TUESDAY, office.clerk.position_id,
    )  # fmt: skip
    item = WorkItem.objects.get(node="assign")
    assert (item.code, item.title, item.due_at) == ("H01-261117-0001", "Khai sinh", TUESDAY)
    assert item.step_due_at == TUESDAY + timedelta(hours=2)
    assert Seat.objects.count() == 1
    assert sorted(e.name for e in Event.objects.all()) == ["workflow.item_opened", "workflow.step_done"]
