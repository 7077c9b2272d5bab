"""The reader: every habit of partners is understood, every bad input is said in words, nothing is ever raised."""

from __future__ import annotations

import base64
import io
import random
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.common.zones import VN
from congvu.engines.exchange.edxml import payload, reader, tree
from congvu.engines.exchange.edxml.writer import complete, write_letter, write_status
from congvu.engines.exchange.types import (
    Attachment,
    Dialect,
    Kind,
    Operation,
    Party,
    Receiver,
    Reference,
    Replaced,
    Signer,
)
from tests.engines.exchange.samples import OURS, THEIRS, TODAY, letter, pdf, report

MEGABYTE = 1024 * 1024


def read(data, **more):
    return reader.read(data, today=TODAY, **more)


def words(parsed) -> str:
    return "\n".join(map(str, parsed.faults))


def written(**values) -> bytes:
    return write_letter(letter(**values), [pdf(2)], today=TODAY)


def with_payload(content: bytes, name: str = "a.pdf") -> bytes:
    """A message whose one file has just these bytes on the wire, not packed further."""
    made = write_letter(letter(attachments=(Attachment("a.pdf"),)), [b"%PDF-x"], Dialect.RAW, today=TODAY).decode()
    mark = base64.encodebytes(b"%PDF-x").decode()
    return made.replace(mark, base64.encodebytes(content).decode()).replace("a.pdf", name).encode()


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("dialect", list(Dialect))
def test_what_is_written_is_read(dialect):
    made = write_letter(letter(), [pdf(2)], dialect, today=TODAY)
    parsed = read(made)
    (attachment,) = parsed.letter.attachments
    assert (parsed.kind, parsed.faults, parsed.usable) == (Kind.DOCUMENT, (), True)
    assert parsed.letter.document_id == "000.00.17.H98,2026/11/18,15/SXD-QLN"
    assert (attachment.name, attachment.type, attachment.size) == ("cong-van-15.pdf", "application/pdf", len(pdf(2)))
    assert attachment.signatures == 2


def test_contents_come_out_as_they_went_in():
    got = {}
    read(written(), keep=lambda number, told, file: got.update({number: (told.name, file.read())}))
    assert got == {0: ("cong-van-15.pdf", pdf(2))}


def test_prefixes_do_not_matter():
    made = written().decode().replace("edXML:", "x:").replace("xmlns:edXML", "xmlns:x").encode()
    assert read(made).letter == read(written()).letter


def test_children_may_stand_in_any_order():
    made = written().decode()
    start, end = made.index("<edXML:DocumentId>"), made.index("</edXML:DocumentId>") + len("</edXML:DocumentId>")
    identifier = made[start:end]
    moved = made[:start] + made[end:].replace("</edXML:MessageHeader>", identifier + "</edXML:MessageHeader>")
    assert read(moved.encode()).letter == read(made.encode()).letter


def test_the_older_dialect_is_read_and_named():
    made = written().decode().replace("http://www.mic.gov.vn/TBT/QCVN_102_2016", "http://www.e-doc.vn/Schema/")
    parsed = read(made.replace("2026/11/18<", "18/11/2026<").encode())
    assert parsed.letter.promulgated == date(2026, 11, 18)
    assert "không gian tên" in words(parsed)


def test_swapped_response_for_is_put_right():
    made = write_status(report()).decode()
    swapped = made.replace(">000.00.17.H98</edXML:OrganId>", ">15/SXD-QLN</edXML:OrganId>").replace(
        ">15/SXD-QLN</edXML:Code>", ">000.00.17.H98</edXML:Code>"
    )
    parsed = read(swapped.encode())
    assert (parsed.report.to, parsed.report.code) == ("000.00.17.H98", "15/SXD-QLN")
    assert words(parsed) == "ResponseFor: OrganId và Code bị đổi chỗ cho nhau; đã đọc lại cho đúng"


