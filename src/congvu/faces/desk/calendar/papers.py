"""The week on paper, and one's own entries as a file for other calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congvu.common.spoken import WEEKDAYS, upper_first
from congvu.common.zones import local_date
from congvu.domains.calendars import selectors as calendars
from congvu.domains.calendars.types import EntryRow, WeekView
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Column, RegisterBook
from congvu.faces.desk.calendar.rows import line_of, who_of
from congvu.faces.desk.calendar.views import day_asked
from congvu.faces.desk.shell import actor_of, staff_only

AHEAD, BACK = timedelta(days=180), timedelta(days=7)
# Octets of a line of an .ics file; longer ones are folded (RFC 5545, 3.1).
FOLD = 74


@require_GET
@staff_only
def printed(request: HttpRequest, monday: str) -> HttpResponseBase:
    """Lịch công tác tuần as PDF/A, in Vietnamese; changes after publication and cancellations are said."""
    view = calendars.week(actor_of(request), calendars.monday_of(day_asked(monday)))
    with translation.override("vi"):
        content = typeset.set_register(_book(view))
    name = f"lich-cong-tac-{view.monday.isoformat()}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Ngày"), 1.3, "center"), Column(_("Thời gian"), 1.6, "center"), Column(_("Nội dung"), 4, "left"),
        Column(_("Chủ trì"), 2.2, "left"), Column(_("Thành phần"), 3, "left"), Column(_("Địa điểm"), 2, "left"),
        Column(_("Chuẩn bị"), 1.6, "left"),
    )  # fmt: skip


def _book(view: WeekView) -> RegisterBook:
    columns = _columns()
    rows: list[tuple[str, ...]] = []
    for day in view.days:
        if day.off and not day.rows:
            continue
        name = f"{upper_first(str(WEEKDAYS[day.day.weekday()]))}\n{day.day:%d/%m}"
        if not day.rows:
            rows.append((name, *("",) * (len(columns) - 1)))
        for place, row in enumerate(day.rows):
            rows.append((name if place == 0 else "", *_cells(row)))
    published = view.published_at is not None
    days = {"first": f"{view.monday:%d/%m/%Y}", "last": f"{view.sunday:%d/%m/%Y}"}
    return RegisterBook(
        kind="report", agency=view.agency, title=_("Lịch công tác tuần"), columns=columns, rows=tuple(rows),
        subtitle=(_("Từ ngày %(first)s đến ngày %(last)s") % days,),
        closing=() if published else (_("Lịch dự kiến, chưa công bố."),),
    )  # fmt: skip


def _cells(row: EntryRow) -> tuple[str, ...]:
    line = line_of(row)
    marked = f"[{row.mark_label or _('Hủy')}] " if row.mark or line.over else ""
    reason = (
        "\n" + _("(Lý do: %(reason)s)") % {"reason": row.reason}
        if (line.over or row.mark == "moved") and row.reason
        else ""
    )
    return (
        line.time, f"{marked}{row.content}{reason}", row.led_by, who_of(row), row.place, line.prepares,
    )  # fmt: skip


@require_GET
@staff_only
def own(request: HttpRequest) -> HttpResponseBase:
    """The acting post's approved entries, a week back and half a year ahead, as an .ics file."""
    actor, today = actor_of(request), local_date(timezone.now())
    rows = calendars.mine(actor, today - BACK, today + AHEAD)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cong Vu//Lich cong tac//VI", "CALSCALE:GREGORIAN"]
    for row in rows:
        lines += _event(row)
    text = "\r\n".join(part for line in [*lines, "END:VCALENDAR"] for part in _folded(line)) + "\r\n"
    return HttpResponse(
        text.encode(), content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="lich-cong-tac.ics"'},
    )  # fmt: skip


def _event(row: EntryRow) -> list[str]:
    link = f"{settings.BASE_URL}{reverse('desk_calendar_entry', args=[row.id])}"
    return [
        "BEGIN:VEVENT", f"UID:{row.id}@cong-vu", f"DTSTAMP:{_stamp(timezone.now())}", f"SEQUENCE:{row.version}",
        f"DTSTART:{_stamp(row.starts_at)}", f"DTEND:{_stamp(row.ends_at)}", f"SUMMARY:{_escaped(row.content)}",
        f"LOCATION:{_escaped(row.place)}", f"DESCRIPTION:{_escaped(row.led_by)}", f"URL:{link}", "END:VEVENT",
    ]  # fmt: skip


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11; no text of a person ends a line of the file."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(plain.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets; each after the first begins with a blank. No character is cut."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > FOLD:
            yield piece
            piece = " "
        piece += character
    yield piece
