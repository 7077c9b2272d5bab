"""Sizes and places of NĐ 30/2020, Phụ lục I (documents.md §1.11), read back from the PDF in millimetres."""

from __future__ import annotations

import dataclasses
import io
import subprocess

import pikepdf
import pytest

from congvu.engines.typeset import services
from congvu.engines.typeset.types import (
    Marks,
)
from tests.engines.typeset import documents, measure
from tests.engines.typeset.measure import one
from tests.engines.typeset.sheets import LEFT, LEFT_COLUMN, RIGHT, RIGHT_COLUMN, near, styled


def test_quoc_hieu_and_tieu_ngu(letter):
    found = measure.pieces(letter.pdf)
    quoc_hieu, tieu_ngu = one(found, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), one(found, "Độc lập - Tự do - Hạnh phúc")
    assert styled(quoc_hieu) == (12, True, False)
    assert styled(tieu_ngu) == (13, True, False)
    assert near(quoc_hieu.middle, RIGHT_COLUMN)
    assert near(tieu_ngu.middle, RIGHT_COLUMN)
    line = next(r for r in measure.rules(letter.pdf) if near(r.x, tieu_ngu.x))
    assert near(line.w, tieu_ngu.w)
    assert 0 < line.y - tieu_ngu.y < 7


def test_agency_has_a_line_of_a_third_to_a_half(letter):
    found = measure.pieces(letter.pdf)
    first, second = one(found, "ỦY BAN NHÂN DÂN"), one(found, "XÃ YÊN KHÊ")
    assert styled(first) == styled(second) == (12, True, False)
    line = measure.rules(letter.pdf)[0]
    assert first.w / 3 <= line.w <= first.w / 2
    assert near(line.x + line.w / 2, LEFT_COLUMN)
    assert near(first.middle, LEFT_COLUMN)


def test_superior_body_is_upright(letter):
    found = measure.pieces(services.set_official(documents.NAMED).pdf)
    assert styled(one(found, "ỦY BAN NHÂN DÂN")) == (12, False, False)
    assert styled(one(found, "HĐND VÀ UBND")) == (12, True, False)


def test_number_and_date_stand_on_one_line():
    paper = dataclasses.replace(documents.LETTER, electronic=False, number="5", on=documents.ON)
    found = measure.pieces(services.set_official(paper).pdf)
    number, day = one(found, "Số: 05/UBND-VX"), one(found, "Yên Khê, ngày 05 tháng 3 năm 2026")
    assert styled(number) == (13, False, False)
    assert styled(day) == (13, False, True)
    assert near(number.y, day.y, 0.2)
    assert near(number.middle, LEFT_COLUMN)
    assert near(day.middle, RIGHT_COLUMN)


def test_electronic_original_leaves_number_and_date_blank(letter):
    words = " ".join(p.text for p in measure.pieces(letter.pdf))
    assert "ngày" not in words.split("V/v")[0]
    number, day = letter.zones["number"], letter.zones["date"]
    label, symbol = one(measure.pieces(letter.pdf), "Số:"), one(measure.pieces(letter.pdf), "/UBND-VX")
    assert 0 <= number.x - label.right < 1.5  # one blank
    assert near(number.x + number.w, symbol.x, 0.3)
    assert near(number.y + number.h * 0.75 - 13 * 0.8 * 25.4 / 72, label.y, 1)
    place = one(measure.pieces(letter.pdf), "Yên Khê,")
    assert 0 < day.x - place.right < 2.5
    assert day.x + day.w <= RIGHT
    assert near(number.y, day.y, 0.05)


def test_numbers_given_before_signing_are_printed_and_leave_no_zone():
    made = services.set_official(dataclasses.replace(documents.LETTER, number="128", on=documents.ON))
    assert one(measure.pieces(made.pdf), "Số: 128/UBND-VX")
    assert not {"number", "date"} & made.zones.keys()


def test_v_v_stands_six_points_under_the_number(letter):
    found = measure.pieces(letter.pdf)
    about, number = one(found, "V/v đôn đốc"), one(found, "Số:")
    assert styled(about) == (12, False, False)
    assert near(about.middle, LEFT_COLUMN)
    # Lines are as high as their size, so the gap between them is what is left of the distance of their tops.
    assert near(about.y - number.y, (13 + 6) * 25.4 / 72, 0.5)


def test_kind_and_subject_are_bold_and_centred_with_a_short_line(decision):
    found = [p for p in measure.pieces(decision.pdf) if p.page == 1]
    kind = next(p for p in found if p.text == "QUYẾT ĐỊNH")
    subject = one(found, "Về việc ban hành Danh mục")
    assert styled(kind) == styled(subject) == (14, True, False)
    assert near(kind.middle, LEFT + 82.5)
    assert near(subject.middle, LEFT + 82.5)
    line = next(r for r in measure.rules(decision.pdf) if near(r.x + r.w / 2, LEFT + 82.5))
    assert subject.w / 3 <= line.w <= subject.w / 2