@pytest.mark.parametrize(("wire", "read_as"), [("14", "15"), ("3", "03"), ("03", "03"), ("16", "16")])
def test_status_codes_are_two_characters_and_14_is_15(wire, read_as):
    made = write_status(report()).decode().replace(">03</edXML:StatusCode>", f">{wire}</edXML:StatusCode>")
    parsed = read(made.encode())
    assert parsed.report.status == read_as
    assert bool(parsed.faults) == (wire != read_as)


@pytest.mark.parametrize("wire", ["07", "", "xx", "999", "1٣"])
def test_unknown_status_codes_cannot_be_taken(wire):
    made = write_status(report()).decode().replace(">03</edXML:StatusCode>", f">{wire}</edXML:StatusCode>")
    assert not read(made.encode()).usable


def test_dates_have_slashes_and_times_are_vietnamese():
    assert b"<edXML:PromulgationDate>2026/11/18</edXML:PromulgationDate>" in written()
    assert b"<edXML:Timestamp>2026/11/19 09:30:05</edXML:Timestamp>" in write_status(report())
    assert read(write_status(report())).report.at == datetime(2026, 11, 19, 9, 30, 5, tzinfo=VN)


def test_missing_parts_are_named_one_by_one():
    made = written().decode()
    for name in ("Subject", "CodeNumber", "PromulgationDate", "To"):
        made = made.replace(f"<edXML:{name}>", "<edXML:Gone>").replace(f"</edXML:{name}>", "</edXML:Gone>")
    told = words(read(made.encode()))
    for place in ("Subject:", "Code/CodeNumber:", "PromulgationInfo/PromulgationDate:", "To:"):
        assert place in told


def test_a_message_without_sender_or_identifier_cannot_be_taken():
    for name in ("OrganId", "DocumentId"):
        made = written().decode().replace(f"<edXML:{name}>", "<edXML:Gone>")
        parsed = read(made.replace(f"</edXML:{name}>", "</edXML:Gone>").encode())
        assert not parsed.usable
        assert "thiếu" in words(parsed) or "không có mã" in words(parsed)


def test_doctype_and_entities_are_refused_before_they_are_read():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    for head in (bomb, b"<!DOCTYPE edXML>", b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'):
        parsed = read(head + written().split(b"?>", 1)[1])
        assert parsed.kind is None
        assert "DOCTYPE" in words(parsed)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "cụt hoặc trống"),
        (b"xin chao", "không đúng cú pháp"),
        (b"<a/>", "không phải thông điệp edXML"),
        (b"<edXML/>", "thiếu phần MessageHeader"),
        (b"<edXML><a></edXML>", "thẻ đóng không khớp"),
        (b"<edXML><x:a/></edXML>", "tiền tố chưa khai báo"),
        (b'<?xml version="1.0" encoding="x-nobody"?><edXML/>', ""),
        (b"<edXML>&a;</edXML>", "thực thể"),
        (b"<a b='" + b"x" * 2 * MEGABYTE, "thẻ XML dài"),
        (b"<edXML>" + b"<a>" * 60, "lồng quá sâu"),
        (b"<edXML>" + b"<a/>" * 30_000 + b"</edXML>", "quá nhiều phần tử"),
        (b"<edXML>" + b"x" * MEGABYTE + b"</edXML>", "dài quá mức"),
        (b"PK\x03\x04", "không được phép"),
        (b"\xff\xfe\x00\x00", ""),
    ],
)
def test_what_is_no_message_says_so(data, told):
    parsed = read(data)
    assert parsed.kind is None
    assert len(parsed.faults) == 1
    assert told in words(parsed)


def test_a_claimed_giant_stops_at_the_bound():
    class Giant(io.RawIOBase):
        """Two gigabytes that nobody ever holds."""

        left = 2048 * MEGABYTE
        read_bytes = 0

        def read(self, size=-1):
            piece = b"<edXML>" if not self.read_bytes else b"<!--" + b"x" * (size - 7) + b"-->"
            self.read_bytes += len(piece)
            return piece

    giant = Giant()
    assert "lớn hơn 100 MB" in words(read(giant))
    assert giant.read_bytes < 101 * MEGABYTE


