"""Registers and lists: columns in the order of the decree, cover, heading on each page, nothing outside the margins."""

from __future__ import annotations

import dataclasses
import io

import openpyxl
import pikepdf
import pytest

from congvu.engines.typeset import services
from congvu.engines.typeset.errors import PaperIncomplete
from congvu.engines.typeset.types import BOOKS, RegisterBook
from tests.engines.typeset import measure, registers

# Typed by hand from documents.md §1.7 and §1.14.
LABELS = {
    "outgoing": ["Số, ký hiệu", "Ngày tháng", "Tên loại", "Người ký", "Nơi nhận", "Đơn vị, người nhận bản lưu",
                 "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú"],
    "incoming": ["Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại", "Đơn vị hoặc người nhận",
                 "Ngày chuyển", "Ký nhận", "Ghi chú"],
    "post": ["Ngày chuyển", "Số, ký hiệu", "Nơi nhận", "Số lượng bì", "Ký nhận và dấu bưu điện", "Ghi chú"],
    "loans": ["Ngày tháng", "Họ và tên người sử dụng", "Số, ký hiệu, ngày tháng", "Tên loại", "Số và ký hiệu hồ sơ",
              "Ký nhận", "Ngày trả", "Người cho phép", "Ghi chú"],
    "follow_up": ["Số đến", "Tên loại, số và ký hiệu", "Đơn vị hoặc người nhận", "Thời hạn", "Tiến độ",
                  "Số, ký hiệu văn bản trả lời", "Ghi chú"],
    "file_documents": ["STT", "Số, ký hiệu", "Ngày tháng", "Tên loại", "Tác giả", "Tờ số/Trang số", "Ghi chú"],
    "file_index": ["Số TT", "Số, ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời gian tài liệu", "Thời hạn bảo quản",
                   "Số tờ/Số trang", "Ghi chú"],
    "file_list": ["Số và ký hiệu hồ sơ", "Tên đề mục và tiêu đề hồ sơ", "Thời hạn bảo quản", "Người lập", "Ghi chú"],
    "disposal": ["STT", "Mã lưu trữ", "Tiêu đề", "Thời hạn lưu trữ", "Tổng số tài liệu", "Tổng số trang", "Lý do",
                 "Ghi chú"],
}  # fmt: skip
COVERED = ("outgoing", "incoming", "post", "loans", "follow_up")


@pytest.mark.parametrize("kind", LABELS)
def test_columns_stand_in_the_order_of_the_decree(kind):
    labels = [column.label for column in BOOKS[kind].columns]
    assert len(labels) == len(LABELS[kind])
    assert all(label.startswith(start) for label, start in zip(labels, LABELS[kind], strict=True))
    found = measure.pieces(services.set_register(registers.BOOKS[kind]))
    marks = {p.text: p.x for p in found if p.page == (2 if kind in COVERED else 1) and p.text[:1] == "("}
    order = [marks[f"({n})"] for n in range(1, len(labels) + 1)]
    assert order == sorted(order)


@pytest.mark.parametrize("kind", COVERED)
def test_cover_says_agency_year_period_numbers_and_volume(kind):
    pdf = services.set_register(registers.BOOKS[kind])
    cover = " ".join(p.text for p in measure.pieces(pdf) if p.page == 1)
    for part in (
        "ỦY BAN NHÂN DÂN XÃ YÊN KHÊ", BOOKS[kind].title.upper(), "Năm: 2026", "Từ ngày 01/01/2026 đến ngày 30/06/2026",
        "Từ số ", "Quyển số: 01",
    ):  # fmt: skip
        assert part in cover
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert all(p.mediabox[2] > p.mediabox[3] for p in opened.pages)


def test_cover_has_the_range_of_numbers():
    cover = [p.text for p in measure.pieces(services.set_register(registers.BOOKS["outgoing"])) if p.page == 1]
    assert "Từ số 01 đến số 60" in cover


