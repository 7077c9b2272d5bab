"""An official document as the typesetter takes it: the boxes of NĐ 30/2020/NĐ-CP, Phụ lục I, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from congvu.common.page import Zone
from congvu.engines.typeset.types.blocks import Block
from congvu.engines.typeset.types.papers import Signer
from congvu.engines.typeset.types.text import Text

Family = Literal["administrative", "council", "party", "mass"]
Layout = Literal[
    "resolution", "decision", "decision_indirect", "named", "letter", "telegram", "invitation", "introduction",
    "minutes", "leave", "attached", "annex", "copy",
]  # fmt: skip
Urgency = Literal["", "express", "very_urgent", "urgent"]
CopyForm = Literal["SY", "SL", "TrS"]

# Box 10b: words and width of the frame in mm; all are 8 mm high (documents.md §1.3).
URGENCY: Mapping[str, tuple[str, int]] = {
    "express": ("HOẢ TỐC", 30),
    "very_urgent": ("THƯỢNG KHẨN", 40),
    "urgent": ("KHẨN", 20),
}
COPY_FORMS: Mapping[CopyForm, str] = {"SY": "SAO Y", "SL": "SAO LỤC", "TrS": "TRÍCH SAO"}


@dataclass(frozen=True, slots=True)
class Issuer:
    """Box 2. ``above`` are the lines of the superior body; ``name`` may hold line breaks.

    ``heading`` replaces Quốc hiệu on the right for mass organisations that have their own
    (ĐOÀN TNCS HỒ CHÍ MINH); Party documents always carry ĐẢNG CỘNG SẢN VIỆT NAM.
    """

    name: str
    above: tuple[str, ...] = ()
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """Boxes 10 and 11. ``circulation``: XEM XONG TRẢ LẠI, LƯU HÀNH NỘI BỘ, Tài liệu thu hồi.

    ``secrecy`` exists for papers handled outside the platform; nothing classified is set here by the product itself.
    """

    urgency: Urgency = ""
    circulation: tuple[str, ...] = ()
    secrecy: str = ""


@dataclass(frozen=True, slots=True)
class Drafter:
    """Box 12: initials of the drafter and the number of copies, printed "PL.(300)"."""

    initials: str
    copies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """An annex (Phụ lục) or, with ``kind_name``, a document issued with the decision (Quy chế, Quy định…).

    Annexes are numbered I, II… when there are two or more. ``separate`` ones are files of their own
    (``services.set_annexes``); their first page keeps the zone ``corner`` for the agency's text signature.
    """

    title: str
    body: tuple[Block, ...]
    kind_name: str = ""
    separate: bool = False
    landscape: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMark:
    """A copy: SY sao y, SL sao lục, TrS trích sao; boxes 1–7 of Phụ lục I, phần II. ``symbol`` like "SY-UBND"."""

    form: CopyForm
    issuer: Issuer
    symbol: str
    place: str
    signer: Signer
    number: str = ""
    on: date | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialDocument:
    """One document, complete. ``kind`` is the caller's key of the kind and only stored in the PDF's keywords.

    ``title`` is the tên loại ("Quyết định"; empty for công văn), ``subject`` the trích yếu without "V/v".
    ``number`` and ``on`` stay empty until given; an electronic document then keeps zones for them, a paper one blanks.
    ``particulars`` are the fields of fixed forms (``PARTICULARS``). ``bases`` stand before the body; a decision's
    ``authority`` (thẩm quyền ban hành) before them. ``ending`` closes the body (documents.md §1.11).
    """

    kind: str
    layout: Layout
    issuer: Issuer
    symbol: str
    place: str
    signer: Signer
    family: Family = "administrative"
    electronic: bool = True
    number: str = ""
    on: date | None = None
    title: str = ""
    subject: str = ""
    authority: str = ""
    addressees: tuple[str, ...] = ()
    bases: tuple[Text, ...] = ()
    body: tuple[Block, ...] = ()
    particulars: Mapping[str, str] = field(default_factory=dict)
    secretary: Signer | None = None
    recipients: tuple[str, ...] = ()
    marks: Marks = Marks()
    drafter: Drafter | None = None
    contact: str = ""
    annexes: tuple[Annex, ...] = ()
    copy: CopyMark | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    landscape: bool = False
    size: Literal[13, 14] = 14
    seal_mm: float = 36.0
    ending: str = "./."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A set document: PDF/A, its pages, and the places on them.

    Zones: ``person`` (between 7a and 7b), ``agency`` (seal, over the left third of ``person``), ``secretary`` on
    minutes, ``number`` and ``date`` (electronic and still blank), ``initials_content``, ``initials_format``, ``corner``
    (separate annexes and electronic copies), ``end`` (just below the last line, as wide as the text).
    """

    pdf: bytes
    pages: int
    zones: Mapping[str, Zone]


@dataclass(frozen=True, slots=True)
class Corner:
    """The upper right corner of a file that was set elsewhere: the place on page 1, how far the page is turned
    clockwise when it is shown (0, 90, 180, 270), and the size of a mark as it is read, in mm."""

    zone: Zone
    turned: int
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Particular:
    """One field of a fixed form: its key, its label as printed and whether the form makes sense without it."""

    key: str
    label: str
    required: bool = True


# The decree's words of templates 1.7–1.10.
PARTICULARS: Mapping[str, tuple[Particular, ...]] = {
    "invitation": (
        Particular("guests", "trân trọng kính mời:"),
        Particular("event", "Tới dự"),
        Particular("chair", "Chủ trì:", required=False),
        Particular("time", "Thời gian:"),
        Particular("venue", "Địa điểm:"),
    ),
    "introduction": (
        Particular("person", "Ông (bà):"),
        Particular("position", "Chức vụ:"),
        Particular("sent_to", "Được cử đến:"),
        Particular("about", "Về việc:"),
        Particular("valid_until", "Giấy này có giá trị đến hết ngày"),
    ),
    "minutes": (
        Particular("start", "Thời gian bắt đầu:"),
        Particular("venue", "Địa điểm:"),
        Particular("attendance", "Thành phần tham dự:"),
        Particular("chair", "Chủ trì (chủ tọa):"),
        Particular("secretary", "Thư ký (người ghi biên bản):"),
        Particular("end", "kết thúc vào"),
    ),
    "leave": (
        Particular("request_date", "Xét Đơn đề nghị nghỉ phép ngày"),
        Particular("person", "Ông (bà):"),
        Particular("position", "Chức vụ:"),
        Particular("year", "Được nghỉ phép năm"),
        Particular("period", "trong thời gian"),
        Particular("from", "kể từ ngày"),
        Particular("until", "đến hết ngày"),
        Particular("at", "tại"),
        Particular("counted", "Số ngày nghỉ phép nêu trên được tính vào thời gian"),
    ),
}
