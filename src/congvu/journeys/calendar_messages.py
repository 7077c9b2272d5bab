"""What changes in a published calendar is told to the posts it concerns, after the commit of what happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from congvu.common.actor import SYSTEM
from congvu.common.spoken import say_date, say_day, say_moment
from congvu.common.zones import local_date
from congvu.domains.calendars import selectors as calendars
from congvu.domains.calendars.events import EntryApproved, EntryChanged, EntryDeclined, WeekPublished
from congvu.domains.calendars.types import EntryView, Session
from congvu.ground.events.services import consumes
from congvu.ground.notifications import services as notifications
from congvu.ground.orgs import selectors as orgs

LEADERS = frozenset({"head", "chair", "center_head"})
HERE = "lam-viec/lich-cong-tac"
PARTS = {Session.MORNING: "sáng", Session.AFTERNOON: "chiều", Session.DAY: "cả ngày"}


def when_words(session: str, starts: datetime) -> str:
    """``8:00 thứ Năm 26/11/2026``, ``sáng thứ Năm 26/11/2026``; in Vietnamese, because it is stored."""
    with translation.override("vi"):
        if session == Session.HOURS:
            return say_moment(starts)
        return f"{PARTS[Session(session)]} {say_day(local_date(starts))}"


def concerned(view: EntryView) -> list[int]:
    """Who leads, takes part or registered it, and the leaders of units that take part or prepare as a whole."""
    units = [seat.unit_id for seat in (*view.row.attendees, *view.row.preparers) if seat.position_id is None]
    led = [seat.position_id for seat in orgs.seats(units) if LEADERS & set(seat.roles)] if units else []
    return list(dict.fromkeys([*view.posts, *led]))


def _tell(view: EntryView, posts: Iterable[int], kind: str, key: str, **more: Any) -> None:
    row = view.row
    context = {
        "content": row.content, "when": when_words(row.session, row.starts_at), "leader": row.led_by,
        "place": row.place or "chưa có địa điểm", "reason": row.reason,
        "link": f"{settings.BASE_URL}/{HERE}/{row.id}/",
    } | more  # fmt: skip
    for post in posts:
        notifications.notify(position=post, kind=kind, context=context, record=row.id, key=key)


@consumes(EntryApproved)
def tell_added(event: EntryApproved) -> None:
    view = calendars.entry(SYSTEM, event.record)
    _tell(view, concerned(view), "calendar_added", f"calendar_added:{event.record}")


@consumes(EntryDeclined)
def tell_declined(event: EntryDeclined) -> None:
    view = calendars.entry(SYSTEM, event.record)
    _tell(view, [view.proposed_by], "calendar_declined", f"calendar_declined:{event.record}")


@consumes(EntryChanged)
def tell_changed(event: EntryChanged) -> None:
    """Moved or cancelled, as the change says; a later change is told by its own event."""
    view = calendars.entry(SYSTEM, event.record)
    change = next(change for change in view.changes if change.id == event.change)
    old = when_words(change.old_session, change.old_starts)
    kind = "calendar_moved" if change.kind == "moved" else "calendar_cancelled"
    key = f"{kind}:{event.record}:{event.change}"
    _tell(view, concerned(view), kind, key, old=old, reason=change.reason)


@consumes(WeekPublished)
def tell_week(event: WeekPublished) -> None:
    """Each post that has something in the week, with how much."""
    view, counts = calendars.concerned(SYSTEM, event.week)
    with translation.override("vi"):
        week = f"{say_date(view.monday)} – {say_date(view.sunday)}"
    link = f"{settings.BASE_URL}/{HERE}/?tuan={view.monday.isoformat()}"
    for post, count in counts.items():
        context = {"week": week, "agency": view.agency, "count": str(count), "link": link}
        notifications.notify(
            position=post, kind="calendar_week", context=context, key=f"calendar_week:{event.week}"
        )  # fmt: skip
