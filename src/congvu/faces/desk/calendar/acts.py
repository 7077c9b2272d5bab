"""Acts on one entry from its page or the inbox, and publishing a week."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.calendars import services
from congvu.faces.desk.calendar.forms import when_typed
from congvu.faces.desk.calendar.views import day_asked, entry_page
from congvu.faces.desk.posted import back_to, whole, whole_of
from congvu.faces.desk.shell import actor_of, staff_only

Call = Callable[[Actor, UUID, HttpRequest], object]


def _move(actor: Actor, entry: UUID, request: HttpRequest) -> None:
    post = request.POST
    services.move(
        actor, entry, when_typed(post), reason=post.get("reason", ""), place=post.get("place", ""),
        room=whole_of(post.get("room", "")), version=whole(post, "version"),
    )  # fmt: skip


# What each verb of the address calls, and what the page says when it is done.
ACTS: dict[str, tuple[Call, Promise]] = {
    "duyet": (
        lambda a, e, r: services.approve(a, e, version=whole(r.POST, "version")),
        gettext_lazy("Đã duyệt, lịch đã vào tuần của cơ quan."),
    ),
    "tu-choi": (
        lambda a, e, r: services.decline(a, e, reason=r.POST.get("reason", ""), version=whole(r.POST, "version")),
        gettext_lazy("Đã trả lời. Người đăng ký nhận được lý do."),
    ),
    "doi": (_move, gettext_lazy("Đã đổi lịch.")),
    "huy": (
        lambda a, e, r: services.cancel(a, e, reason=r.POST.get("reason", ""), version=whole(r.POST, "version")),
        gettext_lazy("Đã hủy. Lịch vẫn hiện với lý do."),
    ),
}  # fmt: skip


@require_POST
@staff_only
def act_on(request: HttpRequest, entry_id: UUID, verb: str) -> HttpResponseBase:
    """One act on the entry; refused, the page comes back with the form open and what was typed."""
    if verb not in ACTS:
        raise Http404
    call, words = ACTS[verb]
    try:
        call(actor_of(request), entry_id, request)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return entry_page(request, entry_id, open_act=verb, refusal=refusal)
    messages.success(request, str(words))
    return redirect(back_to(request, reverse("desk_calendar_entry", args=[entry_id])))


@require_POST
@staff_only
def publish(request: HttpRequest, monday: str) -> HttpResponseBase:
    """Publish the week; refused, the week says why."""
    day = day_asked(monday)
    try:
        services.publish_week(actor_of(request), day)
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Đã công bố lịch tuần. Những người có lịch đã được báo."))
    return redirect(f"{reverse('desk_calendar')}?tuan={day.isoformat()}")
