"""The two headers, from tree to value. What is missing or odd becomes a finding and the reading goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.text import clean
from congvu.engines.exchange.edxml import words
from congvu.engines.exchange.edxml.tree import Node
from congvu.engines.exchange.types import (
    Fault,
    Hop,
    Letter,
    Operation,
    Party,
    Receiver,
    Reference,
    Replaced,
    Signer,
    Staff,
    StatusReport,
)

_EMPTY = Node("")
# Longer values are cut: nothing in a list or a database column may be without an end.
_WORD, _SHORT, _LINE, _TEXT = 60, 120, 500, 4000
_MOST_NUMBER = 1_000_000


@dataclass(slots=True)
class Findings:
    """What was found wrong so far, and the day that "future" is judged by."""

    today: date
    faults: list[Fault] = field(default_factory=list)

    def add(self, place: str, text: str, *, grave: bool = False) -> None:
        self.faults.append(Fault(place, text, grave))

    def need(self, value: str, place: str, *, grave: bool = False) -> str:
        if not value:
            self.add(place, _("thiếu thông tin này"), grave=grave)
        return value

    def day(self, text: str, place: str, *, needed: bool = False) -> date | None:
        found = words.read_date(text)
        if found is None and (text or needed):
            told = _("không đọc được ngày “%(text)s”; phải ghi năm/tháng/ngày") % {"text": text[:40]}
            self.add(place, told if text else _("thiếu ngày"))
        return found

    def moment(self, text: str, place: str) -> datetime | None:
        found = words.read_time(text)
        if found is None and text:
            self.add(place, _("không đọc được thời điểm “%(text)s”") % {"text": text[:40]})
        return found

    def number(self, text: str, place: str) -> int | None:
        if text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) <= _MOST_NUMBER:
            return int(text)
        if text:
            self.add(place, _("“%(text)s” không phải số nguyên") % {"text": text[:40]})
        return None


def _get(node: Node, *path: str, most: int = _LINE) -> str:
    return clean(node.get(*path))[:most].strip()


def letter(message: Node, trace: Node | None, found: Findings) -> Letter:
    """A document message without its attachments."""
    other = message.child("OtherInfo") or _EMPTY
    promulgated = found.day(
        _get(message, "PromulgationInfo", "PromulgationDate"), "PromulgationInfo/PromulgationDate", needed=True
    )
    if promulgated is not None and promulgated > found.today:
        found.add("PromulgationInfo/PromulgationDate", _("ngày ban hành ở tương lai"))
    sender = _party(message.child("From") or _EMPTY)
    found.need(sender.id, "From/OrganId", grave=True)
    business = (trace.child("Bussiness") if trace else None) or _EMPTY
    target = _get(business, "DocumentId")
    document_id = found.need(_get(message, "DocumentId"), "DocumentId") or target
    if not document_id:
        found.add("DocumentId", _("không có mã định danh nào để nhận văn bản"), grave=True)
    return Letter(
        sender=sender, to=_recipients(message, found), document_id=document_id, promulgated=promulgated,
        number=found.need(_get(message, "Code", "CodeNumber", most=_SHORT), "Code/CodeNumber"),
        notation=_get(message, "Code", "CodeNotation", most=_SHORT),
        subject=found.need(_get(message, "Subject", most=_TEXT), "Subject"),
        place=_get(message, "PromulgationInfo", "Place"),
        type=_get(message, "DocumentType", "Type", most=_WORD),
        type_detail=_get(message, "DocumentType", "TypeDetail", most=_WORD),
        type_name=_get(message, "DocumentType", "TypeName"), content=_get(message, "Content", most=_TEXT),
        signer=_signer(message.child("SignerInfo") or _EMPTY), due=found.day(_get(message, "DueDate"), "DueDate"),
        priority=_priority(_get(other, "Priority"), found), sphere=_get(other, "SphereOfPromulgation"),
        typist=_get(other, "TyperNotation", most=_WORD),
        copies=found.number(_get(other, "PromulgationAmount"), "OtherInfo/PromulgationAmount"),
        pages=found.number(_get(other, "PageAmount"), "OtherInfo/PageAmount"),
        appendixes=_texts(other.child("Appendixes"), "Appendix"),
        direction=_get(other, "Direction").lower() in ("true", "1"), answers=_references(message, found),
        steering=_get(message, "SteeringType", most=_WORD), places=_texts(message.child("ToPlaces"), "Place"),
        tasks=_texts(message.child("ResponseForTask"), "TaskCode"),
        application=_get(message, "ApplicationType", most=_WORD),
        hops=_hops(trace, found), **_business(business, target, found),
    )  # fmt: skip


def _business(node: Node, target: str, found: Findings) -> dict[str, Any]:
    """The operation and what belongs to it."""
    code = _get(node, "BussinessDocType", most=_WORD)
    place = "TraceHeaderList/Bussiness/BussinessDocType"
    if code not in words.OPERATIONS:
        told = _("không có mã nghiệp vụ “%(code)s”; đọc là văn bản mới") % {"code": code[:20]}
        found.add(place, told if code else _("thiếu mã nghiệp vụ; đọc là văn bản mới"))
    operation = words.OPERATIONS.get(code, Operation.NEW)
    if operation is Operation.UPDATE and not target:
        found.add("TraceHeaderList/Bussiness/DocumentId", _("văn bản cập nhật không nói cập nhật văn bản nào"))
    info = node.child("BussinessDocumentInfo") or _EMPTY
    replaced = _replaced(node.child("ReplacementInfoList") or _EMPTY)
    if operation is Operation.REPLACE and not replaced:
        found.add("TraceHeaderList/Bussiness/ReplacementInfoList", _("văn bản thay thế không nói thay văn bản nào"))
    return {
        "operation": operation, "reason": _get(node, "BussinessDocReason", most=_TEXT),
        "paper": _get(node, "Paper") == "1", "staff": _staff(node.child("StaffInfo") or _EMPTY), "target": target,
        "data_changed": _get(info, "DocumentInfo") == "1", "receivers_changed": _get(info, "DocumentReceiver") == "1",
        "receivers": tuple(
            Receiver(_agency(row), _get(row, "ReceiverType") == words.ADDED)
            for row in (info.child("ReceiverList") or _EMPTY).all("Receiver")
        ),
        "replaced": replaced,
    }  # fmt: skip


def _replaced(node: Node) -> tuple[Replaced, ...]:
    return tuple(
        Replaced(_get(row, "DocumentId"), tuple(code.upper() for code in _texts(row.child("OrganIdList"), "OrganId")))
        for row in node.all("ReplacementInfo")
        if _get(row, "DocumentId")
    )


def status(message: Node, found: Findings) -> StatusReport:
    """A status message. 14 is read as 15; a swapped ResponseFor is put right."""
    sender = _party(message.child("From") or _EMPTY)
    found.need(sender.id, "From/OrganId", grave=True)
    answered = _reference(message.child("ResponseFor") or _EMPTY, found)
    found.need(answered.organ, "ResponseFor/OrganId")
    found.need(answered.document_id, "ResponseFor/DocumentId", grave=True)
    return StatusReport(
        sender=sender, to=answered.organ, document_id=answered.document_id, code=answered.code,
        promulgated=answered.promulgated, status=_status_code(_get(message, "StatusCode", most=_WORD), found),
        description=_get(message, "Description", most=_TEXT), staff=_staff(message.child("StaffInfo") or _EMPTY),
        at=found.moment(_get(message, "Timestamp"), "Timestamp"),
    )  # fmt: skip


def _status_code(text: str, found: Findings) -> str:
    code = text.zfill(2) if text.isdecimal() and text.isascii() else text
    if code != text:
        found.add("StatusCode", _("ghi “%(text)s”, phải có hai ký tự “%(code)s”") % {"text": text, "code": code})
    if code in words.STATUS_ALIASES:
        meant = words.STATUS_ALIASES[code]
        told = _("mã %(code)s không có trong quy chuẩn; đọc là %(meant)s")
        found.add("StatusCode", told % {"code": code, "meant": meant})
        return meant
    if code not in words.STATUSES:
        told = _("không có mã trạng thái “%(code)s”") % {"code": code[:20]}
        found.add("StatusCode", told if code else _("thiếu mã trạng thái"), grave=True)
    return code[:2]


def _references(message: Node, found: Findings) -> tuple[Reference, ...]:
    rows = (_reference(node, found) for node in message.all("ResponseFor"))
    return tuple(row for row in rows if row.organ or row.code or row.document_id)


def _reference(node: Node, found: Findings) -> Reference:
    organ, code = _get(node, "OrganId", most=_SHORT), _get(node, "Code", most=2 * _SHORT)
    if organ and not words.looks_like_agency(organ) and words.looks_like_agency(code):
        found.add("ResponseFor", _("OrganId và Code bị đổi chỗ cho nhau; đã đọc lại cho đúng"))
        organ, code = code, organ
    day = found.day(_get(node, "PromulgationDate"), "ResponseFor/PromulgationDate")
    return Reference(organ.upper(), code, day, _get(node, "DocumentId"))


def _recipients(message: Node, found: Findings) -> tuple[Party, ...]:
    parties = [_party(node) for node in message.all("To")]
    if not parties:
        found.add("To", _("không có nơi nhận"))
    seen: dict[str, Party] = {}
    for number, party in enumerate(parties, 1):
        if not party.id:
            found.add(f"To[{number}]/OrganId", _("nơi nhận không có mã định danh"))
        elif party.id in seen:
            found.add(f"To[{number}]/OrganId", _("nơi nhận %(code)s ghi hai lần") % {"code": party.id})
        else:
            seen[party.id] = party
    return tuple(seen.values())


def _party(node: Node) -> Party:
    values = {name: _get(node, element) for element, name, _length in words.PARTY}
    return Party(**values | {"id": _agency(node)})


def _agency(node: Node) -> str:
    return _get(node, "OrganId", most=_WORD).upper()


def _staff(node: Node) -> Staff:
    return Staff(**{name: _get(node, element) for element, name, _length in words.STAFF})


def _signer(node: Node) -> Signer:
    return Signer(_get(node, "Competence"), _get(node, "Position"), _get(node, "FullName"))


def _priority(text: str, found: Findings) -> int:
    if text in ("0", "1", "2", "3", "4"):
        return int(text)
    if text:
        found.add("OtherInfo/Priority", _("độ khẩn “%(text)s” không có; đọc là thường") % {"text": text[:20]})
    return 0


def _hops(trace: Node | None, found: Findings) -> tuple[Hop, ...]:
    return tuple(
        Hop(_agency(row), found.moment(_get(row, "Timestamp"), "TraceHeader/Timestamp"))
        for row in (trace.all("TraceHeader") if trace else [])
    )


def _texts(node: Node | None, name: str) -> tuple[str, ...]:
    found = (clean(child.text)[:_LINE].strip() for child in (node.all(name) if node else []))
    return tuple(text for text in found if text)
