"""Letters of workbooks, Word files and XML: wherever a mark of secrecy may stand, and what is refused unread."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from congvu.ground.files import markup, reading
from congvu.ground.files.markup import SHEET, WORD, XML, Unreadable
from congvu.ground.files.stamps import marks_in, stamps_in
from tests.ground.files.build import docx, workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def read(path: Path, content: bytes, kind: str = SHEET) -> list[str]:
    """The lines read of a content."""
    path = path / "content"
    path.write_bytes(content)
    return reading.text_of(path, kind).splitlines()


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def package(**parts: str | bytes) -> bytes:
    """A workbook of these parts under ``xl/``; two underscores are a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}"/>')
        for name, content in parts.items():
            made.writestr(f"xl/{name.replace('__', '/')}.xml", content)
    return out.getvalue()


def cell() -> bytes:
    return workbook("Họ và tên", "MẬT", "12")


def runs() -> bytes:
    """A cell whose letters are bold in part."""
    book = Workbook()
    book.active["A1"] = CellRichText("TỐI", TextBlock(InlineFont(b=True), " MẬT"))
    return saved(book)


def inline() -> bytes:
    rows = '<row><c t="inlineStr"><is><t>Thôn</t></is></c><c t="inlineStr"><is><t>TỐI MẬT</t></is></c></row>'
    return package(worksheets__sheet1=f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>')


def result() -> bytes:
    """What a formula came to, in a part with a name of its own and with a prefix on every element."""
    row = '<x:row><x:c t="str"><x:f>UPPER("mật")</x:f><x:v>MẬT</x:v></x:c></x:row>'
    return package(worksheets__trang=f'<x:worksheet xmlns:x="{MAIN}">{row}</x:worksheet>')


def broken_line() -> bytes:
    return workbook("DANH SÁCH\nTUYỆT MẬT\nKèm theo")


def name() -> bytes:
    book = Workbook()
    book.active.title = "MẬT"
    return saved(book)


def hidden() -> bytes:
    book = Workbook()
    book.create_sheet("Phụ").sheet_state = "hidden"
    book["Phụ"]["C9"] = "MẬT"
    return saved(book)


def header() -> bytes:
    book = Workbook()
    book.active["A1"] = "Thôn"
    book.active.oddHeader.right.text = "MẬT"
    book.active.oddHeader.right.font, book.active.oddHeader.right.size = "Times New Roman,Bold", 14
    book.active.oddHeader.left.text = "UBND xã"
    return saved(book)


def footer() -> bytes:
    book = Workbook()
    book.active.evenFooter.center.text = "TỐI MẬT"
    return saved(book)


def comment() -> bytes:
    book = Workbook()
    book.active["A1"].comment = Comment("MẬT", "Lan")
    return saved(book)


def drawn() -> bytes:
    box = "<a:p><a:r><a:t>TUYỆT </a:t></a:r><a:r><a:t>MẬT</a:t></a:r></a:p>"
    return package(drawings__drawing1=f'<wsDr xmlns:a="{DRAWN}">{box}</wsDr>')


@pytest.mark.parametrize(
    ("made", "mark"),
    [
        (cell, "MẬT"), (runs, "TỐI MẬT"), (inline, "TỐI MẬT"), (result, "MẬT"), (broken_line, "TUYỆT MẬT"),
        (name, "MẬT"), (hidden, "MẬT"), (header, "MẬT"), (footer, "TỐI MẬT"), (comment, "MẬT"), (drawn, "TUYỆT MẬT"),
    ],
)  # fmt: skip
def test_a_mark_is_found_wherever_a_workbook_shows_letters(tmp_path, made, mark):
    lines = read(tmp_path, made())
    assert mark in lines
    assert marks_in("\n".join(lines)) == stamps_in("\n".join(lines), exact=True) == [mark]


def test_words_of_a_workbook_are_lines_and_its_numbers_are_none(tmp_path):
    book = Workbook()
    book.active.title = "Danh sách"
    book.active.append(["Mật độ dân cư", 1250, "Giữ bí mật", True, None])
    book.active["A2"] = "=1+2"
    found = read(tmp_path, saved(book))
    assert found == ["Danh sách", "Mật độ dân cư", "Giữ bí mật"]
    assert stamps_in("\n".join(found), exact=True) == []


def test_ends_of_lines_as_other_programs_write_them(tmp_path):
    shared = f'<sst xmlns="{MAIN}"><si><t>Phụ lục_x000D_\nMẬT_x000d_\nnăm 2026</t></si></sst>'
    assert "MẬT" in read(tmp_path, package(sharedStrings=shared))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<VanBan><DoMat>TỐI MẬT</DoMat><So>5</So></VanBan>", ["TỐI MẬT", "5"]),
        ('<vb do="MẬT" so="5"/>', ["MẬT", "5"]),
        ("<p>Kính gửi <b>MẬT</b> và mọi người</p>", ["MẬT", "Kính gửi  và mọi người"]),
        ("<a><![CDATA[ MẬT ]]><!-- TỐI MẬT --></a>", ["MẬT"]),
        ("<a>M&#7852;T</a>", ["MẬT"]),
    ],
)
def test_values_and_attributes_of_xml_are_lines(tmp_path, text, lines):
    assert read(tmp_path, text.encode(), XML) == lines
    assert read(tmp_path, text.encode("utf-16"), XML) == lines
    assert read(tmp_path, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode("utf-8-sig"), XML) == lines


