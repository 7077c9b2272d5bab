"""Printed papers: every field, every mark, the standards they claim, and input that wants to break them."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import types
import unicodedata
from datetime import date
from io import BytesIO

import pikepdf
import pytest
import segno

from congvu.engines.typeset import fonts, services
from congvu.engines.typeset.encode import long_date, money, text
from congvu.engines.typeset.errors import PaperIncomplete
from congvu.engines.typeset.types import PAPERS, PaperLine, Person
from tests.engines.typeset import samples

NAMES = [f"{n}-{paper.template}" for n, paper in enumerate(samples.ALL)]


def words(pdf: bytes) -> str:
    made = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(unicodedata.normalize("NFC", made.stdout.decode()).split())


def squeezed(pdf: bytes) -> str:
    return words(pdf).replace(" ", "")


def pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


@pytest.mark.parametrize("paper", samples.ALL, ids=NAMES)
def test_paper_is_tagged_archival_accessible_vietnamese_and_titled(paper):
    with pikepdf.open(BytesIO(services.render(paper.template, paper))) as document, document.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("vi")
        assert paper.code in str(meta["dc:title"])
        assert document.Root.ViewerPreferences.DisplayDocTitle


@pytest.mark.parametrize("paper", samples.ALL, ids=NAMES)
def test_paper_carries_quoc_hieu_agency_number_and_date(paper):
    printed = words(services.render(paper.template, paper))
    for expected in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "XÃ YÊN KHÊ",
        "Yên Khê, ngày 19 tháng 11 năm 2026", paper.code, paper.number or "/TTPVHCC",
    ):  # fmt: skip
        assert expected in printed


EXPECTED = {
    "0-receipt": [
        "Số: 4127/TTPVHCC", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Mã hồ sơ: H99.24-261119-0016",
        "10 giờ 30, thứ Tư 25/11/2026", "Tiếp nhận hồ sơ của: Bà Vũ Thị Lan", "Số định danh cá nhân: 099188000382",
        "Địa chỉ: Thôn Đoài, xã Yên Khê, tỉnh Bình Lam", "Số điện thoại: 0900 000 382 Email: vuthilan@example.com",
        "Nội dung yêu cầu giải quyết: Cấp Giấy xác nhận tình trạng hôn nhân", "Số lượng hồ sơ: 01 (bộ)",
        "Thời gian giải quyết theo quy định: 03 ngày làm việc",
        "Thời gian nhận hồ sơ: 9 giờ 53 phút, ngày 19 tháng 11 năm 2026",
        "Thời gian trả kết quả: 10 giờ 30 phút, ngày 25 tháng 11 năm 2026",
        "Đăng ký nhận kết quả tại: Quầy 2, hoặc bản điện tử gửi vào VNeID", "Phí, lệ phí: Không thu",
        "Bản chính, đã quét và trả lại", "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ", "Phạm Thị Hoa",
        "yenkhe.binhlam.gov.vn/h/p4t8wd", "0200 000 000", "hẹn lại không quá một lần",
    ],
    "1-receipt": [
        "Người được ủy quyền: Ông Lường Thế Quẫy", "099088000417", "Thôn Thượng, xã Yên Khê", "quay@example.com",
        "Giấy tờ ủy quyền: Giấy ủy quyền số 12/UQ ngày 17/11/2026", "Số lượng hồ sơ: 02 (bộ)",
        "Lệ phí: 25.000 đồng; Phí sao lục: Miễn", "Vào Sổ theo dõi hồ sơ: quyển số 03, số thứ tự 218", "Bản chứng thực",
    ],
    "2-supplement": [
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Hồ sơ của: Bà Vũ Thị Lan", "0900 000 382", "vuthilan@example.com",
        "1. Trích lục quyết định ly hôn", "2. Ảnh chụp rõ bốn góc", "Bản đã gửi bị mờ ở góc dưới",
        "17 giờ 00 phút, ngày 30 tháng 11 năm 2026", "tính lại từ đầu khi nhận đủ giấy tờ bổ sung.",
        "0200 000 001", "NGƯỜI HƯỚNG DẪN", "Phạm Thị Hoa", "Nơi nhận:", "- Lưu: VT.",
    ],
    "3-refusal": [
        "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ", "Tiếp nhận hồ sơ của: Bà Vũ Thị Lan", "099188000382",
        "không tiếp nhận hồ sơ này", "chưa có quyết định ly hôn có hiệu lực", "có thể nộp lại hồ sơ",
        "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ],
    "4-apology": [
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT", "Kính gửi: Bà Vũ Thị Lan",
        "Ngày 19 tháng 11 năm 2026, Trung tâm Phục vụ hành chính công tiếp nhận", "099188000382",
        "10 giờ 30 phút, ngày 25 tháng 11 năm 2026", "cơ quan phối hợp chưa trả lời xác minh", "xin lỗi ông/bà",
        "16 giờ 00 phút, ngày 27 tháng 11 năm 2026", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nghiêm Hữu Lẫm",
    ],
    "5-stop": [
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "Người đề nghị dừng: Bà Vũ Thị Lan", "Lý do: Không còn nhu cầu.",
        "Căn cứ: Điều 21 Nghị định số 118/2025/NĐ-CP", "chưa có quyết định", "không thu phí",
        "10 giờ 05 phút, ngày 20 tháng 11 năm 2026", "8 giờ 15 phút, ngày 20 tháng 11 năm 2026",
    ],
    "6-control_slip": [
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "Văn phòng HĐND và UBND xã Yên Khê",
        "Công an xã Yên Khê; UBND xã Mường Sơn", "Trần Minh Quân", "Trước hạn", "Đúng hạn", "Bản điện tử",
    ],
    "7-confirmation": [
        "XÁC NHẬN ĐÃ GỬI HỒ SƠ TRỰC TUYẾN", "Số hồ sơ trực tuyến: TT-261119-7K3M", "9 giờ 42, thứ Năm 19/11/2026",
        "Tờ khai điện tử", "không thay Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    ],
    "8-result_draft": [
        "BẢN CHƯA KÝ", "không có giá trị thay kết quả", "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "Dùng để đăng ký kết hôn",
        "Căn cứ Luật Hộ tịch;", "VŨ THỊ LAN", "Đã ly hôn, chưa kết hôn lại", "06 tháng kể từ ngày cấp./.", "(Chưa ký)",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("paper", "name"), list(zip(samples.ALL, NAMES, strict=True)), ids=NAMES)
def test_every_field_is_printed(paper, name):
    printed = squeezed(services.render(paper.template, paper))
    missing = [expected for expected in EXPECTED[name] if expected.replace(" ", "") not in printed]
    assert missing == []


def test_every_template_has_a_sample_and_a_file():
    assert {paper.template for paper in samples.ALL} == PAPERS.keys()
    assert {f"{name}.typ" for name in PAPERS} | {"base.typ"} == {p.name for p in services.TEMPLATES.glob("*.typ")}


def test_every_vietnamese_letter_with_stacked_marks_is_printed():
    letters = "".join(
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    )
    paper = dataclasses.replace(
        samples.RECEIPT, submitter_name=" ".join(letters[n : n + 12] for n in range(0, 144, 12))
    )
    printed = squeezed(services.render("receipt", paper))
    assert [letter for letter in letters if letter not in printed] == []


def test_decomposed_text_prints_as_composed():
    paper = dataclasses.replace(samples.RECEIPT, receiver_name=unicodedata.normalize("NFD", "Nguyễn Thị Khuế"))
    assert "NguyễnThịKhuế" in squeezed(services.render("receipt", paper))


@pytest.mark.parametrize(
    "name", ["W" * 10_000, "Nguyễn " * 1_430, "W" * 60 + " " + "m" * 60], ids=["word", "words", "two"]
)
@pytest.mark.parametrize("size", ["a4", "a5"])
def test_long_names_wrap_and_no_letter_is_lost(name, size):
    paper = dataclasses.replace(samples.RECEIPT, applicant=Person(name=name), size=size)
    pdf = services.render("receipt", paper)
    printed = squeezed(pdf)
    first = name.split()[0][0]
    assert printed.count(first) >= name.count(first)
    made = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    width = 595.3 if size == "a4" else 419.6
    assert max(float(x) for x in re.findall(r'xMax="([\d.]+)"', made)) <= width - 28
    if pages(pdf) > 1:
        assert f"Trang{pages(pdf)}/{pages(pdf)}" in printed


def test_many_papers_repeat_the_header_and_number_the_pages():
    lines = tuple(PaperLine(f"Giấy tờ thứ {n}") for n in range(1, 81))
    pdf = services.render("receipt", dataclasses.replace(samples.RECEIPT, papers=lines))
    printed = words(pdf)
    assert pages(pdf) >= 3
    assert f"Trang 2/{pages(pdf)}" in printed
    assert "Giấy tờ thứ 80" in printed
    assert printed.count("Thành phần hồ sơ nộp gồm") == sum("Giấy tờ thứ" in p for p in by_page(pdf))


def by_page(pdf: bytes) -> list[str]:
    return (
        subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode().split("\f")
    )


def test_one_page_for_an_ordinary_receipt_in_both_sizes():
    for paper in (samples.RECEIPT, samples.RECEIPT_FULL):
        assert pages(services.render("receipt", paper)) == 1
        assert pages(services.render("receipt", dataclasses.replace(paper, size="a5"))) == 1


@pytest.mark.parametrize(
    "hostile",
    ['#panic("x")', "$x^2$ *đậm* _nghiêng_ `mã` <nhãn> @ref", "\\u{0}#let d = none", "{{ 7*7 }}", '"},"number":"9"'],
)
def test_markup_in_user_text_is_printed_as_text(hostile):
    paper = dataclasses.replace(samples.RECEIPT, applicant=Person(name=hostile))
    assert hostile.replace(" ", "") in squeezed(services.render("receipt", paper))


@pytest.mark.parametrize("strange", ["Lan 👩‍👩‍👧 Hoa", "a\x00b", "\ue000", "李小龙", "ልዑል", "\u202eabc", "Ωμέγα Жанна"])
def test_signs_without_a_glyph_do_not_break_the_paper(strange):
    paper = dataclasses.replace(samples.RECEIPT, applicant=Person(name=strange))
    assert b"%PDF" in services.render("receipt", paper)[:8]


def test_signs_without_a_glyph_become_boxes_and_nulls_go():
    assert text("Lan 李 a\x00b") == "Lan □ ab"


def test_qr_holds_only_the_tracking_address_with_its_quiet_zone():
    address = samples.RECEIPT.tracking_url
    drawn, side = services.qr_svg(address)
    modules = segno.make(address, error="m", micro=False).symbol_size(border=0)[0]
    assert (
        f'height="{modules + 8}" width="{modules + 8}"' in drawn
        or f'width="{modules + 8}" height="{modules + 8}"' in drawn
    )
    assert side * modules / (modules + 8) == pytest.approx(24, abs=0.01)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"receiver_name": None}, "receiver_name", "type"),
        ({"unknown": 1}, "unknown", "unknown"),
        ({"size": "a3"}, "size", "type"),
        ({"papers": ["x"]}, "papers.1", "type"),
        ({"applicant": {"title": "Bà"}}, "applicant.name", "required"),
    ],
)
def test_mapping_with_a_wrong_field_is_refused_by_name(change, field, code):
    loose = {f.name: getattr(samples.RECEIPT, f.name) for f in dataclasses.fields(samples.RECEIPT)}
    with pytest.raises(PaperIncomplete) as refused:
        services.render("receipt", {**loose, **change})
    assert [(p.field, p.code) for p in refused.value.problems] == [(field, code)]


def test_mapping_makes_the_same_paper_as_the_typed_one():
    loose = dataclasses.asdict(samples.RECEIPT_FULL)
    assert words(services.render("receipt", loose)) == words(services.render("receipt", samples.RECEIPT_FULL))


def test_unknown_template_and_foreign_paper_are_refused():
    with pytest.raises(PaperIncomplete, match="Không có mẫu giấy"):
        services.render("../base", {})
    with pytest.raises(PaperIncomplete, match="không phải của mẫu giấy"):
        services.render("refusal", samples.RECEIPT)


def test_dates_and_money_as_the_decree_writes_them():
    assert long_date(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert long_date(date(2026, 3, 31)) == "ngày 31 tháng 3 năm 2026"
    assert (money(25_000), money(1_250_000), money(0)) == ("25.000 đồng", "1.250.000 đồng", "Miễn")


def test_official_font_is_used_when_the_office_names_one(settings):
    settings.CONFIG = types.SimpleNamespace(official_font=str(fonts.free_directory()))
    fonts.installed.cache_clear()
    assert fonts.installed()[1][0] == "TeX Gyre Termes"
    settings.CONFIG = types.SimpleNamespace(official_font="/nowhere.ttf")
    fonts.installed.cache_clear()
    with pytest.raises(Exception, match="/nowhere"):
        fonts.installed()
    fonts.installed.cache_clear()
