"""Reading dates the way people write them: three boxes, ``5/11/26``, ``05112026``, or a year alone."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from django.utils.translation import gettext as _

from congvu.common.spoken import say_padded

_PARTS = re.compile(r"^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})\s*$", re.ASCII)
_RUN = re.compile(r"^\s*(\d{2})(\d{2})(\d{4}|\d{2})\s*$", re.ASCII)
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$", re.ASCII)
_YEAR = re.compile(r"^\s*(\d{4})\s*$", re.ASCII)
_NUMBER = re.compile(r"^\d{1,4}$", re.ASCII)


class BadDate(ValueError):
    """``part`` is the box to correct (``d``, ``m``, ``y`` or empty for all); the text says how, in Vietnamese."""

    def __init__(self, message: str, part: str = "") -> None:
        super().__init__(message)
        self.part = part


def split(text: str) -> tuple[str, str, str] | None:
    """Day, month and year of a date written in one piece, or None."""
    if iso := _ISO.match(text):
        return iso[3], iso[2], iso[1]
    found = _PARTS.match(text) or _RUN.match(text)
    return (found[1], found[2], found[3]) if found else None


def full_year(year: int, *, latest: int) -> int:
    """A two-digit year as the latest year that is not after ``latest``."""
    return 2000 + year if 2000 + year <= latest else 1900 + year


def read_parts(day: str, month: str, year: str, *, latest_year: int) -> date:
    """A date from three boxes; a whole date in the first box counts too. Raises BadDate, naming the box."""
    boxes = [box.strip() for box in (day, month, year)]
    if boxes[0] and not boxes[1] and not boxes[2]:
        whole = split(boxes[0])
        if whole is not None:
            boxes = list(whole)
    for part, box, name in zip("dmy", boxes, (_("ngày"), _("tháng"), _("năm")), strict=True):
        if not box:
            raise BadDate(_("thiếu %(part)s; ghi đủ ngày, tháng và năm, ví dụ 5 11 2026") % {"part": name}, part)
        if not _NUMBER.match(box):
            raise BadDate(_("%(part)s phải là chữ số, ví dụ 5 11 2026") % {"part": name}, part)
    return build(int(boxes[0]), int(boxes[1]), _year(boxes[2], latest_year))


def _year(box: str, latest_year: int) -> int:
    if len(box) == 2:
        return full_year(int(box), latest=latest_year)
    if len(box) != 4 or int(box) < 1000:
        raise BadDate(_("năm phải có 4 chữ số, ví dụ 1995"), "y")
    return int(box)


def build(day: int, month: int, year: int) -> date:
    """The date, or BadDate with the box that is wrong."""
    if not 1 <= month <= 12:
        raise BadDate(_("tháng phải từ 1 đến 12"), "m")
    if not 1 <= day <= 31:
        raise BadDate(_("ngày phải từ 1 đến 31"), "d")
    last = monthrange(year, month)[1]
    if day > last:
        raise BadDate(_("tháng %(m)s năm %(y)s chỉ có %(n)s ngày") % {"m": month, "y": year, "n": last}, "d")
    return date(year, month, day)


def read_text(text: str, *, latest_year: int) -> date:
    """A date written in one piece. Raises BadDate."""
    parts = split(text)
    if parts is None:
        raise BadDate(_("ghi đủ ngày, tháng, năm, ví dụ 5/11/2026"))
    return read_parts(*parts, latest_year=latest_year)


def read_partial(text: str, *, latest_year: int) -> str:
    """``1995`` or a full date, as ``1995`` or ``1995-03-02``: a year alone never becomes the first of January."""
    if year := _YEAR.match(text):
        if int(year[1]) < 1000:
            raise BadDate(_("năm phải có 4 chữ số, ví dụ 1995"))
        return year[1]
    if split(text) is None:
        raise BadDate(_("ghi năm (ví dụ 1995) hoặc đủ ngày, tháng, năm (ví dụ 2/3/1995)"))
    return read_text(text, latest_year=latest_year).isoformat()


def earliest(value: str) -> date:
    """The first day a partial date can mean."""
    return date(int(value), 1, 1) if len(value) == 4 else date.fromisoformat(value)


def latest(value: str) -> date:
    """The last day a partial date can mean."""
    return date(int(value), 12, 31) if len(value) == 4 else date.fromisoformat(value)


def show(value: str) -> str:
    """``05/11/2026`` for a full date, ``1995`` for a year."""
    return value if len(value) == 4 else say_padded(date.fromisoformat(value))
