"""Drawn processes: gateways and scopes."""

from __future__ import annotations

import pytest
from django.db import transaction

from congvu.common.errors import Invalid
from congvu.engines.workflow import services
from congvu.engines.workflow.models import Definition, Seat, Token, WorkItem
from tests.engines.workflow.drawing import boundary, chain, flow, user
from tests.engines.workflow.office import STEPS
from tests.engines.workflow.running import begin, do, draw, everything, open_one, waiting

pytestmark = pytest.mark.django_db


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
