"""Timers, boundary events and automatic steps."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from congvu.common.errors import Forbidden
from congvu.engines.workflow import jobs, selectors, services
from congvu.engines.workflow.library import SERVICES
from congvu.engines.workflow.models import Instance, Timer, Token
from congvu.ground.audit.models import Entry
from tests.engines.workflow.drawing import after, boundary, chain, flow, timer, user
from tests.engines.workflow.office import TUESDAY
from tests.engines.workflow.running import begin, do, draw, everything, waiting
from tests.marks import refuses

pytestmark = pytest.mark.django_db


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
