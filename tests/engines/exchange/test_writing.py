"""The writer: the order and spelling of the standard, and one refusal that names all that is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from congvu.engines.exchange.codec import dump, load
from congvu.engines.exchange.edxml.writer import write_letter, write_status
from congvu.engines.exchange.errors import MessageInvalid
from congvu.engines.exchange.types import (
    Attachment,
    Dialect,
    Letter,
    Operation,
    Party,
    Receiver,
    Reference,
    Replaced,
    StatusReport,
)
from tests.engines.exchange.samples import OURS, TODAY, letter, pdf, report

NS = "{http://www.mic.gov.vn/TBT/QCVN_102_2016}"


def made(dialect=Dialect.ZIP, **values) -> etree._Element:
    return etree.fromstring(write_letter(letter(**values), [pdf()], dialect, today=TODAY))


def names(element) -> list[str]:
    return [child.tag.removeprefix(NS) for child in element]


def refused(call) -> dict[str, str]:
    with pytest.raises(MessageInvalid) as caught:
        call()
    return {problem.field: problem.message for problem in caught.value.problems}


def test_the_envelope_has_its_parts_in_order():
    root = made()
    assert (root.tag, names(root)) == (f"{NS}edXML", ["edXMLEnvelope", "AttachmentEncoded"])
    envelope = root[0]
    assert (names(envelope), names(envelope[0])) == (
        ["edXMLHeader", "edXMLBody"], ["MessageHeader", "TraceHeaderList", "Signature"],
    )  # fmt: skip
    assert names(envelope[0][0]) == [
        "From", "To", "DocumentId", "Code", "PromulgationInfo", "DocumentType", "Subject", "Content", "SignerInfo",
        "OtherInfo", "SteeringType", "ToPlaces",
    ]  # fmt: skip
    assert names(envelope[0][0][0]) == [
        "OrganId", "OrganizationInCharge", "OrganName", "OrganAdd", "Email", "Telephone", "Fax", "Website",
    ]  # fmt: skip
    manifest = envelope[1][0]
    assert (manifest.tag, manifest.get("version"), names(manifest[0])) == (
        f"{NS}edXMLManifest", "1.0", ["ContentId", "ContentType", "Description", "AttachmentName"],
    )  # fmt: skip


def test_the_spelling_of_the_standard_is_kept():
    text = write_letter(letter(), [pdf()], today=TODAY).decode()
    for word in (
        "<edXML:Bussiness>",
        "<edXML:BussinessDocType>0<",
        "<edXML:TyperNotation>",
        "<edXML:PromulgationInfo>",
    ):
        assert word in text
    assert "<AttachmentEncoded>\n<Attachment>\n<ContentId>cid:1</ContentId>" in text


def test_the_two_dialects_differ_where_partners_do():
    ours, theirs = made(), made(Dialect.RAW)
    assert names(theirs[0][0][0])[-1] == "DocumentId"
    assert [root[1][0][0].text for root in (ours, theirs)] == ["cid:1", "1"]
    assert [root[1][0][3].text for root in (ours, theirs)] == ["application/zip", "application/pdf"]
    assert theirs[1][0][4].text.startswith("JVBERi")
    assert ours[1][0][4].text.startswith("UEsDB")


@pytest.mark.parametrize(
    ("operation", "code", "more"),
    [
        (Operation.NEW, "0", {}),
        (Operation.RECALL, "1", {"answers": (Reference("H99.1", "7/A", date(2026, 1, 2), "x"),)}),
        (Operation.UPDATE, "2", {"target": "x", "receivers": (Receiver("H99.1", True), Receiver("H99.2", False))}),
        (Operation.REPLACE, "3", {"replaced": (Replaced("x", ("H99.1",)),)}),
    ],
)
def test_operations_have_their_codes_and_parts(operation, code, more):
    header = made(operation=operation, **more)[0][0]
    business = header.find(f"{NS}TraceHeaderList/{NS}Bussiness")
    assert business.findtext(f"{NS}BussinessDocType") == code
    if operation is Operation.RECALL:
        assert header.findtext(f"{NS}MessageHeader/{NS}ResponseFor/{NS}DocumentId") == "x"
    if operation is Operation.UPDATE:
        types = business.findall(f".//{NS}ReceiverType")
        assert (business.findtext(f"{NS}DocumentId"), [t.text for t in types]) == ("x", ["1", "0"])
    if operation is Operation.REPLACE:
        assert business.findtext(f"{NS}ReplacementInfoList/{NS}ReplacementInfo/{NS}DocumentId") == "x"


def test_all_that_is_wrong_is_named_at_once():
    wrong = letter(
        sender=Party("không mã", ""), to=(OURS, OURS), number="123456789012", subject="",
        promulgated=date(2026, 11, 20), priority=5, attachments=(Attachment("a.exe"),), operation=Operation.UPDATE,
        document_id="x", content="y",
    )  # fmt: skip
    told = refused(lambda: write_letter(wrong, [b""], today=TODAY))
    assert set(told) == {
        "sender.id", "sender.name", "to.1.id", "number", "subject", "promulgated", "priority", "attachments.0.name",
        "attachments.0", "target",
    }  # fmt: skip


def test_nobody_and_nothing_are_refused():
    told = refused(lambda: write_letter(letter(to=(), attachments=()), [], today=TODAY))
    assert set(told) == {"to", "attachments"}
    told = refused(lambda: write_letter(letter(), [b"no pdf"], today=TODAY))
    assert told == {"attachments.0": "Tên tệp ghi .pdf nhưng nội dung không phải PDF."}


def test_a_status_needs_a_known_code_and_some_a_reason():
    assert set(refused(lambda: write_status(report("14")))) == {"status"}
    for code in ("02", "13", "16"):
        assert set(refused(lambda code=code: write_status(report(code, description=" ")))) == {"description"}
    told = refused(lambda: write_status(report(to="?", document_id="", sender=Party(""))))
    assert set(told) == {"to", "document_id", "sender.id", "sender.name"}


def test_a_status_has_an_envelope_and_a_header_alone():
    root = etree.fromstring(write_status(report()))
    assert (names(root), names(root[0]), names(root[0][0])) == (["edXMLEnvelope"], ["edXMLHeader"], ["MessageHeader"])
    assert names(root[0][0][0]) == ["From", "ResponseFor", "StaffInfo", "StatusCode", "Description", "Timestamp"]


def test_control_characters_and_markup_cannot_break_out():
    header = made(subject="V/v <b>\x01\x0b&\ufffe]]>")[0][0][0]
    assert header.findtext(f"{NS}Subject") == "V/v <b>&]]>"


def test_values_survive_json():
    full = letter(answers=(Reference("H99.1", "7/A", date(2026, 1, 2), "x"),), due=date(2026, 12, 1))
    assert load(Letter, dump(full)) == full
    assert load(StatusReport, dump(report())) == report()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "Letter"), ({"color": 1}, "color"), ({"to": "H99"}, "to"), ({"to": [{"id": 5}]}, "to.0.id"),
        ({"promulgated": "18/11"}, "promulgated"), ({"priority": True}, "priority"), ({"operation": "x"}, "operation"),
    ],
)  # fmt: skip
def test_wrong_json_names_the_place(data, place):
    with pytest.raises(ValueError, match=place):
        load(Letter, data)


def test_the_same_letter_gives_the_same_bytes():
    first, second = (write_letter(letter(), [pdf()], today=TODAY) for _ in range(2))
    assert first == second
    assert write_letter(replace(letter(), subject="khác"), [pdf()], today=TODAY) != first
