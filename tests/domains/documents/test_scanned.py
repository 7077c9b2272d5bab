"""What is read from the words of a paper: the 29 kinds as they are really set, columns, stamps, and rubbish."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import congvu.domains.documents
from congvu.domains.documents.scanned import read_scanned
from congvu.engines.typeset import services as typeset
from congvu.ground.files import ocr
from tests.engines.typeset import documents as papers

KINDS = json.loads((Path(congvu.domains.documents.__file__).parent / "data/kinds.json").read_text(encoding="utf-8"))
NAMES = [kind["name"] for kind in KINDS]
SUBJECT = "Về việc phê duyệt kế hoạch chỉnh lý tài liệu năm 2026"
BASES = {
    "letter": papers.LETTER, "telegram": papers.TELEGRAM, "invitation": papers.INVITATION, "leave": papers.LEAVE,
    "introduction": papers.INTRODUCTION, "minutes": papers.MINUTES, "resolution": papers.RESOLUTION,
    "decision": papers.DECISION,
}  # fmt: skip
TWENTY_NINE = [kind for kind in KINDS if kind["nature"] == "administrative" and kind["family"] == "administrative"]


@cache
def words_of(key: str) -> str:
    """The paper of a kind, set with number and day, and its words as poppler reads them."""
    kind = next(one for one in KINDS if one["key"] == key)
    base = BASES.get(kind["layout"], papers.NAMED)
    symbol = f"{kind['abbreviation']}-UBND" if kind["abbreviation"] else "UBND-VX"
    title = "" if kind["layout"] == "letter" else kind["name"]
    changed = {"kind": key, "title": title, "symbol": symbol, "number": "15", "on": papers.ON, "electronic": False}
    if kind["layout"] not in ("leave", "introduction"):
        changed["subject"] = SUBJECT.removeprefix("Về việc ") if kind["layout"] == "letter" else SUBJECT
    pdf = typeset.set_official(dataclasses.replace(base, **changed)).pdf
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def test_these_are_the_29_kinds():
    assert len(TWENTY_NINE) == 29


@pytest.mark.parametrize("key", [kind["key"] for kind in TWENTY_NINE])
def test_every_kind_is_read(key):
    kind = next(one for one in KINDS if one["key"] == key)
    found = read_scanned(words_of(key), kinds=NAMES)
    symbol = f"{kind['abbreviation']}-UBND" if kind["abbreviation"] else "UBND-VX"
    assert (found.number, found.symbol, found.kind_name) == ("15", symbol, kind["name"])
    # Minutes carry no line of place and day; the day in their first sentence is that of the meeting.
    assert found.issued_on == (date(2026, 3, 9) if kind["layout"] == "minutes" else papers.ON)
    if kind["layout"] == "letter":
        assert found.subject == f"V/v {SUBJECT.removeprefix('Về việc ')}"
    elif kind["layout"] not in ("leave", "introduction"):
        assert found.subject == SUBJECT
    assert found.signer
    assert found.secrecy == 0


def test_sender_signer_title_and_urgency():
    found = read_scanned(words_of("CV"), kinds=NAMES, senders=["UBND khác", "Ủy ban nhân dân xã Yên Khê"])
    assert (found.sender, found.signer, found.signer_position) == (
        "Ủy ban nhân dân xã Yên Khê", "Lục Thị Sương", "Phó chủ tịch",
    )  # fmt: skip
    assert found.priority == 3


def test_the_lower_agency_at_the_head_is_the_sender():
    text = (
        "ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        " TỈNH BÌNH LAM          Độc lập - Tự do - Hạnh phúc\n"
        "   SỞ XÂY DỰNG\n\nSố: 05/SXD-QLN         Bình Lam, ngày 02 tháng 02 năm 2026\nV/v rà soát nhà ở\n\nKính gửi:"
    )
    found = read_scanned(text, kinds=NAMES, senders=["Sở Xây dựng"])
    assert (found.sender, found.number, found.symbol, found.subject) == (
        "Sở Xây dựng", "5", "SXD-QLN", "V/v rà soát nhà ở",
    )  # fmt: skip
    assert found.issued_on == date(2026, 2, 2)


@pytest.mark.parametrize(("mark", "level"), [("MẬT", 1), ("TỐI MẬT", 2), ("TUYỆT MẬT", 3), ("bí mật", 0), ("Mật", 0)])
def test_marks_of_secrecy_are_found_only_as_stamps(mark, level):
    text = f"SỞ NỘI VỤ\nSố: 01/SNV-VP\n\n{mark}\n\nV/v bảo vệ bí mật nhà nước\n"
    assert read_scanned(text, kinds=NAMES).secrecy == level


@given(st.text(max_size=400))
def test_nothing_that_a_reader_gives_breaks_it(text):
    found = read_scanned(text, kinds=NAMES)
    assert len(found.subject) <= 500
    assert len(found.symbol) <= 30


@pytest.mark.skipif(not ocr.available() or not shutil.which("pdftoppm"), reason="needs tesseract with Vietnamese")
def test_a_real_scan_is_read_by_the_machine(tmp_path):
    """A page as a picture, without any text in it."""
    kind = dataclasses.replace(papers.LETTER, number="15", on=papers.ON, electronic=False)
    source = tmp_path / "giay.pdf"
    source.write_bytes(typeset.set_official(kind).pdf)
    subprocess.run(["pdftoppm", "-r", "200", "-png", "-l", "1", str(source), str(tmp_path / "trang")], check=True)
    (page,) = tmp_path.glob("trang*.png")
    found = read_scanned(ocr.read(page, "image/png"), kinds=NAMES, senders=["Ủy ban nhân dân xã Yên Khê"])
    assert (found.number, found.symbol, found.issued_on) == ("15", "UBND-VX", papers.ON)
    assert found.kind_name == "Công văn"
    assert found.sender == "Ủy ban nhân dân xã Yên Khê"
