"""From typed papers to the JSON a template reads, and from loose mappings to typed papers."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Problem
from congvu.common.text import clean, nfc
from congvu.common.zones import local
from congvu.engines.typeset.errors import PaperIncomplete
from congvu.engines.typeset.fonts import coverage
from congvu.engines.typeset.types import Paper

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
MISSING_GLYPH = "□"
UNSEEN = "\u200b\u200c\u200d\ufeff\ufe0f\x7f"
LONGEST_WORD = 40
BREAK_EVERY = 20
BREAK = "\u200b"


def long_date(day: date) -> str:
    """Like "ngày 05 tháng 02 năm 2026": days under 10 and months 1 and 2 take a zero (NĐ 30/2020, PL I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def clock(moment: datetime) -> str:
    """Like "9 giờ 05"."""
    return f"{moment.hour} giờ {moment.minute:02d}"


def money(amount: int) -> str:
    """Like "25.000 đồng"; nothing to pay reads "Miễn" because the fee exists and is waived."""
    return f"{amount:,}".replace(",", ".") + " đồng" if amount else "Miễn"


def _moment(value: datetime) -> dict[str, str]:
    when = local(value)
    return {
        "long": long_date(when),
        "full": f"{clock(when)} phút, {long_date(when)}",
        "spoken": f"{clock(when)}, {WEEKDAYS[when.weekday()]} {when:%d/%m/%Y}",
    }


def _day(value: date) -> dict[str, str]:
    return {
        "long": long_date(value),
        "full": long_date(value),
        "spoken": f"{WEEKDAYS[value.weekday()]} {value:%d/%m/%Y}",
    }


def text(value: str) -> str:
    """Printable text: NFC, no control characters, no sign without a glyph (PDF/A forbids it), no unbreakable word."""
    return glyphs(clean(value))


def glyphs(value: str) -> str:
    """As ``text``, for a stretch inside a line: blanks at its edges join words and stay."""
    known, kept = coverage(), (c for c in nfc(value).replace("\t", " ") if c == "\n" or (c >= " " and c not in UNSEEN))
    printable = "".join(c if c in known else MISSING_GLYPH for c in kept)
    return " ".join(_breakable(word) for word in printable.split(" "))


def _breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return BREAK.join(word[start : start + BREAK_EVERY] for start in range(0, len(word), BREAK_EVERY))


@functools.singledispatch
def encode(value: Any) -> Any:
    """JSON of one value: dates become their printed forms, money is spelled, text is made printable."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: encode(_spelled(f.name, getattr(value, f.name))) for f in dataclasses.fields(value)}
    return value


encode.register(str, text)
encode.register(datetime, _moment)
encode.register(date, _day)


@encode.register
def _sequence(value: tuple) -> list[Any]:  # type: ignore[type-arg]
    return [encode(item) for item in value]


def _spelled(name: str, value: Any) -> Any:
    return money(value) if name == "amount" else value


def paper_of(cls: type[Paper], data: Mapping[str, Any]) -> Paper:
    """The typed paper of a loose mapping. Raises PaperIncomplete naming each field that does not fit."""
    problems: list[Problem] = []
    paper = _build(cls, data, "", problems)
    if problems:
        raise PaperIncomplete(_("Chưa đủ dữ liệu để in giấy này."), problems=tuple(problems))
    return typing.cast(Paper, paper)


def _build(cls: type[Any], data: Any, path: str, problems: list[Problem]) -> Any:
    if isinstance(data, cls):
        return data
    if not isinstance(data, Mapping):
        problems.append(Problem(path.rstrip("."), _("Cần một nhóm giá trị."), "type"))
        return None
    hints = typing.get_type_hints(cls)
    names = {f.name: f for f in dataclasses.fields(cls)}
    for extra in data.keys() - names.keys():
        problems.append(Problem(f"{path}{extra}", _("Mẫu giấy không có trường này."), "unknown"))
    for name, f in names.items():
        if name not in data and f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING:
            problems.append(Problem(f"{path}{name}", _("Thiếu giá trị."), "required"))
    values = {n: _value(hints[n], data[n], f"{path}{n}", problems) for n in names.keys() & data.keys()}
    return None if problems else cls(**values)


def _value(hint: Any, value: Any, path: str, problems: list[Problem]) -> Any:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if value is None and type(None) in options:
        return None
    kind = next(option for option in options if option is not type(None))
    if typing.get_origin(kind) is tuple and isinstance(value, Sequence) and not isinstance(value, str):
        inner = typing.get_args(kind)[0]
        return tuple(_value(inner, item, f"{path}.{n}", problems) for n, item in enumerate(value, 1))
    if dataclasses.is_dataclass(kind):
        return _build(typing.cast("type[Any]", kind), value, f"{path}.", problems)
    fits = value in typing.get_args(kind) if typing.get_origin(kind) is typing.Literal else isinstance(value, kind)
    if not fits:
        problems.append(Problem(path, _("Giá trị không đúng loại: %(value)s.") % {"value": f"{value!r:.60}"}, "type"))
    return value