def test_a_word_file_is_read_with_its_headers_gaps_and_boxes(tmp_path):
    from docx import Document

    made = Document()
    made.add_paragraph("MẬT\tSố: 5")
    made.sections[0].header.paragraphs[0].text = "TỐI MẬT"
    out = io.BytesIO()
    made.save(out)
    lines = read(tmp_path, out.getvalue(), WORD)
    assert lines == ["MẬT  Số: 5", "TỐI MẬT"], "the text comes first"
    assert stamps_in("\n".join(lines), exact=True) == ["TỐI MẬT", "MẬT"]
    box = "<w:p><w:r><w:t>Trên </w:t><w:txbx><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbx><w:t>dưới</w:t></w:r></w:p>"
    with zipfile.ZipFile(out := io.BytesIO(), "w") as packed:
        packed.writestr("word/document.xml", f'<w:body xmlns:w="w">{box}</w:body>')
    assert read(tmp_path, out.getvalue(), WORD) == ["MẬT", "Trên dưới"]


def test_a_bomb_is_refused_by_its_directory_before_anything_is_unpacked(tmp_path, monkeypatch):
    content = package(sharedStrings=b" " * (markup.MOST_READ + 1))
    assert len(content) < 200_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_a, **_k: pytest.fail("unpacked"))
    with pytest.raises(Unreadable, match="too big"):
        read(tmp_path, content)


def test_a_directory_that_lies_about_a_size_is_a_broken_file(tmp_path):
    size = 3_000_000
    content = package(sharedStrings=b" " * size).replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(Unreadable, match="BadZipFile"):
        read(tmp_path, content)


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "MAT"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (ENTITIES, XML, "doctype"), (ENTITIES.decode().encode("utf-16"), XML, "doctype"),
        (package(sharedStrings=ENTITIES), SHEET, "doctype"), (docx()[:-30], WORD, "BadZipFile"),
        (b"PK\x03\x04", SHEET, "BadZipFile"), (workbook("MẬT")[:-40], SHEET, "BadZipFile"),
        (package(sharedStrings="<sst><si><t>a</t></si>"), SHEET, "ExpatError"), (docx(), SHEET, "no text"),
        (b"<a>" * 201, XML, "too deep"), (b'<a b="' + b"x" * 1_200_000 + b'"/>', XML, "too big"),
        ("<a>MẬT</a>".encode()[:-5] + b"\xff</a>", XML, "ExpatError"),
        (b'<?xml version="1.0" encoding="x-none"?><a/>', XML, "LookupError|ExpatError"), (b"", XML, "ExpatError"),
    ],
)  # fmt: skip
def test_what_is_hostile_or_broken_is_unreadable_and_says_why(tmp_path, content, kind, reason):
    with pytest.raises(Unreadable, match=reason):
        read(tmp_path, content, kind)


def test_a_locked_part_is_unreadable(tmp_path):
    content = bytearray(workbook("MẬT"))
    at = -1
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        while (at := content.find(head, at + 1)) >= 0:
            content[at + flags] |= 1
    with pytest.raises(Unreadable, match="RuntimeError"):
        read(tmp_path, bytes(content))


def test_of_a_long_one_the_beginning_is_kept_and_every_mark(tmp_path, monkeypatch):
    monkeypatch.setattr(markup, "MOST_KEPT", 40)
    lines = read(tmp_path, workbook(*(f"Hộ số {n}" for n in range(40)), "MẬT", "Hết", "MẬT", "TỐI MẬT"))
    assert lines == ["Sheet", "Hộ số 0", "Hộ số 1", "Hộ số 2", "Hộ số 3", "MẬT", "TỐI MẬT"]
