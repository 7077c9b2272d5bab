"""Annexes, copies, fixed forms, other families, tables and hostile texts, read back from the PDF in millimetres."""

from __future__ import annotations

import dataclasses
import io
import subprocess
import unicodedata

import pikepdf
import pytest

from congvu.engines.typeset import services
from congvu.engines.typeset.errors import FileRefused, PaperIncomplete
from congvu.engines.typeset.types import (
    Annex,
    Cell,
    Heading,
    Issuer,
    Paragraph,
    Picture,
    Run,
    Table,
    plain,
)
from tests.engines.typeset import documents, measure
from tests.engines.typeset.measure import one
from tests.engines.typeset.sheets import LEFT, near, styled


def test_annex_of_the_same_file_is_counted_anew_and_refers_back():
    pdf = services.set_official(documents.TWO_ANNEXES).pdf
    found = measure.pieces(pdf)
    first, second = one(found, "Phụ lục I"), one(found, "Phụ lục II")
    assert (first.page, second.page) == (2, 3)
    assert styled(first) == (14, True, False)
    assert styled(one(found, "BIỂU TỔNG HỢP HỒ SƠ")) == (14, True, False)
    reference = next(p for p in found if p.page == 2 and p.text.startswith("(Kèm theo"))
    assert reference.italic
    assert reference.text.startswith("(Kèm theo Văn bản số 12/UBND-VX ngày 05 tháng 3 năm 2026 của")
    assert [p for p in found if p.text in ("2", "3") and p.y < 18] == []


def test_single_annex_has_no_number_and_blanks_in_an_electronic_document(decision):
    found = [p.text for p in measure.pieces(decision.pdf) if p.page == 2]
    assert found[0] == "Phụ lục"
    reference = " ".join(found[2:5])
    assert "ngày" in reference
    assert not any(c.isdigit() for c in reference.split(")")[0])


def test_annexes_of_separate_files_keep_a_corner_and_no_signature():
    sheets = services.set_annexes(documents.SEPARATE)
    assert [s.pages for s in sheets] == [1, 1]
    assert all(s.zones.keys() == {"corner"} for s in sheets)
    portrait, landscape = (s.zones["corner"] for s in sheets)
    assert (portrait.page, portrait.x + portrait.w) == (1, 195)
    assert (landscape.page, landscape.x + landscape.w) == (1, 282)
    assert portrait.y + portrait.h < 20
    assert services.set_official(documents.SEPARATE).pages == 1


def test_landscape_annex_turns_its_page_only():
    with pikepdf.open(io.BytesIO(services.set_official(documents.TWO_ANNEXES).pdf)) as opened:
        assert [p.mediabox[2] > p.mediabox[3] for p in opened.pages] == [False, False, True]


def test_attached_document_has_quoc_hieu_and_no_number():
    found = measure.pieces(services.set_official(documents.INDIRECT).pdf)
    second = [p.text for p in found if p.page == 2]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in second
    assert "QUY CHẾ" in second
    assert not any(t.startswith("Số:") for t in second)


def test_copy_block_stands_under_a_full_line():
    pdf = services.set_official(documents.EXTRACT).pdf
    found = measure.pieces(pdf)
    assert styled(one(found, "TRÍCH SAO")) == (14, True, False)
    number = one(found, "Số: 03/TrS-UBND")
    line = [r for r in measure.rules(pdf) if near(r.w, 165, 0.1)]
    assert len(line) == 1
    assert one(found, "Hà Văn Khoái").y < line[0].y < number.y
    assert one(found, "TL. CHỦ TỊCH").y > number.y


def test_copy_of_an_existing_file_stands_under_its_last_line_or_on_a_new_page(letter):
    sheet = services.set_copy(letter.pdf, documents.COPY_MARK, end=letter.zones["end"])
    found = measure.pieces(sheet.pdf)
    line = next(r for r in measure.rules(sheet.pdf) if near(r.w, 165, 0.1) and r.y < 270)
    assert sheet.pages == 1
    assert near(line.y, letter.zones["end"].y + 5, 1)
    assert one(found, "Lục Thị Sương").y < line.y < one(found, "SAO Y").y
    assert one(found, "Số: 03/SY-UBND")
    title, name, person = one(found, "CHÁNH VĂN PHÒNG"), one(found, "Đàm Quốc Vượng"), sheet.zones["person"]
    assert title.y < person.y < person.y + person.h < name.y


