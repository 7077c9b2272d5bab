"""Capitals of Phụ lục II and layout of Phụ lục I as findings; texts and what is right are typed by hand."""

from __future__ import annotations

import dataclasses
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from congvu.engines.typeset import services
from congvu.engines.typeset.lint import lint_text
from congvu.engines.typeset.types import Annex, Point, Signer, plain, words
from tests.engines.typeset import documents

CLEAN = dataclasses.replace(
    documents.LETTER, body=(documents.paragraph("Ủy ban nhân dân xã đề nghị các đơn vị nộp hồ sơ đúng hạn."),)
)


@pytest.mark.parametrize(
    ("text", "code", "right"),
    [
        ("Phục vụ nhân dân là trách nhiệm.", "people", "Phục vụ Nhân dân là trách nhiệm."),
        ("Quyền của nhà nước.", "state", "Quyền của Nhà nước."),
        ("Tại thủ đô Hà Nội.", "special_place", "Tại Thủ đô Hà Nội."),
        ("Tại thành phố Hồ Chí Minh.", "special_place", "Tại Thành phố Hồ Chí Minh."),
        ("Thuộc Tỉnh Nam Định.", "unit_word", "Thuộc tỉnh Nam Định."),
        ("Ở Thành phố Thái Nguyên.", "unit_word", "Ở thành phố Thái Nguyên."),
        ("Thuộc quận 1 cũ.", "numbered_unit", "Thuộc Quận 1 cũ."),
        ("Theo khoản 2 điều 103 của Luật.", "citation", "Theo khoản 2 Điều 103 của Luật."),
        ("Theo mục 5 chương XII phần I.", "citation", "Theo Mục 5 Chương XII Phần I."),
        ("Theo Khoản 2 Điều 3.", "small_citation", "Theo khoản 2 Điều 3."),
        ("Theo Điểm a khoản 2 Điều 3.", "small_citation", "Theo điểm a khoản 2 Điều 3."),
        ("Vào sáng thứ hai, họp.", "weekday", "Vào sáng thứ Hai, họp."),
        ("Nghỉ ngày chủ nhật.", "weekday", "Nghỉ ngày Chủ nhật."),
        ("Trong tháng năm, nộp.", "month", "Trong tháng Năm, nộp."),
        ("Ngày ban hành: ngày 5 tháng 03 năm 2026.", "date", "Ngày ban hành: ngày 05 tháng 3 năm 2026."),
        ("ngày 15 tháng 2 năm 2026", "date", "ngày 15 tháng 02 năm 2026"),
        ("Hai  khoảng trắng.", "blanks", "Hai khoảng trắng."),
        ("Trước dấu , thừa.", "punctuation", "Trước dấu, thừa."),
    ],
)
def test_rule_finds_and_proposes(text, code, right):
    found = lint_text(text)
    assert {f.code for f in found} == {code}
    assert {f.proposal for f in found} == {right}
    assert all(f.found in text and f.words for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân xã, Hội đồng nhân dân tỉnh, Tòa án nhân dân, Công an nhân dân.",
        "Luật Ngân sách nhà nước, bí mật nhà nước, quản lý nhà nước.",
        "Khoản 2 Điều 3 quy định. Điểm a khoản này.",
        "Phường Điện Biên Phủ, tại Phường Lê Lợi, Thành phố Hồ Chí Minh.",
        "điểm a khoản 2 Điều 103 Mục 5 Chương XII Phần I",
        "lần thứ hai, kỳ họp thứ ba, tháng tư pháp, trong tháng hai bên ký",
        "ngày 05 tháng 3 năm 2026, ngày 31 tháng 12 năm 2025, ngày 40 tháng 13 năm 2026",
        "Tỉnh Nam Định báo cáo. Xã Yên Khê nộp.",
        "tại tỉnh Nam Định; thành phố Thái Nguyên",
        "1.250 hồ sơ; 0,6 mét: đủ",
    ],
)
def test_right_text_is_left_alone(text):
    assert lint_text(text) == ()


def test_decomposed_text_is_found():
    found = lint_text(unicodedata.normalize("NFD", "Số hóa"))
    assert ("unicode", "Số hóa") in [(f.code, f.proposal) for f in found]


