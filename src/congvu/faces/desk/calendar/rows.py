"""Entries as the screens and the printed week show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from congvu.common.spoken import say_day, say_day_month, say_time, upper_first
from congvu.common.zones import local_date
from congvu.domains.calendars.types import DayView, EntryRow, EntryView, Ghost, Session, SourceView, WeekView
from congvu.faces.desk.discovery import waiting
from congvu.ground.orgs.types import SeatView
from congvu.ground.ui.types import SummaryRow

TAGS = {"added": "info", "moved": "warn", "cancelled": "bad"}
STATES = {"proposed": "warn", "approved": "ok", "declined": "line", "cancelled": "bad"}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a line of one day: its time in words and the colour of its mark."""

    row: EntryRow
    time: str

    @property
    def tag(self) -> str:
        return TAGS.get(self.row.mark, "")

    @property
    def over(self) -> bool:
        return self.row.state == "cancelled"

    @property
    def who(self) -> str:
        return who_of(self.row)

    @property
    def prepares(self) -> str:
        return "; ".join(seat.said for seat in self.row.preparers)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week with its lines, and those that were moved away from it."""

    day: date
    name: str
    off: str
    lines: tuple[Line, ...]
    gone: tuple[tuple[Ghost, str, str], ...]


def session_words(session: str) -> str:
    words = {Session.MORNING: _("Sáng"), Session.AFTERNOON: _("Chiều"), Session.DAY: _("Cả ngày")}
    return words[Session(session)]


def time_of(session: str, starts: datetime, ends: datetime, open_end: bool, *, on: date | None = None) -> str:
    """``8:00–10:00``, ``8:00``, ``Sáng``; over several days with the last one."""
    last = local_date(ends)
    if session == Session.HOURS:
        words = say_time(starts) if open_end else f"{say_time(starts)}–{say_time(ends)}"
    else:
        words = session_words(session)
    if last == local_date(starts):
        return words
    begin = f"{words}, " if on is None or on == local_date(starts) else ""
    return begin + _("đến %(day)s") % {"day": say_day_month(last)}


def when_of(row: EntryRow) -> str:
    """Time and day of one entry: ``8:00–10:00, thứ Năm 26/11/2026``."""
    return f"{time_of(row.session, row.starts_at, row.ends_at, row.open_end)}, {say_day(local_date(row.starts_at))}"


def old_when(session: str, starts: datetime, ends: datetime, open_end: bool) -> str:
    return f"{time_of(session, starts, ends, open_end)}, {say_day(local_date(starts))}"


def who_of(row: EntryRow) -> str:
    """Who takes part: posts, units, guests."""
    return "; ".join([*(seat.said for seat in row.attendees), *([row.guests] if row.guests else [])])


def line_of(row: EntryRow, on: date | None = None) -> Line:
    return Line(row, time_of(row.session, row.starts_at, row.ends_at, row.open_end, on=on))


def days_of(view: WeekView, only: date | None = None) -> list[Day]:
    """The days with something on them and the working days; of one day only, if asked."""
    found = []
    for day in view.days:
        if only not in (None, day.day) or (only is None and day.off and not (day.rows or day.ghosts)):
            continue
        lines = tuple(line_of(row, day.day) for row in day.rows)
        gone = tuple((g, time_of(g.session, g.starts_at, g.ends_at, g.open_end), _to(g)) for g in day.ghosts)
        found.append(Day(day.day, upper_first(say_day(day.day)), day.off, lines, gone))
    return found


def _to(ghost: Ghost) -> str:
    return f"{say_time(ghost.to)} {say_day(local_date(ghost.to))}"


def by_leader(view: WeekView, leaders: Iterable[SeatView]) -> list[tuple[str, str, list[list[Line]]]]:
    """Leaders as rows, days as columns: name, post, and for each day what that leader has."""
    shown = _columns(view)
    return [
        (
            ", ".join(seat.names) or seat.title, seat.title,
            [[line_of(row, day.day) for row in day.rows if seat.position_id in row.position_ids] for day in shown],
        )
        for seat in leaders
    ]  # fmt: skip


def _columns(view: WeekView) -> list[DayView]:
    """Working days, and days off on which something is."""
    return [day for day in view.days if not day.off or day.rows]


def heads_of(view: WeekView) -> list[tuple[str, str]]:
    return [(upper_first(say_day(day.day)), day.off) for day in _columns(view)]


def facts_of(view: EntryView) -> list[SummaryRow]:
    """When, where, who: the panel of an entry and its preview."""
    row = view.row
    rows = [
        SummaryRow(_("Thời gian"), when_of(row)),
        SummaryRow(_("Địa điểm"), row.place or _("Chưa có")),
        SummaryRow(_("Chủ trì"), row.led_by),
    ]
    if who := who_of(row):
        rows.append(SummaryRow(_("Thành phần"), who.replace("; ", "\n")))
    if row.preparers:
        rows.append(SummaryRow(_("Chuẩn bị"), "\n".join(seat.said for seat in row.preparers)))
    rows.append(SummaryRow(_("Loại"), row.kind_label))
    return [*rows, SummaryRow(_("Đăng ký"), ", ".join(part for part in (row.proposer, row.unit) if part))]


def address_of(source: SourceView | None) -> str:
    """The page of the record an entry came from, where its kind has one on this desk."""
    shown = waiting().get(source.kind) if source else None
    return reverse(shown.address, args=[source.id]) if source and shown else ""