def test_copy_that_does_not_fit_takes_a_new_page(letter):
    low = dataclasses.replace(letter.zones["end"], y=230.0)
    apart = services.set_copy(letter.pdf, documents.COPY_MARK, end=low)
    assert apart.pages == apart.zones["person"].page == 2
    assert one(measure.pieces(apart.pdf), "SAO Y").page == 2


def test_place_of_the_electronic_copy_s_mark(letter):
    zone = services.copy_zone(letter.pdf)
    assert (zone.page, zone.x + zone.w, zone.w) == (1, 195, 80)
    for broken in (b"", b"%PDF-1.7 x"):
        with pytest.raises(FileRefused):
            services.copy_zone(broken)


def test_minutes_have_two_signatures_and_the_decree_s_words():
    sheet = services.set_official(documents.MINUTES)
    found = measure.pieces(sheet.pdf)
    clerk, chair = one(found, "THƯ KÝ"), one(found, "CHỦ TỌA")
    assert near(clerk.y, chair.y, 0.1)
    assert clerk.right < LEFT + 82.5 < chair.x
    assert sheet.zones["secretary"].x + sheet.zones["secretary"].w < sheet.zones["person"].x
    assert one(found, "Cuộc họp (hội nghị, hội thảo) kết thúc vào 10 giờ 30")
    assert one(found, "Nội dung (theo diễn biến cuộc họp/hội nghị/hội thảo):")


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        (
            "invitation",
            ["Ủy ban nhân dân xã Yên Khê trân trọng kính mời:", "Tới dự cuộc họp", "Chủ trì: Ông", "Thời gian: 8"],
        ),
        (
            "introduction",
            ["xã Yên Khê trân trọng giới thiệu:", "Được cử đến: Sở", "Về việc: Liên", "có giá trị đến hết ngày 30"],
        ),
        (
            "leave",
            ["Xét Đơn đề nghị nghỉ phép ngày 01", "xã Yên Khê cho phép:", "Được nghỉ phép năm 2026 trong thời gian 05"],
        ),
        ("telegram", ["ỦY BAN NHÂN DÂN XÃ YÊN KHÊ điện:", "- Ban Chỉ huy PTDS xã;", "- Trưởng các thôn."]),
        ("minutes", ["Thời gian bắt đầu: 8", "Thành phần tham dự: Lãnh", "Thư ký (người ghi biên bản): Trần"]),
    ],
)
def test_fixed_forms_say_the_words_of_the_decree(name, sentences):
    words = " ".join(p.text for p in measure.pieces(services.set_official(documents.ALL[name]).pdf))
    assert [s for s in sentences if s not in words] == []


def test_invitation_without_further_words_ends_with_the_place():
    sheet = services.set_official(dataclasses.replace(documents.INVITATION, body=()))
    assert one(measure.pieces(sheet.pdf), "Địa điểm: Phòng họp tầng 2").text.endswith("./.")
    assert {"initials_content", "initials_format", "person", "agency"} <= sheet.zones.keys()


def test_landscape_document_turns_its_page_and_its_zones():
    sheet = services.set_official(dataclasses.replace(documents.NAMED, landscape=True))
    with pikepdf.open(io.BytesIO(sheet.pdf)) as opened:
        assert all(p.mediabox[2] > p.mediabox[3] for p in opened.pages)
    assert sheet.zones["person"].x > 297 / 2


def test_fixed_form_without_its_fields_is_refused_by_name():
    loose = {k: v for k, v in documents.INVITATION.particulars.items() if k not in ("time", "chair")}
    with pytest.raises(PaperIncomplete) as refused:
        services.set_official(dataclasses.replace(documents.INVITATION, particulars=loose))
    assert [p.field for p in refused.value.problems] == ["particulars.time"]


def test_party_documents_have_their_own_head():
    words = [p.text for p in measure.pieces(services.set_official(documents.PARTY).pdf)]
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in words
    assert "Số 15-QĐ/ĐU" in words
    assert "*" in words
    assert not any("CỘNG HÒA" in w for w in words)


