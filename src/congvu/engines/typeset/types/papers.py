"""What each printed paper needs. Field names follow the forms of TT 03/2025/TT-VPCP, Phụ lục I."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class Office:
    """The issuing agency. ``above`` are the lines over its name; ``symbol`` follows a number not yet given.

    ``place`` stands in "<place>, ngày … tháng … năm …".
    """

    name: str
    place: str
    above: tuple[str, ...] = ()
    symbol: str = ""
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person or organisation as printed. ``title`` is "Ông", "Bà" or empty; organisations set ``id_label``."""

    name: str
    title: str = ""
    id_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    id_label: str = "Số định danh cá nhân"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs; ``authority`` is "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH" or empty."""

    title: str
    name: str
    authority: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One component of the dossier; ``form`` says original, certified copy, photo, electronic copy."""

    name: str
    form: str = ""
    count: str = "01"


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee (phí) or charge (lệ phí) in đồng."""

    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """One hand-over on the control slip; ``outcome`` is "Trước hạn", "Đúng hạn", "Quá hạn" or empty while running."""

    from_unit: str
    to_unit: str
    at: datetime
    from_person: str = ""
    to_person: str = ""
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One labelled value on a result."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What all papers share. ``on`` is the date of the paper; an empty ``number`` prints a dotted line to fill.

    ``tracking_url`` is the short public address with its random token; the QR code holds nothing else.
    ``size`` is "a4" or "a5"; statutory sizes hold for A4, A5 is the same paper made smaller.
    """

    template: ClassVar[str]
    watermark: ClassVar[str] = ""
    office: Office
    on: date
    code: str = ""
    number: str = ""
    tracking_url: str = ""
    size: Literal["a4", "a5"] = "a4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Paper):
    """Form 01. ``due_words`` stands in for ``due_at`` when no hour can be promised ("Trong ngày làm việc").

    ``fee_words`` stands in for fee lines that have no amount yet; "Không thu" is never assumed."""

    template: ClassVar[str] = "receipt"
    applicant: Person
    procedure: str
    papers: tuple[PaperLine, ...]
    time_limit: str
    received_at: datetime
    collect_at: str
    submitter_name: str
    receiver_name: str
    due_at: datetime | None = None
    due_words: str = ""
    sets: str = "01"
    fees: tuple[FeeLine, ...] = ()
    fee_words: str = ""
    representative: Person | None = None
    authorisation: str = ""
    register_book: str = ""
    register_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequest(Paper):
    """Form 02. ``clock_rule`` is the sentence of the clock that applies, without its full stop."""

    template: ClassVar[str] = "supplement"
    applicant: Person
    procedure: str
    items: tuple[str, ...]
    reason: str
    guide_name: str
    contact_phone: str = ""
    reply_by: datetime | None = None
    clock_rule: str = ""
    recipients: tuple[str, ...] = ("Như trên;", "Lưu: VT.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalSlip(Paper):
    """Form 03. ``stage`` completes "thông báo không … hồ sơ này": tiếp nhận, or tiếp tục giải quyết."""

    template: ClassVar[str] = "refusal"
    applicant: Person
    procedure: str
    reason: str
    submitter_name: str
    signer: Signer
    stage: str = "tiếp nhận"
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apology(Paper):
    """Form 04; a new appointment is given at most once (NĐ 118/2025, NĐ 61/2018 Đ19.9)."""

    template: ClassVar[str] = "apology"
    applicant: Person
    procedure: str
    received_at: datetime
    due_at: datetime
    new_due_at: datetime
    reason: str
    signer: Signer
    recipients: tuple[str, ...] = ("Như trên;", "Lưu: VT.")


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNotice(Paper):
    """Form 05. The circular's layout has not been seen: these are the safe minimum fields."""

    template: ClassVar[str] = "stop"
    applicant: Person
    procedure: str
    received_at: datetime
    requested_by: str
    requested_at: datetime
    stopped_at: datetime
    reason: str
    stage: str
    signer: Signer
    due_at: datetime | None = None
    basis: str = ""
    returned: str = ""
    recipients: tuple[str, ...] = ("Như trên;", "Lưu: VT.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSlip(Paper):
    """Form 06, one row per hand-over. In the electronic flow it is an extract of the trail, not a second truth."""

    template: ClassVar[str] = "control_slip"
    procedure: str
    lead: str
    received_at: datetime
    transfers: tuple[Transfer, ...]
    partners: tuple[str, ...] = ()
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation(Paper):
    """Proof of sending online; ``code`` is the portal number, the dossier code is born at reception."""

    template: ClassVar[str] = "confirmation"
    applicant: Person
    procedure: str
    submitted_at: datetime
    papers: tuple[PaperLine, ...]
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDraft(Paper):
    """A result before signature: ``kind`` (tên loại), ``subject`` (trích yếu), bases, paragraphs, labelled values."""

    template: ClassVar[str] = "result_draft"
    watermark: ClassVar[str] = "BẢN CHƯA KÝ"
    kind: str
    signer: Signer
    subject: str = ""
    bases: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    fields: tuple[FieldLine, ...] = ()
    ending: str = ""
    recipients: tuple[str, ...] = field(default=("Như trên;", "Lưu: VT."))


PAPERS: Mapping[str, type[Paper]] = {
    cls.template: cls
    for cls in (
        Receipt, SupplementRequest, RefusalSlip, Apology, StopNotice, ControlSlip, Confirmation, ResultDraft,
    )
}  # fmt: skip
