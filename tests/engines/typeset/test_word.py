"""Structured text from plain lines and .docx, and back; files that must not be opened."""

from __future__ import annotations

import dataclasses
import io
import unicodedata
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.engines.typeset import services
from congvu.engines.typeset.errors import FileRefused
from congvu.engines.typeset.types import (
    Article,
    Basis,
    Clause,
    Dashes,
    Division,
    Heading,
    Paragraph,
    Picture,
    Point,
    Run,
    Table,
    plain,
    texts_of,
    words,
)
from tests.engines.typeset import documents

TEXT = """Căn cứ Luật Lưu trữ;
Theo đề nghị của Chánh Văn phòng.
QUYẾT ĐỊNH:
Chương I
QUY ĐỊNH CHUNG
Mục 1
PHẠM VI
Điều 1. Phạm vi điều chỉnh
1. Khoản một.
a) điểm a;
b) điểm b;
đ) điểm đ.
2. Khoản hai.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Điều 5a. Chèn thêm.
- gạch một;
– gạch hai.
Đoạn thường."""


def test_plain_lines_become_structure():
    assert services.read_text(TEXT) == (
        Basis(plain("Căn cứ Luật Lưu trữ;")),
        Basis(plain("Theo đề nghị của Chánh Văn phòng.")),
        Heading("QUYẾT ĐỊNH:"),
        Division("chapter", "Quy định chung"),
        Division("section", "Phạm vi"),
        Article(plain("Phạm vi điều chỉnh")),
        Clause(plain("Khoản một.")),
        Point(plain("điểm a;")),
        Point(plain("điểm b;")),
        Point(plain("điểm đ."), "đ"),
        Clause(plain("Khoản hai.")),
        Article(text=plain("Quyết định này có hiệu lực kể từ ngày ký.")),
        Article(text=plain("Chèn thêm."), number="5a"),
        Dashes((plain("gạch một;"), plain("gạch hai."))),
        Paragraph(plain("Đoạn thường.")),
    )


def test_a_roman_number_and_capitals_make_a_bold_heading_that_survives_editing():
    body = services.read_text("I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nI. Ông A chủ trì")
    heading, _clause, person = body
    assert [(run.text, run.bold) for run in heading.text] == [("I. MỤC ĐÍCH, YÊU CẦU", True)]
    assert [run.bold for run in person.text] == [False]
    assert services.read_text(services.write_text(body)) == body


def test_text_written_is_read_back():
    body = services.read_text(TEXT)
    assert services.read_text(services.write_text(body)) == body
    assert services.write_text(body).splitlines()[3:6] == ["Chương I", "QUY ĐỊNH CHUNG", "Mục 1"]


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from([*TEXT.splitlines(), "", " ", "1.", "a)", "Điều", "-", "Mục 1", "phần ii"]), max_size=12)
)
def test_no_words_are_lost(lines):
    body = services.read_text("\n".join(lines))
    again = services.read_text(services.write_text(body))
    assert [words(t).casefold() for b in again for t in texts_of(b)] == [
        words(t).casefold() for b in body for t in texts_of(b)
    ]


def docx(build) -> bytes:
    made, out = Document(), io.BytesIO()
    build(made)
    made.save(out)
    return out.getvalue()


def test_word_file_is_recognised_with_styles_tables_and_lists():
    def build(made):
        head = made.add_table(rows=1, cols=2)
        head.rows[0].cells[1].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        line = made.add_paragraph()
        line.add_run("Điều 1. ").bold = True
        line.add_run("Phạm vi ").bold = True
        line.add_run("gồm các đơn vị.")
        made.add_paragraph("Khoản tự đánh số", style="List Number")
        made.add_paragraph("Khoản tự đánh số nữa", style="List Number")
        made.add_paragraph("gạch", style="List Bullet")
        table = made.add_table(rows=2, cols=2)
        for n, cell in enumerate(c for row in table.rows for c in row.cells):
            cell.text = f"ô {n}"
        styled = made.add_paragraph("thường ")
        styled.add_run("nghiêng").italic = True
        made.add_picture(io.BytesIO(services.demo_signature("Hoa")))

    read = services.read_word(docx(build))
    assert [type(block) for block in read.body] == [Article, Clause, Clause, Dashes, Table, Paragraph, Picture]
    assert read.body[0] == Article(plain("Phạm vi"), plain("gồm các đơn vị."))
    assert [words(c.text) for row in read.body[4].rows for c in row] == ["ô 0", "ô 1", "ô 2", "ô 3"]
    assert read.body[5] == Paragraph((Run("thường "), Run("nghiêng", italic=True)))
    assert read.pictures.keys() == {read.body[6].key}
    assert len(read.notes) == 1