def test_body_is_fourteen_justified_indented_and_spaced(letter):
    found = measure.pieces(letter.pdf)
    first, second, third = one(found, "Thực hiện"), one(found, "xã đề nghị"), one(found, "thời hạn.")
    assert styled(first) == (14, False, False)
    assert near(first.x, LEFT + 12.7, 0.3)
    assert near(second.x, LEFT, 0.3)
    assert near(first.right, RIGHT, 0.4)
    assert near(second.right, RIGHT, 0.4)
    pitch = (second.y - first.y) / 25.4 * 72
    assert 14 * 1.15 <= pitch <= 14 * 1.15 * 1.5
    following = one(found, "- Hồ sơ giấy")
    assert (following.y - third.y) / 25.4 * 72 - pitch >= 6 - 0.4


def test_bases_are_italic_and_closed(decision):
    found = measure.pieces(decision.pdf)
    first, last = one(found, "Căn cứ Luật Tổ chức"), one(found, "Theo đề nghị")
    assert styled(first) == styled(last) == (14, False, True)
    assert first.text.endswith("2025;")
    assert last.text.endswith("UBND xã.")


def test_decision_writes_its_heading_once_and_after_the_bases(decision):
    for sheet in (decision, services.set_official(documents.BASIS_INSIDE)):
        words = [p.text for p in measure.pieces(sheet.pdf)]
        assert words.count("QUYẾT ĐỊNH:") == 1
        heading = words.index("QUYẾT ĐỊNH:")
        assert max(n for n, w in enumerate(words) if w.startswith(("Căn cứ", "Theo đề", "Xét đề"))) < heading
        assert heading < words.index("Điều 1.")


def test_articles_clauses_and_points():
    found = measure.pieces(services.set_official(documents.RESOLUTION).pdf)
    assert styled(one(found, "Điều 1.")) == (14, True, False)
    assert styled(one(found, "1. Tổng thu")) == (14, False, False)
    assert [p.text[:2] for p in found if p.text.startswith(tuple("abcdđe")) and p.text[1] == ")"] == [
        "a)", "b)", "c)", "d)", "đ)", "e)",
    ]  # fmt: skip
    assert one(found, "QUYẾT NGHỊ:").bold
    assert near(one(found, "Điều 1.").x, LEFT + 12.7, 0.3)


def test_divisions_are_centred_bold_with_roman_and_arabic_numbers():
    found = measure.pieces(services.set_official(documents.NAMED).pdf)
    for label, title in (
        ("Phần I", "SỰ CẦN THIẾT"), ("Chương I", "NỘI DUNG"), ("Mục 1", "PHẠM VI"), ("Tiểu mục 1", "TÀI LIỆU GIẤY"),
    ):  # fmt: skip
        above, below = one(found, label), one(found, title)
        assert styled(above) == styled(below) == (14, True, False)
        assert near(above.middle, LEFT + 82.5)
        assert near(below.middle, LEFT + 82.5)
        assert below.y > above.y


def test_one_addressee_on_the_line_several_under_the_colon(letter):
    found = measure.pieces(letter.pdf)
    label, item = one(found, "Kính gửi:"), one(found, "- Các phòng chuyên môn")
    assert styled(label) == styled(item) == (14, False, False)
    assert near(item.x, label.right - 14 * 0.278 * 25.4 / 72, 0.5)
    assert item.text.endswith(";")
    assert one(found, "- Trung tâm").text.endswith("xã.")
    single = measure.pieces(services.set_official(documents.NAMED).pdf)
    joined = [p for p in single if p.text.startswith(("Kính gửi:", "Chủ tịch Ủy ban nhân dân xã"))]
    assert near(joined[0].y, joined[-1].y, 0.1)
    assert joined[-1].text.endswith("Chủ tịch Ủy ban nhân dân xã")


def test_recipients_are_level_with_the_capacity(letter):
    found = measure.pieces(letter.pdf)
    label, capacity = one(found, "Nơi nhận:"), one(found, "TM. ỦY BAN NHÂN DÂN")
    assert styled(label) == (12, True, True)
    assert near(label.x, LEFT, 0.2)
    assert near(label.y, capacity.y, 1)
    items = [
        one(found, "- Như trên;"),
        one(found, "- Chủ tịch UBND xã (để báo cáo);"),
        one(found, "- Lưu: VT, VP(02)."),
    ]
    assert {styled(i) for i in items} == {(11, False, False)}
    assert all(near(i.x, LEFT, 0.2) for i in items)


