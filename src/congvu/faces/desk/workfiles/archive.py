"""The archive side: what waits for an answer, the share handled on the network, expired files and their councils."""

from __future__ import annotations

from collections.abc import Callable

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
from congvu.common.errors import Refusal
from congvu.common.zones import local_date
from congvu.domains.workfiles import selectors as workfiles
from congvu.domains.workfiles import services
from congvu.domains.workfiles.selectors import Query
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.workfiles.forms import number, posts, uuids
from congvu.faces.desk.workfiles.views import CURRENT, year_days
from congvu.ground.orgs import selectors as orgs

Call = Callable[[Actor, int, HttpRequest], object]


@require_GET
@staff_only
def overview(request: HttpRequest) -> HttpResponseBase:
    """What the archive of the agency has to do, and the share of files handled wholly on the network in a year."""
    return _overview(request)


def _overview(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    actor = actor_of(request)
    this_year = local_date(timezone.now()).year
    year = number(request.GET.get("nam", "")) or this_year
    since, until = year_days(year if 2000 <= year <= 2100 else this_year)
    archive = workfiles.is_archive(actor)
    context = {
        "waiting": workfiles.files(actor, Query(states=("submitted",))).rows,
        "overdue": workfiles.files(actor, Query(overdue=True)).rows,
        "groups": workfiles.groups(actor),
        "unkept": sum(row.count for row in workfiles.unkept_units(actor)),
        "share": workfiles.share(actor, since=since, until=until),
        "year": since.year,
        "years": [this_year - back for back in range(3)],
        "expired": workfiles.expired(actor) if archive else (),
        "disposals": workfiles.disposals(actor),
        "posts": posts(actor, request.POST.getlist("members")) if archive else [],
        "archive": archive,
        "typed": request.POST,
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/workfiles/archive.html", context, current=CURRENT, status=status)


@require_POST
@staff_only
def propose(request: HttpRequest) -> HttpResponseBase:
    """Put the ticked files on a list for a council; nothing is destroyed by it."""
    actor, fields = actor_of(request), request.POST
    members = [key for text in fields.getlist("members") if (key := number(text)) is not None]
    try:
        made = services.list_for_disposal(
            actor, orgs.agency_of(actor.unit_id or 0).id, title=fields.get("title", ""),
            files=uuids(fields.getlist("file")), members=members, reason=fields.get("reason", ""),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _overview(request, refusal)
    messages.success(request, _("Đã lập danh mục xét hủy. Các thành viên hội đồng cho ý kiến."))
    return redirect(reverse("desk_disposal", args=[made]))


@require_GET
@staff_only
def disposal(request: HttpRequest, disposal_id: int) -> HttpResponseBase:
    """One council: its list, its members, the decision."""
    return _page(request, disposal_id)


def _page(request: HttpRequest, disposal_id: int, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "disposal": workfiles.disposal(actor_of(request), disposal_id),
        "typed": request.POST,
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/workfiles/disposal.html", context, current=CURRENT, status=status)


def _speak(actor: Actor, disposal_id: int, request: HttpRequest) -> None:
    services.speak(actor, disposal_id, agrees=request.POST.get("agrees") == "1", words=request.POST.get("words", ""))


def _decide(actor: Actor, disposal_id: int, request: HttpRequest) -> None:
    services.decide(
        actor, disposal_id, destroy=request.POST.get("destroy") == "1", decision=request.POST.get("decision", ""),
        authority_opinion=request.POST.get("authority_opinion", ""),
    )  # fmt: skip


ACTS: dict[str, tuple[Call, Promise]] = {
    "y-kien": (_speak, gettext_lazy("Đã ghi ý kiến.")),
    "quyet-dinh": (_decide, gettext_lazy("Đã ghi quyết định.")),
    "huy": (lambda a, d, _r: services.destroy(a, d), gettext_lazy("Đã hủy tài liệu theo quyết định.")),
}


@require_POST
@staff_only
def act_on(request: HttpRequest, disposal_id: int, verb: str) -> HttpResponseBase:
    """One act on the council; refused, the page comes back."""
    if verb not in ACTS:
        raise Http404
    call, words = ACTS[verb]
    try:
        call(actor_of(request), disposal_id, request)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(request, disposal_id, refusal)
    messages.success(request, str(words))
    return redirect(reverse("desk_disposal", args=[disposal_id]))
