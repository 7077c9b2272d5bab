"""The week of the agency by days or by leaders, one's own, one day; what waits; one entry with its acts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from congvu.common.errors import Refusal
from congvu.common.spoken import say_date
from congvu.common.zones import local_date
from congvu.domains.calendars import selectors as calendars
from congvu.faces.desk.calendar.forms import form_parts
from congvu.faces.desk.calendar.rows import (
    STATES,
    TAGS,
    address_of,
    by_leader,
    days_of,
    facts_of,
    heads_of,
    line_of,
    old_when,
    when_of,
)
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.orgs import selectors as orgs

CURRENT = "desk_calendar"
VIEWS = (
    ("tuan", gettext_lazy("Tuần theo ngày")),
    ("lanh-dao", gettext_lazy("Theo lãnh đạo")),
    ("toi", gettext_lazy("Lịch của tôi")),
    ("ngay", gettext_lazy("Một ngày")),
)
WEEK, DAY = timedelta(days=7), timedelta(days=1)


def day_asked(text: str) -> date:
    """The day of an address; today for anything else."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return local_date(timezone.now())


@require_GET
@staff_only
def week(request: HttpRequest) -> HttpResponseBase:
    """One week or one day of it."""
    actor, asked = actor_of(request), request.GET
    shown = asked.get("xem", "tuan")
    shown = shown if shown in dict(VIEWS) else "tuan"
    day = day_asked(asked.get("tuan", ""))
    view = calendars.week(actor, calendars.monday_of(day), own=shown == "toi")
    one = shown == "ngay"
    context: dict[str, Any] = {
        "week": view,
        "shown": shown,
        "heading": _week_words(view.monday, view.sunday) if not one else "",
        "tabs": [(label, _address(key, day), key == shown) for key, label in VIEWS],
        "days": days_of(view, day if one else None),
        "before_url": _address(shown, day - (DAY if one else WEEK)),
        "after_url": _address(shown, day + (DAY if one else WEEK)),
        "today_url": f"?{urlencode({'xem': shown})}",
        "waiting": calendars.count_proposals(actor),
        "keeps": calendars.keeps_calendar(actor),
        "empty": not view.rows and not any(one_day.ghosts for one_day in view.days),
    }
    if shown == "lanh-dao":
        leaders = [seat for seat in orgs.seats([view.agency_id]) if "chair" in seat.roles]
        context |= {"leaders": by_leader(view, leaders), "heads": heads_of(view)}
    return page(request, "desk/calendar/week.html", context, current=CURRENT)


def _address(shown: str, day: date) -> str:
    return f"?{urlencode({'xem': shown, 'tuan': day.isoformat()})}"


def _week_words(monday: date, sunday: date) -> str:
    words = {"first": say_date(monday), "last": say_date(sunday)}
    return _("Tuần từ %(first)s đến %(last)s") % words


@require_GET
@staff_only
def waiting(request: HttpRequest) -> HttpResponseBase:
    """Proposals that wait for the office; one's own for everybody else."""
    actor = actor_of(request)
    rows = calendars.proposals(actor)
    context = {"lines": [(line_of(row), when_of(row)) for row in rows], "keeps": calendars.keeps_calendar(actor)}
    return page(request, "desk/calendar/waiting.html", context, current=CURRENT)


@require_GET
@staff_only
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponseBase:
    """One entry: when, where, who, what it clashes with, what was changed, and the acts open to this post."""
    return entry_page(request, entry_id, open_act=request.GET.get("lam", ""))


def entry_page(request: HttpRequest, entry_id: UUID, *, open_act: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page, also after a refused act: then with the act's form open, its problems, and what was typed."""
    actor = actor_of(request)
    view = calendars.entry(actor, entry_id)
    changes = [
        (change, old_when(change.old_session, change.old_starts, change.old_ends, change.old_open_end))
        for change in view.changes
    ]
    context = {
        "entry": view,
        "row": view.row,
        "tag": STATES[view.row.state],
        "mark_tag": TAGS.get(view.row.mark, ""),
        "facts": facts_of(view),
        "when": when_of(view.row),
        "changes": changes,
        "source_url": address_of(view.source),
        "week_url": f"{reverse('desk_calendar')}{_address('tuan', local_date(view.row.starts_at))}",
        "refusal": refusal,
        **form_parts(request, view, open_act, refusal),
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/calendar/entry.html", context, current=CURRENT, status=status)
