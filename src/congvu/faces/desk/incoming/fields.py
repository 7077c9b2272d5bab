"""What was typed, as values: days, figures, terms, the envelope of a document, whom it goes to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, Problem
from congvu.common.symbols import parted
from congvu.common.text import clean
from congvu.common.zones import VN, local_date
from congvu.domains.documents.types import Forwarding
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import selectors as worktime

TEXTS = ("sender", "number", "symbol", "kind_name", "subject", "signer", "signer_position", "description")
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?")
_PLAIN = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
MOST_DIGITS = 6
# Where an office is closed on the day of a term.
CLOSE = 17


def day_of(text: str, field: str, label: str = "") -> date | None:
    """``17/11/2026``, ``17/11/26``, ``17112026``, ``17/11`` of this year; None for nothing. Raises Invalid, which names
    the field by its ``label``, so that a form with several days says which is wrong."""
    words = text.strip()
    if not words:
        return None
    found = _DAY.fullmatch(words) or _PLAIN.fullmatch(words)
    if found is None:
        raise _unread(field, label, _("ghi ngày như 17/11/2026."), "date")
    day, month, year = found.groups()
    full = int(year) if year else local_date(timezone.now()).year
    full = full if full > 99 else 2000 + full
    try:
        return date(full, int(month), int(day))
    except ValueError:
        why = _("không có ngày %(day)s.") % {"day": f"{day}/{month}/{full:04}"}
        raise _unread(field, label, why, "date") from None


def _unread(field: str, label: str, why: str, code: str) -> Invalid:
    """What is wrong with what was typed, after the label of its field where that is known."""
    message = f"{label}: {why}" if label else capfirst(why)
    return Invalid(message, problems=(Problem(field, message, code),))


def closing(day: date, unit: int) -> datetime:
    """The end of office hours of a day in a unit: the moment meant by a day without an hour."""
    hours = worktime.calendar(orgs.calendar_of(unit)).intervals(day)
    return datetime.combine(day, hours[-1][1], tzinfo=VN) if hours else datetime(*day.timetuple()[:3], CLOSE, tzinfo=VN)


def figure(text: str, field: str, label: str = "") -> int | None:
    """A number of at most six digits; None for nothing. Raises Invalid, which names the field by its ``label``."""
    words = text.strip()
    if not words:
        return None
    digits = words.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()):
        raise _unread(field, label, _("ghi bằng chữ số."), "number")
    if digits != words:
        raise _unread(field, label, _("không được âm."), "number")
    if len(digits) > MOST_DIGITS:
        raise _unread(field, label, _("tối đa %(n)s chữ số.") % {"n": MOST_DIGITS}, "number")
    return int(digits)


def choice(post: Mapping[str, str], field: str, most: int) -> int:
    """One of a short list of numbered choices; the first where none was sent."""
    text = post.get(field, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 1 and int(text) <= most else 0


def envelope(post: QueryDict) -> dict[str, Any]:
    """What the form says of a document. Raises Invalid naming every field that cannot be read."""
    values: dict[str, Any] = {name: clean(post.get(name, "")) for name in TEXTS}
    if "/" in values["number"] and not values["symbol"]:
        values["number"], values["symbol"] = parted(values["number"])
    problems: list[Problem] = []
    asked = (
        ("issued_on", day_of, _("Ngày văn bản")), ("reply_by", day_of, _("Hạn trả lời ghi trong văn bản")),
        ("pages", figure, _("Số trang")), ("copies", figure, _("Số bản")),
    )  # fmt: skip
    for name, read, label in asked:
        try:
            values[name] = read(post.get(name, ""), name, label)
        except Invalid as refusal:
            problems += refusal.problems
    if problems:
        raise Invalid(problems[0].message, problems=tuple(problems))
    values["copies"] = 1 if values["copies"] is None else values["copies"]
    return values | {
        "priority": choice(post, "priority", 4), "secrecy": choice(post, "secrecy", 3),
        "paper_follows": post.get("paper_follows") == "1",
    }  # fmt: skip


def forwarding(post: QueryDict) -> Forwarding:
    """Whom it goes to: any leader, one of them, or straight to a unit with its term. Raises Invalid."""
    kind, _sign, key = post.get("to", "").partition(":")
    if kind and not (kind in ("l", "u") and key.isascii() and key.isdecimal() and len(key) <= 18):
        message = _("Chọn nơi nhận trong danh sách.")
        raise Invalid(message, problems=(Problem("to", message, "unknown"),))
    if kind == "l":
        return Forwarding(leader=int(key))
    if kind == "u":
        day = day_of(post.get("due", ""), "due")
        return Forwarding(unit=int(key), due_at=closing(day, int(key)) if day else None)
    return Forwarding()