@pytest.mark.parametrize(
    ("change", "place", "code", "proposal"),
    [
        ({"symbol": "CV-UBND"}, "symbol", "symbol_cv", "UBND"),
        ({"symbol": "UBND - VX"}, "symbol", "symbol_blank", "UBND-VX"),
        ({"symbol": "2026/UBND-VX"}, "symbol", "symbol_year", "UBND-VX"),
        ({"subject": "V/v nộp lưu hồ sơ."}, "subject", "subject_form", "nộp lưu hồ sơ"),
        ({"subject": ""}, "subject", "subject_missing", ""),
        ({"addressees": ()}, "addressees", "addressees_missing", ""),
        ({"bases": (plain("Căn cứ Luật Lưu trữ,"),)}, "bases.1", "basis_end", "Căn cứ Luật Lưu trữ."),
        ({"body": (Point(plain("Nội dung"), "f"),)}, "body.1", "point_letter", ""),
        ({"annexes": (Annex(title="Biểu", body=()),)}, "annexes", "annex_mention", ""),
        ({"signer": Signer("Chủ tịch", "ThS. Hà Văn Khoái")}, "signer.name", "academic_title", "Hà Văn Khoái"),
        ({"signer": Signer("a", "B", "T/M A\nKT Chủ tịch")}, "signer.authority", "capacity", "TM. A\nKT. Chủ tịch"),
        ({"recipients": ("Như trên",)}, "recipients", "recipients_filed", ""),
    ],
)  # fmt: skip
def test_layout_of_the_document(change, place, code, proposal):
    found = services.check_draft(dataclasses.replace(CLEAN, **change))
    assert [(f.place, f.code, f.proposal) for f in found] == [(place, code, proposal)]


def test_clean_draft_has_no_findings():
    assert services.check_draft(CLEAN) == ()


def test_kinh_gui_only_where_it_belongs():
    for title, expected in (("Thông báo", ["addressees"]), ("Tờ trình", []), ("Báo cáo", [])):
        symbol = {"Thông báo": "TB-VP", "Tờ trình": "TTr-VP", "Báo cáo": "BC-VP"}[title]
        paper = dataclasses.replace(documents.NAMED, title=title, symbol=symbol, body=CLEAN.body)
        assert [f.code for f in services.check_draft(paper)] == expected


@pytest.mark.parametrize(
    ("title", "symbol", "right"),
    [
        ("Quyết định", "UBND", "QĐ-UBND"), ("Quy định", "QĐ-UBND", "QyĐ-UBND"), ("Tờ trình", "TTR-VP", "TTr-VP"),
        ("Chương trình", "CTR-UBND", "CTr-UBND"),
    ],
)  # fmt: skip
def test_symbol_begins_with_the_kind(title, symbol, right):
    found = services.check_draft(dataclasses.replace(documents.INVITATION, title=title, symbol=symbol))
    assert [(f.code, f.proposal) for f in found if f.place == "symbol"] == [("symbol_kind", right)]


PIECES = st.sampled_from(
    ["nhân dân", "Nhân dân", "nhà nước", "điều 5", "Khoản 2", "Điểm a", "thứ hai", "ngày 5 tháng 03 năm 2026",
     "tháng năm", "Tỉnh Nam", "quận 1", "thành phố Hồ Chí Minh", "mục 3", "tiểu mục 1", " ", "  ", ",", ".", ";",
     "\n", "V/v", "CV", "- ", "e\u0302\u0301", "chủ nhật", "sáng", "1.", "a)", "\u00a0"],
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=9).map(" ".join)
)


@settings(max_examples=300)
@given(TEXTS)
def test_a_proposal_is_never_complained_about(text):
    for finding in lint_text(text):
        assert finding.proposal != text
        assert lint_text(finding.proposal) == ()


@settings(max_examples=200)
@example("", "", "CV", "Quyết định")
@given(
    TEXTS,
    TEXTS,
    st.text("CVQĐ-/UBNDcv 2026", max_size=12),
    st.sampled_from(["Quyết định", "Thông báo", "", "Công văn"]),
)
def test_proposals_of_a_document_hold(subject, basis, symbol, title):
    paper = dataclasses.replace(
        CLEAN, subject=subject, bases=(plain(basis), plain("Căn cứ b.")), symbol=symbol, title=title, layout="letter"
    )
    for finding in services.check_draft(paper):
        if not finding.proposal:
            continue
        changed = {
            "subject": {"subject": finding.proposal},
            "symbol": {"symbol": finding.proposal},
            "bases.1": {"bases": (plain(finding.proposal), *paper.bases[1:])},
        }[finding.place]
        again = services.check_draft(dataclasses.replace(paper, **changed))
        assert [f for f in again if f.place == finding.place] == []


@pytest.mark.parametrize("name", documents.ALL)
def test_samples_are_linted_without_an_error(name):
    for finding in services.check_draft(documents.ALL[name]):
        assert finding.words
        assert finding.place
    assert words(plain("x")) == "x"
