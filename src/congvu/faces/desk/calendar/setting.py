"""What is set once: rooms, and what recurs. For the office that keeps the calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Invalid, Problem, Refusal
from congvu.common.spoken import WEEKDAYS, upper_first
from congvu.common.zones import local_date
from congvu.domains.calendars import selectors as calendars
from congvu.domains.calendars import services
from congvu.domains.calendars.types import SeriesInput
from congvu.faces.desk.calendar.forms import choices, clock_of
from congvu.faces.desk.calendar.views import CURRENT
from congvu.faces.desk.held import typed
from congvu.faces.desk.incoming.fields import day_of, figure
from congvu.faces.desk.posted import whole_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.ui.types import Option

Call = Callable[[Actor, HttpRequest], object]


@require_GET
@staff_only
def page_of(request: HttpRequest) -> HttpResponseBase:
    return _page(request)


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    actor = actor_of(request)
    if not calendars.keeps_calendar(actor):
        raise Forbidden(_("Trang này dành cho Văn phòng giữ lịch công tác."))
    fields = typed(request)
    chosen = fields.getlist("weekdays")
    context: dict[str, Any] = {
        "rooms_kept": calendars.rooms(actor),
        "recurring": calendars.recurring(actor),
        "weekdays": [Option(str(n), upper_first(str(day)), checked=str(n) in chosen) for n, day in enumerate(WEEKDAYS)],
        "typed": fields,
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
        **choices(actor, fields),
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/calendar/setting.html", context, current=CURRENT, status=status)


def _add_room(actor: Actor, request: HttpRequest) -> None:
    services.add_room(actor, request.POST.get("name", ""), seats=figure(request.POST.get("seats", ""), "seats"))


def _add_series(actor: Actor, request: HttpRequest) -> None:
    post = request.POST
    by_clock = post.get("session", "hours") == "hours"
    given = SeriesInput(
        kind=post.get("kind", ""), content=post.get("content", ""), session=post.get("session", ""),
        weekdays=tuple(number for text in post.getlist("weekdays") if (number := whole_of(text)) is not None),
        month_days=_month_days(post.get("month_days", "")),
        start=clock_of(post.get("start", ""), "start") if by_clock else None,
        end=clock_of(post.get("end", ""), "end") if by_clock else None, place=post.get("place", ""),
        room=whole_of(post.get("room", "")), leader=whole_of(post.get("leader", "")), guests=post.get("guests", ""),
    )  # fmt: skip
    services.add_series(actor, given, first=day_of(post.get("first", ""), "first") or local_date(timezone.now()))


def _month_days(text: str) -> tuple[int, ...]:
    """``10, 20``. Raises Invalid for what is no day of a month."""
    parts = text.replace(",", " ").replace(";", " ").split()
    numbers = [whole_of(part) for part in parts]
    if any(number is None or not 1 <= number <= 31 for number in numbers):
        message = _("Ghi các ngày trong tháng bằng số, cách nhau dấu phẩy, ví dụ 10, 20.")
        raise Invalid(message, problems=(Problem("month_days", message, "range"),))
    return tuple(number for number in numbers if number is not None)


ACTS: dict[str, tuple[Call, Promise]] = {
    "phong": (_add_room, gettext_lazy("Đã thêm phòng.")),
    "ngung-phong": (
        lambda a, r: services.close_room(a, whole_of(r.POST.get("room_id", "")) or 0),
        gettext_lazy("Đã ngừng dùng phòng."),
    ),
    "lap-lai": (_add_series, gettext_lazy("Đã đặt lịch lặp lại. Ngày trùng ngày nghỉ nằm ở mục chờ duyệt.")),
    "ket-thuc": (
        lambda a, r: services.end_series(
            a, whole_of(r.POST.get("series_id", "")) or 0, reason=r.POST.get("reason", "")
        ),
        gettext_lazy("Đã kết thúc lịch lặp lại; các lịch sắp tới đã hủy."),
    ),
}  # fmt: skip


@require_POST
@staff_only
def act_on(request: HttpRequest, verb: str) -> HttpResponseBase:
    """One act; refused, the page comes back with what was typed."""
    if verb not in ACTS:
        raise Http404
    call, words = ACTS[verb]
    try:
        call(actor_of(request), request)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _page(request, refusal)
    messages.success(request, str(words))
    return redirect(reverse("desk_calendar_setting"))
