"""Time and place of an invitation, read from its words: proposals that a person confirms. Pure.

Invitations say "Thời gian: 8 giờ 00, ngày 26 tháng 11 năm 2026 (thứ Năm)." and "Địa điểm: …", each on a line of its
own, which a letter or a dash may begin. What is not found stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from congvu.common.text import clean, fold, nfc
from congvu.domains.calendars.types import Session

_LABEL = re.compile(
    r"^\W*(?:[a-z0-9]{1,3}[.)]\s*)?(?:ve\s+)?"
    r"(thoi gian|dia diem|noi hop|thanh phan|chu tri|noi dung|chu toa)\b[^:]{0,30}:\s*"
)
_CLOCK = re.compile(r"\b(\d{1,2})\s*(?:gio|h|:|g)\s*(\d{2})?\b")
_WORDED = re.compile(r"ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})(?:\s+nam\s+(\d{4}))?")
_PLAIN = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?\b")
LINES, PLACE = 400, 200


@dataclass(frozen=True, slots=True)
class Invited:
    """What was read. ``session`` is a part of the day where no hour is named."""

    day: date | None = None
    session: str = Session.HOURS
    start: time | None = None
    place: str = ""
    host: str = ""


def read_invitation(text: str, *, on: date) -> Invited:
    """Proposals from the text of an invitation. A day without a year is the first one after ``on``, its own date."""
    said = _labelled(text)
    when = said.get("thoi gian", "")
    day, start = _day(fold(when), on), _clock(fold(when))
    return Invited(
        day=day, session=_session(fold(when), start), start=start,
        place=_ended(said.get("dia diem") or said.get("noi hop") or "")[:PLACE],
        host=_ended(said.get("chu tri") or said.get("chu toa") or "")[:PLACE],
    )  # fmt: skip


def _labelled(text: str) -> dict[str, str]:
    """The words after each label, with the lines below that belong to them."""
    found: dict[str, str] = {}
    label = ""
    for raw in nfc(text).splitlines()[:LINES]:
        line = clean(raw)
        match = _LABEL.match(fold(line))
        if match is not None:
            label = match[1] if match[1] not in found else ""
            if label:
                found[label] = line[line.index(":") + 1 :].strip() if ":" in line else ""
        elif not line:
            label = ""
        elif label and len(found[label]) < PLACE and not found[label].endswith("."):
            found[label] = f"{found[label]} {line}".strip()
        else:
            label = ""
    return found


def _clock(folded: str) -> time | None:
    found = _CLOCK.search(folded)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _session(folded: str, start: time | None) -> str:
    if start is not None:
        return Session.HOURS
    if "buoi sang" in folded or "sang ngay" in folded:
        return Session.MORNING
    if "buoi chieu" in folded or "chieu ngay" in folded:
        return Session.AFTERNOON
    return Session.DAY if "ca ngay" in folded else Session.HOURS


def _day(folded: str, on: date) -> date | None:
    found = _WORDED.search(folded) or _PLAIN.search(folded)
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[2]), int(found[3] or on.year)
    try:
        read = date(year, month, day)
        return read.replace(year=year + 1) if not found[3] and read < on else read
    except ValueError:
        return None


def _ended(text: str) -> str:
    return text.strip().rstrip(".;,").strip()