@pytest.mark.parametrize("name", ["decision", "resolution", "letter", "named", "invitation"])
def test_exported_draft_can_be_read_again(name):
    document = documents.ALL[name]
    data = services.write_word(document)
    whole = "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    for block in document.body:
        for text in texts_of(block):
            if not isinstance(block, Table | Division):
                assert words(text).rstrip(" ;,.:") in whole
    read = services.read_word(data)
    kinds = [type(b) for b in read.body]
    assert [k for k in kinds if k in (Article, Clause, Point, Table, Division)] == [
        type(b) for b in document.body if isinstance(b, Article | Clause | Point | Table | Division)
    ]


def test_export_has_head_closing_and_page():
    made = Document(io.BytesIO(services.write_word(dataclasses.replace(documents.LETTER, number="5", on=documents.ON))))
    cells = [cell.text for table in made.tables for cell in table.rows[0].cells]
    assert "Số: 05/UBND-VX" in cells[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in cells[1]
    assert "Yên Khê, ngày 05 tháng 3 năm 2026" in cells[1]
    assert "Nơi nhận:" in cells[-2]
    assert "Lục Thị Sương" in cells[-1]
    section = made.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 15)


def repacked(data: bytes, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        parts = {name: source.read(name) for name in source.namelist()}
        change(parts)
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def put(name, content):
    return lambda parts: parts.update({name: content})


def edit(name, old, new):
    return lambda parts: parts.update({name: parts[name].replace(old, new, 1)})


EXTERNAL = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
    b'Target="https://example.com/x" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("change", "words_of_refusal"),
    [
        (put("word/vbaProject.bin", b"x"), "macro"),
        (edit("[Content_Types].xml", b"wordprocessingml.document.main", b"macroEnabled.main"), "macro"),
        (put("word/big.xml", b"0" * 3_000_000), "giải nén"),
        (edit("word/document.xml", b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document'), "thực thể"),
        (edit("word/_rels/document.xml.rels", b"</Relationships>", EXTERNAL % b"attachedTemplate"), "bên ngoài"),
        (edit("word/_rels/document.xml.rels", b"</Relationships>", EXTERNAL % b"image"), "bên ngoài"),
        (put("word/document.xml", "<w:document/>".encode("utf-16")), "hỏng"),
        (put("word/document.xml", b"<broken"), "hỏng"),
        (lambda parts: parts.pop("word/document.xml"), "hỏng"),
        (lambda parts: parts.pop("_rels/.rels"), "hỏng"),
    ],
)
def test_dangerous_and_broken_files_are_refused(change, words_of_refusal):
    good = docx(lambda made: made.add_paragraph("Nội dung"))
    with pytest.raises(FileRefused, match=words_of_refusal):
        services.read_word(repacked(good, change))


def test_ordinary_links_are_kept_as_text():
    good = docx(lambda made: made.add_paragraph("Nội dung"))
    linked = repacked(good, edit("word/_rels/document.xml.rels", b"</Relationships>", EXTERNAL % b"hyperlink"))
    assert services.read_word(linked).body == (Paragraph(plain("Nội dung")),)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"0" * 600, b"%PDF-1.7", b"<html>"])
def test_other_files_are_refused(data):
    with pytest.raises(FileRefused):
        services.read_word(data)


def test_decomposed_text_comes_in_composed():
    data = docx(lambda made: made.add_paragraph(unicodedata.normalize("NFD", "Điều 1. Nhiệm vụ của xã.")))
    assert services.read_word(data).body == (Article(text=plain("Nhiệm vụ của xã.")),)


@settings(max_examples=30)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=4))
def test_damaged_files_never_break(at, noise):
    good = bytearray(GOOD)
    good[at % len(good) : at % len(good) + len(noise)] = noise
    try:
        services.read_word(bytes(good))
    except FileRefused:
        return


GOOD = docx(lambda made: made.add_paragraph("Nội dung văn bản"))