def test_mass_organisation_may_have_its_own_heading():
    words = [p.text for p in measure.pieces(services.set_official(documents.YOUTH).pdf)]
    assert "ĐOÀN TNCS HỒ CHÍ MINH" in words
    assert not any("CỘNG HÒA" in w for w in words)
    front = dataclasses.replace(
        documents.YOUTH, issuer=Issuer("Ban Thường trực", above=("Mặt trận Tổ quốc Việt Nam xã",))
    )
    assert any("CỘNG HÒA" in p.text for p in measure.pieces(services.set_official(front).pdf))


def test_watermark_is_on_the_rendition_only(letter):
    drawn = services.set_official(documents.LETTER, watermark="Ừ Ỷ")
    assert letter_count(drawn.pdf, "Ỷ") == 1
    assert letter_count(letter.pdf, "Ỷ") == 0


def letter_count(pdf, letter):
    made = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return unicodedata.normalize("NFC", made).count(letter)


def test_end_mark_replaces_the_last_stop_and_is_not_doubled(letter):
    assert one(measure.pieces(letter.pdf), "khi chưa giải mật./.")
    for words in ("Xong.", "Xong", "Xong./.", "Xong;"):
        paper = dataclasses.replace(documents.LETTER, body=(documents.paragraph(words),))
        assert one(measure.pieces(services.set_official(paper).pdf), "Xong").text == "Xong./."


def test_tables_repeat_their_head_and_refuse_rows_that_do_not_fit():
    long = Table(rows=(documents.cells("TT", "Tên"), *(documents.cells(str(n), f"Hồ sơ số {n}") for n in range(1, 90))))
    paper = dataclasses.replace(documents.LETTER, body=(long,))
    sheet = services.set_official(paper)
    assert sheet.pages > 1
    heads = [p for p in measure.pieces(sheet.pdf) if p.text == "TT"]
    assert len(heads) >= sheet.pages - 1
    assert all(h.bold for h in heads)
    for broken in (
        Table(rows=(documents.cells("a", "b"), documents.cells("c"))),
        Table(rows=((Cell(plain("a"), rowspan=3),),)),
        Table(rows=((Cell(plain("a"), colspan=0),),)),
        Table(rows=()),
    ):
        with pytest.raises(PaperIncomplete, match="bảng"):
            services.set_official(dataclasses.replace(paper, body=(broken,)))


def test_pictures_are_set_by_key_and_refused_when_broken():
    image = services.demo_signature("Hoa")
    body = (Picture("so-do", "Sơ đồ", 80, plain("Hình 1. Sơ đồ")),)
    paper = dataclasses.replace(documents.LETTER, body=body, pictures={"so-do": image})
    assert one(measure.pieces(services.set_official(paper).pdf), "Hình 1. Sơ đồ").italic
    for pictures in ({}, {"so-do": b"GIF89a"}, {"so-do": image[:200]}):
        with pytest.raises(PaperIncomplete) as refused:
            services.set_official(dataclasses.replace(paper, pictures=pictures))
        assert [p.field for p in refused.value.problems] == ["pictures.so-do"]


@pytest.mark.parametrize(
    "hostile", ['#panic("x")', "$x$ *đậm* `mã` <nhãn> @ref \\", '"},{"', "a\x00b\u202e", "W" * 9000]
)
def test_markup_and_strange_signs_in_a_text_are_text(hostile):
    paper = dataclasses.replace(
        documents.LETTER, body=(Paragraph((Run(hostile, bold=True),)), Heading(hostile)), subject=hostile,
        addressees=(hostile,), recipients=(hostile,),
        annexes=(Annex(title=hostile, body=(Paragraph(plain(hostile)),)),),
    )  # fmt: skip
    assert services.set_official(paper).pdf.startswith(b"%PDF")


def test_decomposed_text_prints_composed():
    paper = dataclasses.replace(
        documents.LETTER, body=(documents.paragraph(unicodedata.normalize("NFD", "Đặng Thị Ước")),)
    )
    assert one(measure.pieces(services.set_official(paper).pdf), "Đặng Thị Ước./.")


def test_long_lists_of_recipients_flow_over_the_page():
    paper = dataclasses.replace(documents.LETTER, recipients=tuple(f"Ủy ban nhân dân xã thứ {n}" for n in range(90)))
    found = measure.pieces(services.set_official(paper).pdf)
    assert [p for p in found if p.text.startswith("- Ủy ban nhân dân xã thứ 89")]