def test_signature_block_is_in_the_right_half(letter):
    found = measure.pieces(letter.pdf)
    block = [one(found, t) for t in ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lục Thị Sương")]
    assert {styled(p) for p in block} == {(14, True, False)}
    assert all(near(p.middle, block[0].middle) for p in block)
    assert all(p.x > LEFT + 82.5 for p in block)


def test_zones_of_signature_and_seal(letter):
    found = measure.pieces(letter.pdf)
    title, name = one(found, "PHÓ CHỦ TỊCH"), one(found, "Lục Thị Sương")
    person, agency = letter.zones["person"], letter.zones["agency"]
    assert title.y + 3 < person.y
    assert person.y + person.h < name.y
    assert near(person.x + person.w / 2, name.middle)
    # The seal covers the left third of the signature and has its true size.
    assert near(agency.x + agency.w - person.x, person.w / 3, 0.05)
    assert agency.x < person.x
    assert (agency.w, agency.h) == (36, 36)
    assert near(agency.y + agency.h / 2, person.y + person.h / 2, 0.05)


@pytest.mark.parametrize(
    ("urgency", "words", "wide"),
    [("express", "HOẢ TỐC", 30), ("very_urgent", "THƯỢNG KHẨN", 40), ("urgent", "KHẨN", 20)],
)
def test_urgency_is_a_red_frame_of_its_size(urgency, words, wide):
    pdf = services.set_official(dataclasses.replace(documents.LETTER, marks=Marks(urgency))).pdf
    mark = one(measure.pieces(pdf), words)
    assert styled(mark) == (13, True, False)
    assert mark.colour == "#d40000"
    assert [(round(w, 1), round(h, 1)) for w, h in measure.frames(pdf)] == [(wide, 8)]


def test_circulation_mark_is_framed_low_on_the_left():
    pdf = services.set_official(documents.NAMED).pdf
    found = measure.pieces(pdf)
    mark = one(found, "LƯU HÀNH NỘI BỘ")
    assert styled(mark) == (13, True, False)
    assert mark.y > one(found, "Nơi nhận:").y
    assert mark.middle < LEFT + 82.5


def test_drafter_s_mark_and_address(letter, decision):
    mark = one(measure.pieces(decision.pdf), "TMQ.(03)")
    assert styled(mark) == (11, False, False)
    assert near(mark.x, LEFT, 0.2)
    address = one(measure.pieces(letter.pdf), "Số 12 đường Chợ Mới")
    assert styled(address) == (11, False, False)
    line = measure.rules(letter.pdf)[-1]
    assert near(line.w, 165, 0.1)
    assert line.y < address.y < line.y + 5
    assert address.y > 270


def long_letter(words: int, **changed):
    body = tuple(
        documents.paragraph("Nội dung chỉ đạo, điều hành của cơ quan trong thời gian tới. " * words) for _ in "12"
    )
    return dataclasses.replace(documents.LETTER, body=body, contact="", **changed)


def test_page_numbers_stand_in_the_top_margin_and_not_on_page_one():
    sheet = services.set_official(long_letter(60))
    assert sheet.pages >= 3
    numbers = [p for p in measure.pieces(sheet.pdf) if p.text.isdigit()]
    assert [(p.page, p.text) for p in numbers] == [(n, str(n)) for n in range(2, sheet.pages + 1)]
    for number in numbers:
        assert 13 <= number.size <= 14
        assert not number.bold
        assert near(number.middle, LEFT + 82.5)
        assert number.y + number.size * 25.4 / 72 < 20


def test_margins_hold_everything(decision):
    for name, document in documents.ALL.items():
        pdf = services.set_official(document).pdf
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            wide = {n: float(p.mediabox[2]) * 25.4 / 72 for n, p in enumerate(opened.pages, 1)}
            high = {n: float(p.mediabox[3]) * 25.4 / 72 for n, p in enumerate(opened.pages, 1)}
        assert {(round(min(w, h)), round(max(w, h))) for w, h in zip(wide.values(), high.values(), strict=True)} == {
            (210, 297)
        }
        for piece in measure.pieces(pdf):
            assert piece.x >= LEFT - 0.2, (name, piece)
            assert piece.right <= wide[piece.page] - 15 + 0.4, (name, piece)


@pytest.mark.parametrize("name", documents.ALL)
def test_archivable_with_embedded_fonts_and_a_title(name):
    pdf = services.set_official(documents.ALL[name]).pdf
    listed = (
        subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode().splitlines()[2:]
    )
    assert all("TeXGyreTermes" in line for line in listed), listed
    assert all(line.split()[-5] == "yes" for line in listed)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        meta = opened.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert opened.docinfo["/Title"]
        assert str(opened.Root.Lang).startswith("vi")
        assert "/AcroForm" not in opened.Root


@pytest.mark.parametrize("words", range(17, 40))
def test_signature_never_stands_alone(words):
    sheet = services.set_official(long_letter(words))
    found = measure.pieces(sheet.pdf)
    last = sheet.zones["person"].page
    capacity = one(found, "TM. ỦY BAN NHÂN DÂN")
    above = {round(p.y) for p in found if p.page == last and p.y < capacity.y - 2 and not p.text.isdigit()}
    assert last == capacity.page == sheet.pages
    assert len(above) >= 2
