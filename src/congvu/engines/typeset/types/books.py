"""Registers and lists of NĐ 30/2020, Phụ lục IV and V: their columns in the order the decree prints them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

BookKind = Literal[
    "outgoing",
    "incoming",
    "post",
    "loans",
    "follow_up",
    "file_documents",
    "file_index",
    "file_list",
    "disposal",
    "report",
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and its share of the width."""

    label: str
    share: float = 1.0
    side: Literal["left", "center"] = "left"


@dataclass(frozen=True, slots=True)
class BookForm:
    """The fixed part of a register or list. ``cover``: registers have one, lists have a headline instead."""

    title: str
    columns: tuple[Column, ...]
    cover: bool
    landscape: bool
    basis: str


def _columns(*pairs: tuple[str, float, str]) -> tuple[Column, ...]:
    return tuple(Column(label, share, "center" if side == "c" else "left") for label, share, side in pairs)


BOOKS: Mapping[str, BookForm] = {
    "outgoing": BookForm("Sổ đăng ký văn bản đi", _columns(
        ("Số, ký hiệu văn bản", 2.2, "c"), ("Ngày tháng văn bản", 1.8, "c"),
        ("Tên loại và trích yếu nội dung văn bản", 5, "l"), ("Người ký", 2, "l"), ("Nơi nhận văn bản", 2.6, "l"),
        ("Đơn vị, người nhận bản lưu", 2, "l"), ("Số lượng bản", 1.1, "c"), ("Ngày chuyển", 1.8, "c"),
        ("Ký nhận", 1.4, "c"), ("Ghi chú", 1.6, "l"),
    ), cover=True, landscape=True, basis="NĐ 30/2020/NĐ-CP, Phụ lục IV"),
    "incoming": BookForm("Sổ đăng ký văn bản đến", _columns(
        ("Ngày đến", 1.8, "c"), ("Số đến", 1.2, "c"), ("Tác giả", 2.6, "l"), ("Số, ký hiệu văn bản", 2.2, "c"),
        ("Ngày tháng văn bản", 1.8, "c"), ("Tên loại và trích yếu nội dung văn bản", 5, "l"),
        ("Đơn vị hoặc người nhận", 2.4, "l"), ("Ngày chuyển", 1.8, "c"), ("Ký nhận", 1.4, "c"), ("Ghi chú", 1.6, "l"),
    ), cover=True, landscape=True, basis="NĐ 30/2020/NĐ-CP, Phụ lục IV"),
    "post": BookForm("Sổ gửi văn bản đi bưu điện", _columns(
        ("Ngày chuyển", 1.6, "c"), ("Số, ký hiệu văn bản", 2.2, "c"), ("Nơi nhận văn bản", 5, "l"),
        ("Số lượng bì", 1.2, "c"), ("Ký nhận và dấu bưu điện", 2.6, "c"), ("Ghi chú", 2, "l"),
    ), cover=True, landscape=True, basis="NĐ 30/2020/NĐ-CP, Phụ lục IV"),
    "loans": BookForm("Sổ sử dụng bản lưu", _columns(
        ("Ngày tháng", 1.8, "c"), ("Họ và tên người sử dụng", 2.6, "l"), ("Số, ký hiệu, ngày tháng văn bản", 2.6, "c"),
        ("Tên loại và trích yếu nội dung văn bản", 5, "l"), ("Số và ký hiệu hồ sơ", 2, "c"), ("Ký nhận", 1.4, "c"),
        ("Ngày trả", 1.8, "c"), ("Người cho phép sử dụng", 2.4, "l"), ("Ghi chú", 1.6, "l"),
    ), cover=True, landscape=True, basis="NĐ 30/2020/NĐ-CP, Phụ lục IV"),
    "follow_up": BookForm("Sổ theo dõi giải quyết văn bản đến", _columns(
        ("Số đến", 1.2, "c"), ("Tên loại, số và ký hiệu, ngày tháng và cơ quan, tổ chức ban hành văn bản", 5, "l"),
        ("Đơn vị hoặc người nhận", 2.6, "l"), ("Thời hạn giải quyết", 1.8, "c"), ("Tiến độ giải quyết", 2.6, "l"),
        ("Số, ký hiệu văn bản trả lời", 2.2, "c"), ("Ghi chú", 1.8, "l"),
    ), cover=True, landscape=True, basis="NĐ 30/2020/NĐ-CP, Phụ lục IV"),
    "file_documents": BookForm("Mục lục văn bản, tài liệu trong hồ sơ", _columns(
        ("STT", 0.8, "c"), ("Số, ký hiệu văn bản", 2, "c"), ("Ngày tháng năm văn bản", 1.8, "c"),
        ("Tên loại và trích yếu nội dung văn bản", 4.6, "l"), ("Tác giả văn bản", 2.4, "l"),
        ("Tờ số/Trang số", 1.3, "c"), ("Ghi chú", 1.4, "l"),
    ), cover=False, landscape=False, basis="NĐ 30/2020/NĐ-CP, Phụ lục V"),
    "file_index": BookForm("Mục lục hồ sơ, tài liệu nộp lưu", _columns(
        ("Số TT", 0.8, "c"), ("Số, ký hiệu hồ sơ", 1.8, "c"), ("Tiêu đề hồ sơ", 5, "l"), ("Thời gian tài liệu", 2, "c"),
        ("Thời hạn bảo quản", 1.6, "c"), ("Số tờ/Số trang", 1.2, "c"), ("Ghi chú", 1.4, "l"),
    ), cover=False, landscape=False, basis="NĐ 30/2020/NĐ-CP, Phụ lục V"),
    "file_list": BookForm("Danh mục hồ sơ", _columns(
        ("Số và ký hiệu hồ sơ", 1.6, "c"), ("Tên đề mục và tiêu đề hồ sơ", 5, "l"), ("Thời hạn bảo quản", 1.6, "c"),
        ("Người lập hồ sơ", 2, "l"), ("Ghi chú", 1.4, "l"),
    ), cover=False, landscape=False, basis="NĐ 30/2020/NĐ-CP, Phụ lục V"),
    # The law of 2024 says "thời hạn lưu trữ" where the decree of 2020 says "thời hạn bảo quản".
    "disposal": BookForm("Danh mục hồ sơ xét hủy", _columns(
        ("STT", 0.7, "c"), ("Mã lưu trữ", 2.2, "l"), ("Tiêu đề hồ sơ", 4.6, "l"), ("Thời hạn lưu trữ", 1.4, "c"),
        ("Tổng số tài liệu", 1.1, "c"), ("Tổng số trang", 1.1, "c"), ("Lý do", 2.6, "l"), ("Ghi chú", 1.2, "l"),
    ), cover=False, landscape=True, basis="Luật Lưu trữ 33/2024/QH15; Thông tư 05/2025/TT-BNV"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """A heading between rows: level 1 with a Roman number, level 2 with an Arabic one."""

    number: str
    title: str
    level: Literal[1, 2] = 1


Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterBook:
    """A register or list to print. ``rows`` have one text for each column.

    ``subtitle`` stands under the headline of a list ("Năm 2026", the file's code and title). ``report`` is any other
    table: it brings its own ``title`` and ``columns``. ``closing`` are lines under the table; danh mục hồ sơ counts
    its own (total, permanent, fixed-term).
    """

    kind: BookKind
    agency: str
    rows: tuple[Row | Group, ...]
    above: tuple[str, ...] = ()
    year: int = 0
    first_day: date | None = None
    last_day: date | None = None
    first_number: str = ""
    last_number: str = ""
    volume: str = ""
    subtitle: tuple[str, ...] = ()
    title: str = ""
    columns: tuple[Column, ...] = ()
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """One entry of the slip: whom it goes to, in which role, until when."""

    to: str
    role: str = ""
    due: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionSlip:
    """Phiếu giải quyết văn bản đến (PL IV): the document, then three opinions with their dates."""

    agency: str
    arrival: str
    document: tuple[tuple[str, str], ...]
    leader: tuple[Direction, ...] = ()
    leader_words: str = ""
    leader_signed: str = ""
    unit: tuple[Direction, ...] = ()
    unit_words: str = ""
    unit_signed: str = ""
    proposal: str = ""
    proposal_signed: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a hand-over: the unit, the person, the post."""

    unit: str
    person: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Biên bản giao nhận hồ sơ, tài liệu (PL V). Counts of paper and electronic parts; 0 is printed as 0."""

    agency: str
    place: str
    symbol: str
    giver: Party
    taker: Party
    holdings: str
    period: str
    condition: str
    above: tuple[str, ...] = ()
    on: date | None = None
    number: str = ""
    bases: tuple[str, ...] = ()
    boxes: int = 0
    paper_files: int = 0
    shelf_metres: str = "0"
    electronic_files: int = 0
    items: int = 0
