"""Rules over one text: each finds stretches and says what should stand there instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠ-Ỹ"
# Before a word that may begin a sentence: nothing, or a sign after which a capital is right.
_STARTS = re.compile(r"(?:^|[.!?:;…\n“\"(\[]|(?:^|\n)\s*(?:[-–+]|\d+\.|[a-zđ]\)))\s*$")
# "nhân dân" inside the name of an institution is small: Ủy ban nhân dân, Tòa án nhân dân.
_PEOPLES = re.compile(
    r"(?:ủy ban|uỷ ban|hội đồng|tòa án|toà án|viện kiểm sát|quân đội|công an|kiểm sát|quỹ tín dụng|nhà giáo|thầy thuốc"
    r"|nghệ sĩ|chứng minh|chiến tranh)\s$",
    re.IGNORECASE,
)
# As an attribute "nhà nước" is small in the names and terms of law: ngân sách nhà nước, bí mật nhà nước.
_STATE = re.compile(
    r"(?:bí mật|ngân sách|quản lý|cơ quan|vốn|tài sản|doanh nghiệp|kho bạc|kiểm toán|ngân hàng|thanh tra|hành chính"
    r"|tổ chức|chức năng|công việc|phát triển|đầu tư|bộ máy|công sản|khen thưởng|trong|ngoài)\s$",
    re.IGNORECASE,
)
_SURNAMES = (
    "Nguyễn|Trần|Lê|Lý|Phạm|Phan|Hoàng|Huỳnh|Võ|Vũ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Đinh|Hai Bà|Điện Biên"
    "|Cách mạng|Tôn|Trương|Mai|Quang"
)
_WEEKDAYS = "hai|ba|tư|năm|sáu|bảy"
_MONTHS = "giêng|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười hai|mười một|mười|chạp"


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch from ``start`` to ``end`` and what should stand there."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule by its code, its explanation, and how it is found."""

    code: str
    words: object
    hits: Callable[[str], Iterator[Hit]]


def begins_sentence(text: str, at: int) -> bool:
    """Whether a capital is right here anyway."""
    return _STARTS.search(text, max(0, at - 12), at) is not None if at else True


def _matching(pattern: str, change: Callable[[re.Match[str]], str]) -> Callable[[str], Iterator[Hit]]:
    compiled = re.compile(pattern)

    def hits(text: str) -> Iterator[Hit]:
        for match in compiled.finditer(text):
            instead = change(match)
            if instead != match[0]:
                yield Hit(match.start(), match.end(), instead)

    return hits


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _lower_inside(pattern: str) -> Callable[[str], Iterator[Hit]]:
    """Words that take a small letter unless they begin a sentence."""
    return _matching(
        pattern,
        lambda m: m[0] if begins_sentence(m.string, m.start()) else m[0][0].lower() + m[0][1:],
    )


def _people(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 20) : match.start()]
    return match[0] if _PEOPLES.search(before) else "Nhân dân"


def _state(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 20) : match.start()]
    return match[0] if _STATE.search(before) else "Nhà nước"


def printed_date(day: str, month: str, year: str) -> str:
    """ngày 05 tháng 3: days under 10 and the months 1 and 2 take a zero."""
    months = f"{int(month):02d}" if int(month) < 3 else str(int(month))
    return f"ngày {int(day):02d} tháng {months} năm {year}"


def _date(match: re.Match[str]) -> str:
    right = 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12
    return printed_date(match[1], match[2], match[3]) if right else match[0]


def _decomposed(text: str) -> Iterator[Hit]:
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        yield Hit(0, len(text), composed)


