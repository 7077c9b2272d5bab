"""``congvu edxml``: what a message says as JSON, and a valid one out of a description."""

from __future__ import annotations

import hashlib
import json

import pytest

from congvu.boot.cli import main
from congvu.engines.exchange.edxml.writer import write_letter, write_status
from tests.engines.exchange.samples import OURS, TODAY, letter, pdf, report

KEYS = [
    "kind", "from", "to", "document_id", "code", "subject", "operation", "status", "attachments", "problems",
]  # fmt: skip


@pytest.fixture
def inspect(capsys):
    def run(path) -> tuple[int, dict]:
        code = main(["edxml", "inspect", str(path), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_a_document(inspect, tmp_path):
    path = tmp_path / "a.edxml"
    path.write_bytes(write_letter(letter(), [pdf(2)], today=TODAY))
    code, answer = inspect(path)
    assert (code, list(answer)) == (0, KEYS)
    assert answer == {
        "kind": "document",
        "from": {"id": "000.00.17.H98", "name": "Sở Xây dựng tỉnh Thanh Sơn"},
        "to": [{"id": OURS.id, "name": OURS.name}],
        "document_id": "000.00.17.H98,2026/11/18,15/SXD-QLN",
        "code": "15/SXD-QLN",
        "subject": "V/v rà soát nhà ở trên địa bàn xã",
        "operation": "new",
        "status": None,
        "attachments": [
            {
                "name": "cong-van-15.pdf", "type": "application/pdf", "bytes": len(pdf(2)),
                "sha256": hashlib.sha256(pdf(2)).hexdigest(), "signatures": 2,
            }
        ],
        "problems": [],
    }  # fmt: skip


def test_a_status(inspect, tmp_path):
    path = tmp_path / "s.edxml"
    path.write_bytes(write_status(report("03")))
    code, answer = inspect(path)
    assert (code, answer["kind"], answer["status"], answer["operation"]) == (0, "status", "03", None)
    assert (answer["to"], answer["from"]["id"]) == ([{"id": "000.00.17.H98", "name": ""}], OURS.id)
    assert (answer["document_id"], answer["attachments"]) == (report().document_id, [])


@pytest.mark.parametrize("content", [b"", b"xin chao", b"<!DOCTYPE a><edXML/>", b"<edXML>\xff"])
def test_what_cannot_be_read(inspect, tmp_path, content):
    path = tmp_path / "x.edxml"
    path.write_bytes(content)
    code, answer = inspect(path)
    assert (code, list(answer), answer["kind"]) == (1, KEYS, None)
    assert len(answer["problems"]) == 1


def test_a_file_that_is_not_there(inspect, tmp_path):
    code, answer = inspect(tmp_path / "không có")
    assert (code, answer["kind"]) == (1, None)
    assert answer["problems"][0].startswith("Không mở được tệp")


def test_in_words(capsys, tmp_path):
    path = tmp_path / "a.edxml"
    path.write_bytes(write_letter(letter(), [pdf(1)], today=TODAY).replace(b">cid:1<", b">cid:2<", 1))
    assert main(["edxml", "inspect", str(path)]) == 0
    told = capsys.readouterr()
    assert "Nơi gửi: Sở Xây dựng tỉnh Thanh Sơn (000.00.17.H98)" in told.out
    assert "1 chữ ký" in told.out


DESCRIPTION = {
    "sender": {"id": "H99.24.1", "name": "UBND xã Yên Khê"},
    "to": [{"id": "000.00.17.H98", "name": "Sở Xây dựng tỉnh Thanh Sơn"}],
    "number": "05", "notation": "UBND-VX", "promulgated": "2026-11-18", "subject": "V/v trả lời",
    "type_name": "Công văn", "signer": {"name": "Đỗ Văn Mẫu"}, "attachments": [{"path": "tep/cv.pdf"}],
}  # fmt: skip


def describe(tmp_path, **changes):
    (tmp_path / "tep").mkdir(exist_ok=True)
    (tmp_path / "tep" / "cv.pdf").write_bytes(pdf(1))
    path = tmp_path / "mo-ta.json"
    path.write_text(json.dumps(DESCRIPTION | changes), encoding="utf-8")
    return path


@pytest.mark.parametrize("dialect", ["zip", "raw"])
def test_making_a_valid_message(inspect, capsys, tmp_path, dialect):
    out = tmp_path / "ra.edxml"
    assert main(["edxml", "make", str(describe(tmp_path)), "-o", str(out), "--dialect", dialect, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(out), "bytes": out.stat().st_size}
    code, answer = inspect(out)
    assert (code, answer["problems"], answer["code"]) == (0, [], "05/UBND-VX")
    assert answer["attachments"][0]["signatures"] == 1


def test_making_a_status(inspect, tmp_path):
    path = tmp_path / "mo-ta.json"
    told = {"sender": DESCRIPTION["sender"], "to": "000.00.17.H98", "document_id": "abc", "status": "01"}
    path.write_text(json.dumps(told), encoding="utf-8")
    assert main(["edxml", "make", str(path), "-o", str(tmp_path / "ra.edxml")]) == 0
    assert inspect(tmp_path / "ra.edxml")[1]["status"] == "01"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"subject": ""}, "subject"), ({"to": []}, "to"), ({"mau": 1}, "mau"), ({"attachments": "x"}, "attachments"),
        ({"attachments": [{"path": "khong-co.pdf"}]}, "Không mở được tệp"), ({"promulgated": "18/11"}, "promulgated"),
    ],
)  # fmt: skip
def test_a_wrong_description_is_refused_and_nothing_written(capsys, tmp_path, changes, told):
    out = tmp_path / "ra.edxml"
    assert main(["edxml", "make", str(describe(tmp_path, **changes)), "-o", str(out)]) == 1
    assert told in capsys.readouterr().err
    assert not out.exists()
