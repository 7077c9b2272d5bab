"""``congvu procedures import``: one JSON value on stdout, words and exit 1 for what cannot be read."""

from __future__ import annotations

import argparse
import json

import pytest

from congvu.common.errors import Invalid
from congvu.domains.procedures.models import Procedure
from congvu.faces.cli import procedures
from tests.domains.procedures.samples import make_row

pytestmark = pytest.mark.django_db


def run(*words):
    parser = argparse.ArgumentParser()
    procedures.register(parser.add_subparsers())
    options = parser.parse_args(["procedures", *map(str, words)])
    return options.run(options)


def test_import_prints_one_json_value(tmp_path, capsys):
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([make_row(), {"code": "x", "name": "?"}]))
    assert run("import", file, "--json") == 0
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert (answer["create"], answer["update"], answer["same"], answer["runnable"]) == (1, 0, 0, 1)
    assert answer["refused"] == [{"code": "x", "reason": "code: “x” không phải mã thủ tục (dạng 1.001193)"}]
    assert (answer["warnings"], set(answer)) == (
        [], {"create", "update", "same", "refused", "warnings", "runnable"},
    )  # fmt: skip
    assert "2/2" in err


def test_dry_run_writes_nothing(tmp_path, capsys):
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([make_row()]))
    assert run("import", file, "--dry-run") == 0
    assert capsys.readouterr().out.startswith("Chạy thử, không ghi gì.\nThêm 1, cập nhật 0")
    assert not Procedure.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "JSON"),
        (b"\xff\xfe\x00", "JSON"),
        (b"{}", "danh s"),
        (b"[" * 100_000, "JSON"),
        (None, "Kh\u00f4ng m\u1edf \u0111\u01b0\u1ee3c"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path, content, words):
    file = tmp_path / "rows.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Invalid, match=words):
        run("import", file)
    assert not Procedure.objects.exists()


def test_report_tells_own_and_template_apart(tmp_path, capsys):
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([make_row(), make_row(code="1.999002", time=None)]))
    run("import", file)
    capsys.readouterr()
    assert run("report", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["total"], answer["own"], answer["template"]) == (2, [], ["1.999001"])
    assert answer["blocked"] == [{"reason": "Chưa có thời hạn giải quyết hoặc đơn vị thời gian", "codes": ["1.999002"]}]