def test_head_is_repeated_pages_are_counted_and_the_binding_margin_is_free():
    pdf = services.set_register(registers.BOOKS["outgoing"])
    found = measure.pieces(pdf)
    last = max(p.page for p in found)
    assert last >= 4
    assert [p.page for p in found if p.text == "(1)"] == list(range(2, last + 1))
    assert [p.text for p in found if p.y < 15 and p.text.isdigit()] == [str(n) for n in range(1, last)]
    assert min(p.x for p in found) >= 30
    assert max(p.right for p in found) <= 297 - 12 + 0.3


def test_danh_muc_ho_so_counts_its_files_and_has_its_headings():
    words = " ".join(p.text for p in measure.pieces(services.set_register(registers.BOOKS["file_list"])))
    for part in (
        "I. VĂN PHÒNG",
        "1. Công tác văn thư",
        "có 3 hồ sơ",
        "2 hồ sơ bảo quản vĩnh viễn;",
        "1 hồ sơ bảo quản có",
    ):
        assert part in words


def test_report_brings_its_own_columns():
    words = " ".join(p.text for p in measure.pieces(services.set_register(registers.BOOKS["report"])))
    assert "BÁO CÁO GIẢI QUYẾT VĂN BẢN ĐẾN" in words
    assert "Quá hạn" in words


@pytest.mark.parametrize("door", [services.set_register, services.register_sheet])
def test_a_row_that_does_not_fit_is_refused_by_number(door):
    book = dataclasses.replace(registers.BOOKS["post"], rows=(registers.BOOKS["post"].rows[0], ("a", "b")))
    with pytest.raises(PaperIncomplete) as refused:
        door(book)
    assert [p.field for p in refused.value.problems] == ["rows.2"]
    with pytest.raises(PaperIncomplete):
        door(RegisterBook(kind="report", agency="a", rows=()))


@pytest.mark.parametrize("kind", registers.BOOKS)
def test_sheet_holds_the_same_rows_as_texts(kind):
    book = registers.BOOKS[kind]
    page = openpyxl.load_workbook(io.BytesIO(services.register_sheet(book))).active
    rows = list(page.iter_rows(values_only=True))
    assert list(rows[2]) == [c.label for c in book.columns or BOOKS[kind].columns]
    first = next(row for row in book.rows if isinstance(row, tuple))
    assert [value or "" for value in next(r for r in rows[3:] if r[0] == first[0])] == list(first)
    assert page.freeze_panes == "A4"


def test_sheet_never_makes_a_formula():
    rows = (("=HYPERLINK(1)", "+1", "-1", "@x", "\x00a", ""),)
    page = openpyxl.load_workbook(
        io.BytesIO(services.register_sheet(dataclasses.replace(registers.BOOKS["post"], rows=rows)))
    ).active
    assert [(c.value, c.data_type) for c in page[4]][:5] == [
        ("=HYPERLINK(1)", "s"), ("+1", "s"), ("-1", "s"), ("@x", "s"), ("a", "s"),
    ]  # fmt: skip


def test_direction_slip_has_three_parts_and_a_deadline_for_each():
    found = measure.pieces(services.set_direction_slip(registers.SLIP))
    words = " ".join(p.text for p in found)
    order = [words.index(part) for part in (
        "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN", "Trích yếu:", "Ý kiến của lãnh đạo cơ quan, tổ chức:", "12/3/2026", "10/3/2026",
        "Ý kiến của lãnh đạo đơn vị:", "Ý kiến đề xuất của người giải quyết:",
    )]  # fmt: skip
    assert order == sorted(order)
    assert {p.page for p in found} == {1}


def test_hand_over_has_both_sides_and_both_kinds_of_quantity():
    sheet = services.set_hand_over(registers.HAND_OVER)
    words = " ".join(p.text for p in measure.pieces(sheet.pdf))
    for part in (
        "BÊN GIAO:", "BÊN NHẬN:", "Tổng số hộp (cặp): 4", "Quy ra mét giá: 0,6 mét", "Tổng số tệp tin trong hồ sơ: 904",
        "ĐẠI DIỆN BÊN GIAO", "ĐẠI DIỆN BÊN NHẬN", "Số: 07/BB-UBND",
    ):  # fmt: skip
        assert part in words
    assert {"secretary", "person"} <= sheet.zones.keys()