_DIGIT = "[0-9]"
_UNITS = "Tỉnh|Huyện|Xã|Thành phố|Phường|Quận|Thị xã|Thị trấn|Đặc khu"
RULES: tuple[Rule, ...] = (
    Rule(
        "unicode",
        _("Chữ có dấu đang ở dạng tổ hợp; văn bản dùng bộ mã Unicode dựng sẵn để tìm kiếm và ký số được."),
        _decomposed,
    ),
    Rule(
        "date",
        _("Ngày dưới 10 và tháng 1, tháng 2 có số 0 phía trước; các tháng khác không có."),
        _matching(rf"ngày ({_DIGIT}{{1,2}}) tháng ({_DIGIT}{{1,2}}) năm ({_DIGIT}{{4}})(?!{_DIGIT})", _date),
    ),
    Rule("people", _("“Nhân dân” luôn viết hoa chữ đầu."), _matching(r"\bnhân dân\b", _people)),
    Rule("state", _("“Nhà nước” luôn viết hoa chữ đầu."), _matching(r"\bnhà nước\b", _state)),
    Rule(
        "special_place",
        _("“Thủ đô Hà Nội”, “Thành phố Hồ Chí Minh” viết hoa cả danh từ chung."),
        _matching(r"\b(?:thủ đô Hà Nội|thành phố Hồ Chí Minh)\b", lambda m: _capital(m[0])),
    ),
    Rule(
        "unit_word",
        _("Danh từ chung chỉ đơn vị hành chính đứng trước tên riêng không viết hoa."),
        _lower_inside(
            rf"\b(?:{_UNITS})(?= [{UPPER}][a-zà-ỹđ])(?! Hồ Chí Minh)(?! (?:{_SURNAMES})\b)",
        ),
    ),
    Rule(
        "numbered_unit",
        _("Đơn vị hành chính có tên là chữ số thì viết hoa danh từ chung."),
        _matching(rf"\b(?:quận|phường) (?={_DIGIT}{{1,2}}\b)", lambda m: _capital(m[0])),
    ),
    Rule(
        "citation",
        _("Khi viện dẫn, viết hoa chữ đầu của Phần, Chương, Mục, Tiểu mục, Điều."),
        _matching(
            rf"\b(?:phần (?=[IVX]+\b)|chương (?=[IVXLC]+\b)|tiểu mục (?={_DIGIT}+\b)"
            rf"|(?<!tiểu )(?<!Tiểu )mục (?={_DIGIT}+\b)|điều (?={_DIGIT}+[a-zđ]?\b))",
            lambda m: _capital(m[0]),
        ),
    ),
    Rule(
        "small_citation",
        _("Khi viện dẫn, khoản và điểm không viết hoa."),
        _lower_inside(rf"\b(?:Khoản(?= {_DIGIT}+\b)|Điểm(?= [a-zđ]\b))"),
    ),
    Rule(
        "weekday",
        _("Tên ngày trong tuần viết bằng chữ thì viết hoa."),
        _matching(
            rf"\b(?:ngày|sáng|chiều|tối|hôm) thứ (?:{_WEEKDAYS})\b(?! \w)|\b(?:ngày|sáng|chiều|tối|hôm) chủ nhật\b",
            lambda m: " ".join([*m[0].split(" ")[:-2], *_day(m[0].split(" ")[-2:])]),
        ),
    ),
    Rule(
        "month",
        _("Tên tháng viết bằng chữ thì viết hoa."),
        _matching(
            rf"\btháng (?:{_MONTHS})(?=[,.;)]| năm {_DIGIT}{{4}}| âm lịch)", lambda m: "tháng " + _capital(m[0][6:])
        ),
    ),
    Rule("blanks", _("Thừa khoảng trắng."), _matching(r"(?<=\S)[ \u00a0]{2,}(?=\S)", lambda _m: " ")),
    Rule(
        "punctuation",
        _("Không có khoảng trắng trước dấu câu."),
        _matching(r"(?<=\w) +(?=[,;:.](?:\s|$))", lambda _m: ""),
    ),
)  # fmt: skip


def _day(pair: list[str]) -> list[str]:
    return [pair[0], _capital(pair[1])] if pair[0] == "thứ" else [_capital(pair[0]), pair[1]]
