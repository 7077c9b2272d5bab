"""What the compiler accepts, refuses and doubts, and how files are read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.common.errors import Invalid
from congvu.engines.workflow.graph import Graph
from congvu.engines.workflow.library import SERVICES, check_file, compile_file, service_task
from congvu.engines.workflow.steps import to_bpmn
from congvu.engines.workflow.types import Step
from tests.engines.workflow.drawing import HEAD, chain, file, findings, flow, graph, process, timer, user


def test_plain_sequence_runs_without_a_word():
    assert findings(user("a"), chain("s", "a", "e")) == ([], [])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Tệp trống"),
        (b"not xml", "không phải XML đúng chuẩn (dòng 1, cột 1)"),
        (b"<a/>", "không phải BPMN 2.0"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><a>&a;</a>', "DOCTYPE"),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><a/>'.encode("utf-16"), "DOCTYPE"),
        (b" " * 2_000_001, "lớn hơn 2 MB"),
        ((HEAD + "</definitions>").encode(), "không có quy trình nào"),
        (b"\xff\xfe\x00", "không phải XML"),
        (b"PK\x03\x04zip", "không phải XML"),
    ],
)
def test_unreadable_files_are_refused_in_words(data, words):
    report = check_file(data)
    assert report.processes == ()
    assert words in report.errors[0]


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(data):
    assert check_file(data).processes == ()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ((user("a"), chain("s", "a")), "không có đường ra"),
        (('<scriptTask id="a"/>', chain("s", "a", "e")), "loại “scriptTask” không chạy được"),
        (('<serviceTask id="a"/>', chain("s", "a", "e")), "chưa ghi tên dịch vụ"),
        (('<serviceTask id="a" congvu:service="no"/>', chain("s", "a", "e")), "dịch vụ “no” chưa được đăng ký"),
        ((user("a", "giam_doc"), chain("s", "a", "e")), "vai trò “giam_doc” không có"),
        ((user("a", ""), chain("s", "a", "e")), "bản nháp"),
        (('<complexGateway id="a"/>', chain("s", "a", "e")), "không chạy được"),
        (('<callActivity id="a" calledElement="x"/>', chain("s", "a", "e")), "chưa có quy trình “x”"),
        ((user("a"), chain("s", "a", "e"), flow("a", "zz")), "nối tới nút không có"),
        (
            (
                '<userTask id="a" congvu:role="clerk"><multiInstanceLoopCharacteristics/></userTask>',
                chain("s", "a", "e"),
            ),
            "lặp nhiều lần",
        ),
        (
            (
                '<exclusiveGateway id="g"/>',
                user("a"),
                chain("s", "g", "e"),
                flow("g", "a", 'print("x")'),
                chain("a", "e"),
            ),
            "không được gọi hàm",
        ),
        (('<exclusiveGateway id="g"/>', user("a"), chain("s", "g", "a", "e"), flow("g", "e")), "không có điều kiện"),
        ((user("a"), flow("s", "a", "x == 1"), chain("a", "e")), "chỉ được đặt sau nút rẽ nhánh"),
        (
            (
                timer("t", "xx yy"),
                chain("s", "t", "e"),
            ),
            "không đọc được hẹn giờ",
        ),
        (
            (
                '<intermediateCatchEvent id="t"><signalEventDefinition/></intermediateCatchEvent>',
                chain("s", "t", "e"),
            ),
            "sự kiện signal",
        ),
        (('<startEvent id="s2"/>', chain("s", "e"), chain("s2", "e")), "đúng một điểm bắt đầu"),
        ((user("a"), user("b"), chain("s", "a", "b", "a")), "không bao giờ tới được điểm kết thúc"),
        ((user("a", kind="dance"), chain("s", "a", "e")), "loại bước “dance”"),
        ((user("a"), user("a"), chain("s", "a", "e")), "trùng mã"),
    ],
)
def test_errors(body, words):
    errors, _ = findings(*body)
    assert any(words in error for error in errors), errors


def test_no_end_is_an_error():
    xml = HEAD + '<process id="p"><startEvent id="s"/>' + user("a") + flow("s", "a") + "</process></definitions>"
    report = check_file(xml.encode())
    assert not report.processes[0].runnable
    assert any("không có điểm kết thúc" in error for error in report.processes[0].errors)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ((user("a"), user("b"), chain("s", "a", "e"), chain("b", "e")), "không có đường nào tới"),
        (
            ('<exclusiveGateway id="g"/>', user("a"), chain("s", "g"), flow("g", "a", "x == 1"),
             flow("g", "e", "x == 2"), chain("a", "e")),
            "không có nhánh mặc định",
        ),
        (('<task id="a" name="Việc"/>', chain("s", "a", "e")), "loại bước chưa rõ"),
        (('<userTask id="a"/>', chain("s", "a", "e")), "chưa ghi vai trò"),
        (('<dataObjectReference id="d"/>', user("a"), chain("s", "a", "e")), "dữ liệu chỉ được vẽ"),
    ],
)  # fmt: skip
def test_warnings_do_not_stop_it(body, words):
    errors, warnings = findings(*body)
    assert errors == []
    assert any(words in warning for warning in warnings), warnings


def test_unreachable_node_is_not_waited_for():
    """A join with one unreachable branch opens by the others."""
    found = graph(
        user("a"), user("b"), user("dead"), '<parallelGateway id="f"/><parallelGateway id="j"/>',
        chain("s", "f", "a", "j", "e"), chain("f", "b", "j"), chain("dead", "j"),
    )  # fmt: skip
    assert "dead" not in found.nodes
    assert set(found.nodes["j"].into) == {"a_j", "b_j"}


def test_roles_of_modellers_are_understood():
    lanes = '<laneSet id="l"><lane id="l1" name="chair"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
    groups = '<userTask id="b" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:candidateGroups="head,x"/>'
    found = graph(lanes, '<userTask id="a"/>', groups, chain("s", "a", "b", "e"))
    assert (found.nodes["a"].role, found.nodes["b"].role) == ("chair", "head")


def test_calls_inside_a_file_are_built_in_and_cycles_refused():
    caller = process('<callActivity id="c" calledElement="q"/>', chain("s", "c", "e"), key="p")
    called = process(user("a"), chain("s", "a", "e"), key="q")
    compiled = {c.id: c for c in compile_file(file(caller, called))}
    assert compiled["p"].graph is not None
    assert set(compiled["p"].graph.nodes) == {"s", "e", "c", "c/s", "c/a", "c/e"}
    round_ = process('<callActivity id="c" calledElement="p"/>', chain("s", "c", "e"), key="p")
    assert not check_file(file(round_)).processes[0].runnable


def test_registered_service_runs_and_names_are_unique():
    service_task("test.compile")(print)
    try:
        assert findings('<serviceTask id="a" congvu:service="test.compile"/>', chain("s", "a", "e")) == ([], [])
        with pytest.raises(RuntimeError):
            service_task("test.compile")(repr)
    finally:
        del SERVICES["test.compile"]


def test_graph_refuses_an_unknown_format():
    with pytest.raises(ValueError, match="unknown format"):
        Graph.from_json({"format": 2})


# the table of steps

SEVEN = [
    Step("receive", "Tiếp nhận", "clerk", "center", Decimal("2"), "Tiếp nhận", "receive", ("next",)),
    Step("assign", "Phân công", "head", "dept", Decimal("2"), "", "assign"),
    Step("appraise", "Thẩm định", "specialist", "dept", Decimal("10"), "Thẩm định", "appraise"),
    Step("review", "Xem xét", "head", "dept", Decimal("4"), "", "review"),
    Step("approve", "Ký duyệt", "chair", "authority", Decimal("4"), "Phê duyệt", "approve"),
    Step("issue", "Vào sổ, đóng dấu", "registrar", "authority", Decimal("1"), "", "issue"),
    Step("return_", "Trả kết quả", "clerk", "center", Decimal("0"), "Trả kết quả", "return", ("next",)),
]


def test_table_compiles_and_keeps_what_it_says():
    compiled = compile_file(to_bpmn("kq", "Bảy bước", SEVEN))[0]
    assert (compiled.errors, compiled.warnings) == ([], [])
    assert compiled.graph is not None
    node = compiled.graph.nodes["appraise"]
    assert (node.role, node.place, node.hours, node.step_kind, node.pause) == (
        "specialist",
        "dept",
        "10",
        "appraise",
        False,
    )
    assert compiled.title == "Bảy bước"


def test_unknown_role_makes_a_draft_naming_the_step_and_missing_hours_a_pause():
    steps = [Step("a", "Chờ thuế", "specialist", "dept", None), Step("b", "Ký", None, "dept", Decimal(1))]
    compiled = compile_file(to_bpmn("k", "K", steps))[0]
    assert compiled.errors == ["Bước “Ký” (b): chưa xác định được vai trò thực hiện; quy trình còn là bản nháp."]
    assert compiled.warnings == ["Bước “Chờ thuế” (a): chưa có số giờ; thời gian của bước được coi là chờ bên khác."]
    assert compiled.graph is None


def test_jumps_become_choices_and_groups_run_side_by_side():
    steps = [
        Step("a", "A", "clerk", hours=Decimal(1), outcomes=("next", "refuse>d", "stop>end")),
        Step("b", "B", "clerk", hours=Decimal(1), group="hai"),
        Step("c", "C", "clerk", hours=Decimal(1), group="hai"),
        Step("d", "D", "clerk", hours=Decimal(1)),
    ]
    compiled = compile_file(to_bpmn("k", "K", steps))[0]
    assert compiled.errors == []
    assert compiled.graph is not None
    choice = compiled.graph.nodes["choice_a"]
    targets = {compiled.graph.flows[f].target: compiled.graph.flows[f].when for f in choice.out}
    assert targets == {"fork_1": "", "d": 'outcome in ["refuse"]', "end": 'outcome in ["stop"]'}
    assert compiled.graph.nodes["a"].outcomes == ("next", "refuse", "stop")
    assert compiled.graph.nodes["join_1"].kind == "parallel"


@pytest.mark.parametrize(
    ("steps", "row", "words"),
    [
        ([], "steps", "ít nhất một bước"),
        ([Step("A b", "x", "clerk")], "dòng 1", "Mã bước"),
        ([Step("a", "x", "clerk"), Step("a", "y", "clerk")], "dòng 1", "bị trùng"),
        ([Step("a", " ", "clerk")], "dòng 1", "phải có tên"),
        ([Step("a", "x", "clerk", hours=Decimal(-1))], "dòng 1", "không được âm"),
        ([Step("a", "x", "clerk", kind="dance")], "dòng 1", "danh mục"),
        ([Step("a", "x", "clerk", outcomes=("no>zz",))], "dòng 1", "Không có bước “zz”"),
    ],
)
def test_wrong_rows_are_named(steps, row, words):
    with pytest.raises(Invalid) as caught:
        to_bpmn("k", "K", steps)
    assert any(p.field == row and words in p.message for p in caught.value.problems)
