"""Writing: the order, names and dates of the standard, and nothing that a partner would refuse.

Every check comes before the first byte; one refusal names all that is wrong.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from congvu.common.errors import Problem
from congvu.common.text import nfc
from congvu.common.zones import local_date, utc_now
from congvu.engines.exchange.edxml import payload, words
from congvu.engines.exchange.edxml.tree import LIMITS, MEGABYTE
from congvu.engines.exchange.errors import MessageInvalid
from congvu.engines.exchange.types import (
    Attachment,
    Dialect,
    Hop,
    Letter,
    Operation,
    Party,
    Reference,
    Staff,
    StatusReport,
)

_PREFIX = "edXML:"
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="{words.NAMESPACE}">\n'
    f'<edXML:edXMLEnvelope xmlns:edXML="{words.NAMESPACE}">\n<edXML:edXMLHeader>\n'
)
_LENGTHS = (
    ("document_id", 500), ("place", 50), ("type_name", 100), ("subject", 500), ("content", 500), ("number", 11),
    ("notation", 30), ("sphere", 100), ("typist", 10), ("reason", 500), ("target", 500),
)  # fmt: skip


def write_letter(
    letter: Letter, contents: Sequence[bytes], dialect: Dialect = Dialect.ZIP, *, today: date | None = None
) -> bytes:
    """The document message. ``contents`` stand in the order of ``letter.attachments``.

    An empty ``document_id`` is composed of agency, date and code. Raises MessageInvalid.
    """
    letter = complete(letter)
    _refuse([*_wrong(letter, today or local_date(utc_now())), *_wrong_files(letter, contents)])
    pieces = [_HEAD, _message(letter, dialect), _trace(letter), _signature(dialect), "</edXML:edXMLHeader>\n"]
    pieces += [_manifest(letter, dialect), "</edXML:edXMLEnvelope>\n<AttachmentEncoded>\n"]
    packed = (
        _attachment(a, n, c, dialect) for n, (a, c) in enumerate(zip(letter.attachments, contents, strict=True), 1)
    )
    made = b"".join(
        ["".join(pieces).encode(), *(part for parts in packed for part in parts), b"</AttachmentEncoded>\n</edXML>\n"]
    )
    if len(made) > LIMITS.message:
        _refuse([Problem("attachments", _("Thông điệp lớn hơn %(n)s MB.") % {"n": LIMITS.message // MEGABYTE})])
    return made


def write_status(report: StatusReport) -> bytes:
    """The status message. Raises MessageInvalid."""
    _refuse(list(_wrong_report(report)))
    answered = Reference(report.to, report.code, report.promulgated, report.document_id)
    inner = (
        _party("From", report.sender) + _reference(answered) + _staff(report.staff)
        + _leaf("StatusCode", report.status) + _leaf("Description", report.description)
        + _leaf("Timestamp", words.write_time(report.at or utc_now()))
    )  # fmt: skip
    return "".join(
        [_HEAD, _element("MessageHeader", inner), "</edXML:edXMLHeader>\n</edXML:edXMLEnvelope>\n</edXML>\n"]
    ).encode()


def complete(letter: Letter) -> Letter:
    """The letter with what follows from the rest: identifier and short content."""
    composed = letter.document_id
    if not composed and letter.promulgated is not None:
        composed = words.document_id(letter.sender.id, letter.promulgated, letter.code)
    return replace(letter, document_id=composed, content=letter.content or letter.subject)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise MessageInvalid(_("Chưa lập được thông điệp liên thông."), problems=tuple(problems))


def _wrong(letter: Letter, today: date) -> Iterator[Problem]:
    yield from _wrong_parties(letter)
    for name in ("number", "subject", "document_id", "type_name"):
        if not _text(getattr(letter, name)):
            yield Problem(name, _("Thiếu thông tin này."), "required")
    if not letter.signer.name:
        yield Problem("signer.name", _("Thiếu họ tên người ký."), "required")
    for name, most in _LENGTHS:
        if len(_text(getattr(letter, name))) > most:
            yield Problem(name, _("Dài quá %(n)s ký tự.") % {"n": most}, "max_length")
    if letter.promulgated is None:
        yield Problem("promulgated", _("Thiếu ngày ban hành."), "required")
    elif letter.promulgated > today:
        yield Problem("promulgated", _("Ngày ban hành ở tương lai."))
    if not 0 <= letter.priority <= 4:
        yield Problem("priority", _("Độ khẩn từ 0 đến 4."))
    yield from _wrong_operation(letter)


def _wrong_parties(letter: Letter) -> Iterator[Problem]:
    yield from _wrong_party(letter.sender, "sender")
    if not letter.to:
        yield Problem("to", _("Cần ít nhất một nơi nhận."), "required")
    seen: set[str] = set()
    for number, party in enumerate(letter.to):
        yield from _wrong_party(party, f"to.{number}")
        if party.id in seen:
            yield Problem(f"to.{number}.id", _("Nơi nhận này ghi hai lần."))
        seen.add(party.id)


def _wrong_party(party: Party, place: str) -> Iterator[Problem]:
    if not words.looks_like_agency(party.id):
        yield Problem(f"{place}.id", _("“%(code)s” không có dạng mã định danh cơ quan.") % {"code": party.id[:40]})
    if not _text(party.name):
        yield Problem(f"{place}.name", _("Thiếu tên cơ quan."), "required")
    for _element_name, name, most in words.PARTY:
        if len(_text(getattr(party, name))) > most:
            yield Problem(f"{place}.{name}", _("Dài quá %(n)s ký tự.") % {"n": most}, "max_length")


def _wrong_operation(letter: Letter) -> Iterator[Problem]:
    if letter.operation is Operation.RECALL and not any(row.document_id for row in letter.answers):
        yield Problem("answers", _("Thu hồi phải ghi những văn bản được thu hồi."), "required")
    if letter.operation is Operation.UPDATE and not letter.target:
        yield Problem("target", _("Cập nhật phải ghi văn bản được cập nhật."), "required")
    if letter.operation is Operation.REPLACE and not letter.replaced:
        yield Problem("replaced", _("Thay thế phải ghi những văn bản bị thay thế."), "required")


def _wrong_files(letter: Letter, contents: Sequence[bytes]) -> Iterator[Problem]:
    if not letter.attachments:
        yield Problem("attachments", _("Cần ít nhất một tệp đính kèm."), "required")
    if len(letter.attachments) != len(contents) or len(contents) > LIMITS.files:
        yield Problem("attachments", _("Số tệp và số nội dung không khớp, hoặc quá nhiều tệp."))
        return
    for number, (attachment, content) in enumerate(zip(letter.attachments, contents, strict=True)):
        kind = payload.extension(attachment.name)
        if kind not in payload.TYPES:
            told = _("Loại tệp .%(kind)s không gửi liên thông được.") % {"kind": kind[:12]}
            yield Problem(f"attachments.{number}.name", told)
        if not content or len(content) > LIMITS.file:
            told = _("Tệp trống hoặc lớn hơn %(n)s MB.") % {"n": LIMITS.file // MEGABYTE}
            yield Problem(f"attachments.{number}", told)
        elif kind == "pdf" and not content.startswith(payload.PDF):
            yield Problem(f"attachments.{number}", _("Tên tệp ghi .pdf nhưng nội dung không phải PDF."))


def _wrong_report(report: StatusReport) -> Iterator[Problem]:
    yield from _wrong_party(report.sender, "sender")
    if not words.looks_like_agency(report.to):
        yield Problem("to", _("“%(code)s” không có dạng mã định danh cơ quan.") % {"code": report.to[:40]})
    if not report.document_id:
        yield Problem("document_id", _("Thiếu mã định danh văn bản."), "required")
    if report.status not in words.STATUSES:
        told = _("Mã trạng thái là một trong %(codes)s.") % {"codes": ", ".join(words.STATUSES)}
        yield Problem("status", told)
    if report.status in ("02", "13", "16") and not _text(report.description):
        yield Problem("description", _("Phải ghi lý do."), "required")


def _text(value: Any) -> str:
    """A value as the wire holds it: NFC, no characters that XML does not know."""
    return nfc(str(value)).translate(_FORBIDDEN).strip()


def _leaf(name: str, value: Any) -> str:
    return f"<{_PREFIX}{name}>{escape(_text(value))}</{_PREFIX}{name}>\n"


def _element(name: str, inner: str, attributes: str = "") -> str:
    return f"<{_PREFIX}{name}{attributes}>\n{inner}</{_PREFIX}{name}>\n"


def _party(name: str, party: Party) -> str:
    inner = "".join(_leaf(element, getattr(party, field)) for element, field, _most in words.PARTY)
    return _element(name, inner)


def _staff(staff: Staff) -> str:
    return _element("StaffInfo", "".join(_leaf(element, getattr(staff, name)) for element, name, _most in words.STAFF))


def _day(name: str, day: date | None) -> str:
    return _leaf(name, words.write_date(day)) if day is not None else ""


def _reference(row: Reference) -> str:
    inner = _leaf("OrganId", row.organ) + _leaf("Code", row.code) + _day("PromulgationDate", row.promulgated)
    return _element("ResponseFor", inner + _leaf("DocumentId", row.document_id))


def _message(letter: Letter, dialect: Dialect) -> str:
    """In the order of the samples; the identifier stands after the recipients or last, as the partner has it."""
    identifier = _leaf("DocumentId", letter.document_id)
    first = identifier if dialect is Dialect.ZIP else ""
    signer = letter.signer
    kind = _leaf("Type", letter.type or "1") + _leaf("TypeDetail", letter.type_detail or "0")
    inner = (
        _party("From", letter.sender) + "".join(_party("To", party) for party in letter.to) + first
        + _element("Code", _leaf("CodeNumber", letter.number) + _leaf("CodeNotation", letter.notation))
        + _element("PromulgationInfo", _leaf("Place", letter.place) + _day("PromulgationDate", letter.promulgated))
        + _element("DocumentType", kind + _leaf("TypeName", letter.type_name))
        + _leaf("Subject", letter.subject) + _leaf("Content", letter.content)
        + _element(
            "SignerInfo",
            _leaf("Competence", signer.competence) + _leaf("Position", signer.position)
            + _leaf("FullName", signer.name),
        )
        + _day("DueDate", letter.due) + _other(letter) + "".join(_reference(row) for row in letter.answers)
        + _leaf("SteeringType", letter.steering or "0") + _tasks(letter) + _list("ToPlaces", "Place", letter.places)
    )  # fmt: skip
    return _element("MessageHeader", inner + ("" if first else identifier))


def _tasks(letter: Letter) -> str:
    tasks = _list("ResponseForTask", "TaskCode", letter.tasks) if letter.tasks else ""
    return tasks + (_leaf("ApplicationType", letter.application) if letter.application else "")


def _list(name: str, item: str, values: Sequence[str]) -> str:
    return _element(name, "".join(_leaf(item, value) for value in values))


def _other(letter: Letter) -> str:
    numbers = (("PromulgationAmount", letter.copies), ("PageAmount", letter.pages))
    return _element(
        "OtherInfo",
        _leaf("Priority", letter.priority) + _leaf("SphereOfPromulgation", letter.sphere)
        + _leaf("TyperNotation", letter.typist)
        + "".join(_leaf(name, value) for name, value in numbers if value is not None)
        + _leaf("Direction", "true" if letter.direction else "false")
        + _list("Appendixes", "Appendix", letter.appendixes),
    )  # fmt: skip


def _trace(letter: Letter) -> str:
    return _element("TraceHeaderList", "".join(_hop(hop) for hop in letter.hops) + _business(letter))


def _hop(hop: Hop) -> str:
    at = _leaf("Timestamp", words.write_time(hop.at)) if hop.at is not None else ""
    return _element("TraceHeader", _leaf("OrganId", hop.organ) + at)


def _business(letter: Letter) -> str:
    inner = _leaf("DocumentId", letter.target) if letter.target else ""
    inner += _leaf("BussinessDocType", words.OPERATION_CODES[letter.operation])
    inner += _leaf("BussinessDocReason", letter.reason) + _leaf("Paper", "1" if letter.paper else "0")
    if letter.operation is Operation.UPDATE:
        inner += _update(letter)
    if letter.replaced:
        rows = (
            _element(
                "ReplacementInfo", _leaf("DocumentId", row.document_id) + _list("OrganIdList", "OrganId", row.organs)
            )
            for row in letter.replaced
        )
        inner += _element("ReplacementInfoList", "".join(rows))
    return _element("Bussiness", inner + _staff(letter.staff))


def _update(letter: Letter) -> str:
    receivers = "".join(
        _element(
            "Receiver", _leaf("OrganId", row.organ) + _leaf("ReceiverType", words.ADDED if row.added else words.REMOVED)
        )
        for row in letter.receivers
    )
    changes = (("DocumentInfo", letter.data_changed), ("DocumentReceiver", letter.receivers_changed))
    inner = "".join(_leaf(name, "1" if value else "0") for name, value in changes)
    return _element("BussinessDocumentInfo", inner + _element("ReceiverList", receivers))


def _signature(dialect: Dialect) -> str:
    """The signature of the message is a placeholder in practice; trust comes from the PDFs and the channel."""
    return "<Signature/>\n" if dialect is Dialect.ZIP else "<edXML:DigitalSignature/>\n"


def _content_id(attachment: Attachment, number: int) -> str:
    return attachment.content_id or str(number)


def _wire_type(attachment: Attachment, dialect: Dialect) -> str:
    return "application/zip" if dialect is Dialect.ZIP else payload.TYPES[payload.extension(attachment.name)]


def _manifest(letter: Letter, dialect: Dialect) -> str:
    rows = "".join(
        _element(
            "Reference",
            _leaf("ContentId", f"cid:{_content_id(attachment, number)}")
            + _leaf("ContentType", _wire_type(attachment, dialect))
            + _leaf("Description", attachment.description or attachment.name)
            + _leaf("AttachmentName", attachment.name),
        )
        for number, attachment in enumerate(letter.attachments, 1)
    )
    return _element("edXMLBody", _element("edXMLManifest", rows, ' version="1.0"'))


def _attachment(attachment: Attachment, number: int, content: bytes, dialect: Dialect) -> Iterator[bytes]:
    """One content, un-prefixed and outside the envelope, as both families of software do."""
    zipped = dialect is Dialect.ZIP
    identifier = ("cid:" if zipped else "") + _content_id(attachment, number)
    values = (
        ("ContentId", identifier), ("AttachmentName", attachment.name),
        ("Description", attachment.description or attachment.name), ("ContentType", _wire_type(attachment, dialect)),
    )  # fmt: skip
    leaves = "".join(f"<{name}>{escape(_text(value))}</{name}>\n" for name, value in values)
    yield f"<Attachment>\n{leaves}".encode()
    if zipped:
        yield f'<edXML:ContentTransferEncoded xmlns:edXML="{words.NAMESPACE}">'.encode()
        yield base64.b64encode(payload.pack(content, attachment.name))
        yield b"</edXML:ContentTransferEncoded>\n</Attachment>\n"
    else:
        yield b"<ContentTransferEncoded>"
        yield base64.encodebytes(content)
        yield b"</ContentTransferEncoded>\n</Attachment>\n"