@pytest.mark.parametrize(
    ("wire", "told"),
    [
        ("@@@@", "sai base64"),
        ("AAAA====", "sai base64"),
        ("QUJD=QUJD", "base64"),
        ("QUJ", "cụt"),
        ("", "không có nội dung"),
        ("đây là chữ", "sai base64"),
    ],
)
def test_wrong_base64_names_the_file(wire, told):
    mark = base64.encodebytes(b"%PDF-x").decode()
    made = with_payload(b"%PDF-x").decode().replace(mark, wire)
    parsed = read(made.encode())
    assert parsed.usable
    assert parsed.letter.attachments[0].sha256 == ""
    assert words(parsed).startswith("AttachmentEncoded/Attachment[1]: “a.pdf”:")
    assert told in words(parsed)


def test_one_zip_is_unpacked_and_office_files_are_left_alone():
    docx = zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"))
    for wire, name in ((docx, "a.docx"), (zipped(("b.docx", docx)), "a.docx")):
        (attachment,) = read(with_payload(wire, name)).letter.attachments
        assert (attachment.size, attachment.sha256) == (len(docx), payload._measure(io.BytesIO(docx))[0])


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (zipped(("a.zip", zipped(("a.pdf", b"%PDF-x")))), "a.pdf", "gói nén nằm trong gói nén"),
        (zipped(("a.pdf", b"1"), ("b.pdf", b"2")), "a.pdf", "có 2 tệp"),
        (zipped(), "a.pdf", ""),
        (zipped(("a.pdf", b"%PDF-x"))[:-9], "a.pdf", "hỏng"),
        (b"PK\x03\x04rubbish", "a.pdf", "hỏng"),
        (b"hello", "a.pdf", "không phải PDF"),
        (b"MZ\x90\x00", "a.doc", "chương trình"),
        (b"x", "a.exe", "loại tệp .exe"),
        (b"x", "a", "loại tệp"),
        (b"%PDF-1.7 broken", "a.pdf", "PDF hỏng"),
        (zipped(*((f"{n}.txt", b"") for n in range(2500))), "a.pdf", "quá nhiều tệp"),
    ],
)
def test_contents_that_are_not_taken_say_why(content, name, told):
    parsed = read(with_payload(content, name))
    assert parsed.letter.attachments[0].sha256 == ""
    assert told in words(parsed)


def test_a_zip_bomb_stops_at_the_bound():
    limits = replace(tree.LIMITS, file=MEGABYTE)
    bomb = zipped(("a.pdf", b"%PDF-" + b"\0" * 20 * MEGABYTE))
    assert len(bomb) < 100_000
    assert "bung ra lớn hơn 1 MB" in words(read(with_payload(bomb), limits=limits))


def test_an_encrypted_pdf_is_told_from_a_broken_one():
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as made:
        made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "đặt mật khẩu" in words(read(with_payload(out.getvalue())))


def test_timestamps_are_no_signatures():
    assert read(with_payload(pdf(2, timestamps=1))).letter.attachments[0].signatures == 2


def test_manifest_and_contents_are_compared():
    made = written().decode()
    other = made.replace("<AttachmentEncoded>", "<AttachmentEncoded><!--").replace(
        "</AttachmentEncoded>", "--></AttachmentEncoded>"
    )
    assert "có trong danh mục nhưng không gửi kèm" in words(read(other.encode()))
    assert "không có trong danh mục" in words(read(made.replace("edXML:Reference", "edXML:Gone").encode()))


def test_a_large_content_is_never_in_memory_many_times():
    content = b"%PDF-" + random.Random(7).randbytes(20 * MEGABYTE)
    made = write_letter(letter(attachments=(Attachment("a.txt"),)), [content], Dialect.RAW, today=TODAY)
    stream = io.BytesIO(made)
    tracemalloc.start()
    parsed = read(stream)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert parsed.letter.attachments[0].size == len(content)
    assert peak < 4 * MEGABYTE


def test_names_never_lead_out():
    made = with_payload(b"%PDF-x", "../../etc/a.pdf")
    assert read(made).letter.attachments[0].name == "a.pdf"


