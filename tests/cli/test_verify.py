"""``congvu verify``."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest
from PIL import Image

from congvu.boot import cli
from congvu.engines.signing import services
from tests.engines.signing import papers
from tests.engines.signing.conftest import clock, desk, pki  # noqa: F401 - fixtures
from tests.engines.signing.pki import credential


@pytest.fixture(autouse=True)
def _no_second_start(monkeypatch):
    monkeypatch.setattr(cli, "prepare", lambda **_options: None)


def run(tmp_path, capsys, content, *more):
    path = tmp_path / "văn bản.pdf"
    if content is not None:
        path.write_bytes(content)
    code = cli.main(["verify", str(path), *more])
    return code, capsys.readouterr()


def test_a_good_file(pki, tmp_path, capsys):  # noqa: F811
    signed = services.sign(papers.prepared(), field="person", credential=credential(pki.chair)).pdf
    code, out = run(tmp_path, capsys, signed, "--json")
    assert code == 0
    assert json.loads(out.out) == {
        "signatures": [
            {
                "signer": "Lương Trọng Hùng", "organisation": "Ủy ban nhân dân xã Yên Khê",
                "time": "2026-11-19T09:30:00+07:00", "integrity": True, "trusted": True, "level": "B-B",
                "reason": "Chữ ký hợp lệ tại thời điểm ký. Hệ thống chứng thực: chuyên dùng công vụ. "
                "Thời điểm ký do người ký ghi, không có dấu thời gian.",
            }
        ],
        "valid": True,
    }  # fmt: skip
    code, out = run(tmp_path, capsys, signed)
    assert out.out.startswith("1. Lương Trọng Hùng (Ủy ban nhân dân xã Yên Khê): Chữ ký hợp lệ tại thời điểm ký.")


def test_a_changed_file(pki, tmp_path, capsys):  # noqa: F811
    signed = bytearray(services.sign(papers.prepared(), field="person", credential=credential(pki.chair)).pdf)
    signed[signed.index(b"stream\n") + 20] ^= 1
    code, out = run(tmp_path, capsys, bytes(signed), "--json")
    answer = json.loads(out.out)
    (row,) = answer["signatures"]
    assert (code, answer["valid"], row["integrity"]) == (0, False, False)
    assert row["reason"] == "Nội dung văn bản đã bị thay đổi sau khi ký."


def test_without_signatures(pki, tmp_path, capsys):  # noqa: F811
    code, out = run(tmp_path, capsys, papers.paper(), "--json")
    assert (code, json.loads(out.out)) == (0, {"signatures": [], "valid": False})
    code, out = run(tmp_path, capsys, papers.paper())
    assert out.out == "Tệp không có chữ ký số.\n"


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [(b"PK docx", "no_pdf", "không phải PDF"), (None, "invalid", "Không mở được"), (b"%PDF-1.7\nxx", "broken", "hỏng")],
)
def test_what_is_no_pdf(pki, tmp_path, capsys, content, code, words):  # noqa: F811
    exit_code, out = run(tmp_path, capsys, content, "--json")
    answer = json.loads(out.out)
    assert (exit_code, answer["code"], answer["problems"][0]["field"]) == (1, code, "file")
    assert words in answer["error"]


def test_a_scan_with_a_small_fault_has_no_signature_and_one_with_a_signature_is_not_excused(pki, tmp_path, capsys):  # noqa: F811
    """Pillow's table of contents gives the free object a generation no strict reader takes; viewers show the file."""
    written = BytesIO()
    Image.new("L", (40, 60), 200).save(written, "PDF")
    assert b"65536 f" in written.getvalue()
    code, out = run(tmp_path, capsys, written.getvalue(), "--json")
    assert (code, json.loads(out.out)) == (0, {"signatures": [], "valid": False})
    signed = services.sign(papers.prepared(), field="person", credential=credential(pki.chair)).pdf
    faulty = re.sub(rb"65535 f", b"65536 f", signed)
    assert faulty != signed
    code, out = run(tmp_path, capsys, faulty, "--json")
    assert (code, json.loads(out.out)["code"]) == (1, "broken")


@pytest.mark.parametrize(("name", "words"), [("khong-co.pdf", "không có tệp này"), ("", "đây là một thư mục")])
def test_why_a_file_cannot_be_opened_is_said_in_the_reader_s_language(tmp_path, capsys, name, words):
    assert cli.main(["verify", str(tmp_path / name)]) == 1
    assert f"Không mở được tệp “{tmp_path / name}”: {words}." in capsys.readouterr().err
