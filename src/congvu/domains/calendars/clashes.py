"""What an entry clashes with, in words. Pure: nothing here forbids anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.spoken import say_day, say_time, upper_first
from congvu.common.zones import VN, local
from congvu.domains.calendars.times import days_of
from congvu.domains.calendars.types import Clash, Kind
from congvu.ground.worktime.types import Calendar

# Trips and duty are meant to reach beyond office hours.
ANY_HOUR = (Kind.TRIP, Kind.DUTY)


@dataclass(frozen=True, slots=True)
class Taken:
    """Another entry: when, who by post with the name, which room. ``content`` is empty for who may not read it."""

    id: UUID
    content: str
    starts_at: datetime
    ends_at: datetime
    people: dict[int, str]
    room: int | None


def of_time(kind: str, starts: datetime, ends: datetime, calendar: Calendar) -> list[Clash]:
    """Days off, and hours outside office time."""
    if kind in ANY_HOUR:
        return []
    days = list(days_of(starts, ends))
    off = [day for day in days if not calendar.is_working(day)]
    if off:
        return [Clash("holiday", off_words(day, calendar)) for day in off]
    for day in days:
        begin = max(starts, datetime.combine(day, datetime.min.time(), tzinfo=VN))
        end = min(ends, datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=VN))
        opens, closes = calendar.opens(day), calendar.closes(day)
        if (begin < opens and begin == starts) or (end > closes and end == ends):
            words = _("Ngoài giờ làm việc (%(from)s–%(to)s).")
            return [Clash("hours", words % {"from": say_time(opens), "to": say_time(closes)})]
    return []


def off_words(day: date, calendar: Calendar) -> str:
    """Why nobody works on the day; empty on a working day."""
    if calendar.is_working(day):
        return ""
    rule = calendar.rules.get(day)
    if rule is None:
        return _("%(day)s là ngày nghỉ hằng tuần.") % {"day": upper_first(say_day(day))}
    return _("%(day)s là ngày nghỉ: %(name)s.") % {"day": upper_first(say_day(day)), "name": rule.name}


def with_others(mine: Taken, others: Iterable[Taken]) -> list[Clash]:
    """The same person or the same room at overlapping times."""
    found = []
    for other in others:
        if other.id == mine.id or other.starts_at >= mine.ends_at or other.ends_at <= mine.starts_at:
            continue
        if mine.room is not None and mine.room == other.room:
            found.append(Clash("room", _("Trùng phòng với %(other)s.") % {"other": _said(other)}))
        both = [name for post, name in mine.people.items() if post in other.people]
        if both:
            words = _("%(who)s trùng lịch với %(other)s.")
            found.append(Clash("person", words % {"who": ", ".join(both), "other": _said(other)}))
    return found


def _said(other: Taken) -> str:
    start, end = local(other.starts_at), local(other.ends_at)
    times = {"from": say_time(start), "to": say_time(end), "content": other.content}
    if not other.content:
        return _("một lịch khác (%(from)s–%(to)s)") % times
    return _("“%(content)s” (%(from)s–%(to)s)") % times