def test_the_sender_is_told_from_the_first_pages():
    assert reader.sender_of(written()) == "000.00.17.H98"
    assert reader.sender_of(written()[: len(written()) // 3]) == "000.00.17.H98"
    assert reader.sender_of(b"<edXML>") == reader.sender_of(b"") == reader.sender_of(b"<!DOCTYPE a><edXML/>") == ""


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=40).map(str.strip)
words_ = texts.filter(lambda t: reader.clean(t) == t)
filled = words_.filter(bool)
codes = st.from_regex(r"[A-Y][0-9]{2}(\.[0-9A-Z]{1,3}){0,3}", fullmatch=True)
days = st.dates(date(2015, 1, 1), TODAY)
parties = st.builds(Party, id=codes, name=filled, in_charge=words_, address=words_)
references = st.builds(Reference, codes, st.just("7/UBND-VX"), days, filled)
letters = st.builds(
    letter,
    sender=parties, to=st.lists(parties, min_size=1, max_size=3, unique_by=lambda p: p.id).map(tuple),
    number=st.from_regex(r"[0-9]{1,4}[a-z]?", fullmatch=True), notation=st.just("QĐ-UBND"), promulgated=days,
    subject=filled, document_id=filled, place=words_, content=filled, type=st.just("1"), type_detail=st.just("0"),
    type_name=filled, signer=st.builds(Signer, words_, words_, filled), due=st.none() | days,
    priority=st.integers(0, 4), sphere=words_, typist=st.just("NVA"), copies=st.none() | st.integers(0, 999),
    pages=st.none() | st.integers(0, 999), appendixes=st.lists(filled, max_size=2).map(tuple),
    direction=st.booleans(), answers=st.lists(references, min_size=1, max_size=2).map(tuple),
    steering=st.sampled_from("012"), places=st.lists(filled, max_size=2).map(tuple),
    tasks=st.lists(filled, max_size=2).map(tuple), operation=st.sampled_from(Operation), reason=words_,
    paper=st.booleans(), target=filled, replaced=st.lists(
        st.builds(Replaced, filled, st.lists(codes, max_size=2).map(tuple)), min_size=1, max_size=2
    ).map(tuple),
)  # fmt: skip


@given(letters, st.sampled_from(Dialect))
@settings(max_examples=150, deadline=None)
def test_any_letter_comes_back_as_it_went(sent, dialect):
    sent = complete(replace(sent, attachments=(Attachment("a.txt", description="a", content_id="7"),)))
    if sent.operation is Operation.UPDATE:
        sent = replace(sent, data_changed=True, receivers_changed=True, receivers=(Receiver("H98.1", True),))
    parsed = read(write_letter(sent, [b"noi dung"], dialect, today=TODAY))
    assert parsed.faults == ()
    assert replace(parsed.letter, attachments=()) == replace(sent, attachments=())
    assert [(a.name, a.size) for a in parsed.letter.attachments] == [("a.txt", 8)]


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_no_change_of_bytes_makes_the_reader_stumble(data):
    original = data.draw(st.sampled_from(MADE))
    changed = bytearray(original)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed)))
        cut = data.draw(st.integers(0, 40))
        changed[at : at + cut] = data.draw(st.binary(max_size=8) | st.sampled_from(PIECES))
    parsed = read(bytes(changed))
    assert parsed.kind is not None or parsed.faults
    assert all(str(fault) for fault in parsed.faults)


MADE = [
    write_letter(letter(), [pdf(1)], Dialect.ZIP, today=TODAY),
    write_letter(letter(), [pdf(1)], Dialect.RAW, today=TODAY),
    write_status(report()),
]
PIECES = [
    b"<",
    b">",
    b"</a>",
    b"&#0;",
    b"&lt;",
    b"<![CDATA[",
    b"<edXML:To>",
    b"\0",
    b"\xff",
    b"====",
    b"PK\x03\x04",
    b"-->",
]


def test_samples_are_of_invented_agencies():
    assert (OURS.id, THEIRS.id) == ("H99.24.1", "000.00.17.H98")
