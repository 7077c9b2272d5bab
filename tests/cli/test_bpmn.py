"""``congvu bpmn check``."""

from __future__ import annotations

import json

import pytest

from congvu.boot import cli
from tests.engines.workflow.drawing import chain, file, flow, process, user

GOOD = file(process(user("a"), chain("s", "a", "e"), key="tot"))
BAD = file(
    process('<exclusiveGateway id="g" default="g_e"/>', user("a"), chain("s", "g", "e"),
            flow("g", "a", 'open("x")'), chain("a", "e"), key="xau")
)  # fmt: skip


def run(tmp_path, capsys, data, *more):
    path = tmp_path / "tệp.bpmn"
    if data is not None:
        path.write_bytes(data)
    code = cli.main(["bpmn", "check", str(path), *more])
    return code, capsys.readouterr()


def test_good_file(tmp_path, capsys):
    code, out = run(tmp_path, capsys, GOOD, "--json")
    assert code == 0
    assert json.loads(out.out) == {
        "processes": [{"id": "tot", "runnable": True, "errors": [], "warnings": []}], "errors": [],
    }  # fmt: skip


def test_what_cannot_run_is_said_in_words(tmp_path, capsys):
    code, out = run(tmp_path, capsys, BAD, "--json")
    row = json.loads(out.out)["processes"][0]
    assert (code, row["id"], row["runnable"]) == (0, "xau", False)
    assert row["errors"] == ['Đường nối “g_a”: Điều kiện “open("x")”, cột 1: không được gọi hàm.']


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "Không mở được tệp"),
        (b"<!DOCTYPE a><a/>", "DOCTYPE"),
        (b"zip", "không phải XML"),
        (b" " * 2_000_002, "2 MB"),
    ],
)
def test_unreadable_file(tmp_path, capsys, data, words):
    code, out = run(tmp_path, capsys, data, "--json")
    answer = json.loads(out.out)
    assert (code, answer["processes"]) == (1, [])
    assert words in answer["errors"][0]


def test_for_people(tmp_path, capsys):
    code, out = run(tmp_path, capsys, BAD)
    assert code == 0
    assert out.out.startswith("xau: chưa chạy được\n  lỗi: ")
    code, out = run(tmp_path, capsys, b"")
    assert (code, out.err) == (1, "Tệp trống.\n")
