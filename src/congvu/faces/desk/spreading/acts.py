"""Making known from a form, and the acts on one: confirming, reminding, adding people, ending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Refusal
from congvu.common.zones import local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import SpreadInput
from congvu.faces.desk.held import typed
from congvu.faces.desk.papers.document import Head, head_of
from congvu.faces.desk.posted import back_to, uuid_or_none, whole
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.spreading.people import choices, ticked
from congvu.faces.desk.spreading.views import CURRENT, spread_page
from congvu.faces.desk.uploads import kept, uploaded
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.formats import weekday_date
from congvu.ground.ui.types import Option
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as worktime

Call = Callable[[Actor, UUID, QueryDict], str]
DAYS = (1, 2, 3, 5, 7, 10, 15)
USUAL = 3


@require_http_methods(["GET", "POST"])
@staff_only
def give(request: HttpRequest) -> HttpResponseBase:
    """The form, for a document or for an own notice, and giving what it says."""
    actor = actor_of(request)
    if not documents.makes_known(actor):
        raise Forbidden(_("Chỉ lãnh đạo, người đứng đầu đơn vị, văn thư cơ quan được phổ biến văn bản."))
    named = request.POST.get("document", "") if request.method == "POST" else request.GET.get("van-ban", "")
    document = uuid_or_none(named)
    head = head_of(actor, document) if document else None
    if request.method == "GET":
        return _page(request, actor, head, typed(request))
    try:
        made = services.disseminate(actor, _given(request, document), key=request.POST.get("key", ""))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(request, actor, head, request.POST, refusal)
    messages.success(request, _("Đã phổ biến. Người nhận được báo trong hệ thống."))
    return redirect(reverse("desk_spread", args=[made]))


def _given(request: HttpRequest, document: UUID | None) -> SpreadInput:
    post = request.POST
    file = None if document else uploaded(request, "file")
    return SpreadInput(
        document=document, title=post.get("title", ""), text=post.get("text", ""), files=(file,) if file else (),
        note=post.get("note", ""), units=ticked(post, "units"), positions=ticked(post, "posts"),
        days=whole(post, "days") or 0,
    )  # fmt: skip


def _page(
    request: HttpRequest, actor: Actor, head: Head | None, fields: QueryDict, refusal: Refusal | None = None
) -> HttpResponse:  # fmt: skip
    context = {
        "head": head, "typed": fields, "refusal": refusal, "key": fields.get("key") or uuid4().hex,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
        "groups": choices(actor, fields), "terms": _terms(actor, fields.get("days", str(USUAL))), "kept": kept(request),
    }  # fmt: skip
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/spreading/give.html", context, current=CURRENT, status=status)


def _terms(actor: Actor, chosen: str) -> list[Option]:
    """Working days, with the day they end in the calendar of the acting unit."""
    calendar = worktime.calendar(orgs.calendar_of(actor.unit_id or 0))
    today, found = local_date(timezone.now()), []
    for count in DAYS:
        words = ngettext("%(n)s ngày làm việc: %(day)s", "%(n)s ngày làm việc: %(day)s", count)
        day = weekday_date(rules.add_working_days(today, count, calendar))
        found.append(Option(str(count), words % {"n": count, "day": day}, checked=str(count) == chosen))
    return found


def _confirm(actor: Actor, spread: UUID, _post: QueryDict) -> str:
    services.confirm_reading(actor, spread)
    return _("Đã ghi nhận việc đọc và nắm nội dung.")


def _nudge(actor: Actor, spread: UUID, _post: QueryDict) -> str:
    told = services.nudge_readers(actor, spread)
    return ngettext("Đã nhắc %(n)s người chưa xác nhận.", "Đã nhắc %(n)s người chưa xác nhận.", told) % {"n": told}


def _add(actor: Actor, spread: UUID, post: QueryDict) -> str:
    added = services.add_readers(actor, spread, units=ticked(post, "units"), positions=ticked(post, "posts"))
    return ngettext("Đã thêm %(n)s người nhận.", "Đã thêm %(n)s người nhận.", added) % {"n": added}


def _end(actor: Actor, spread: UUID, post: QueryDict) -> str:
    take_back = post.get("take_back") == "1"
    services.end_dissemination(actor, spread, reason=post.get("reason", ""), take_back=take_back)
    return _("Đã kết thúc phổ biến.")


ACTS: dict[str, Call] = {"xac-nhan": _confirm, "nhac": _nudge, "them": _add, "ket-thuc": _end}


@require_POST
@staff_only
def act_on(request: HttpRequest, spread_id: UUID, verb: str) -> HttpResponseBase:
    """One act; refused, the page comes back with the form open and what was typed."""
    if verb not in ACTS:
        raise Http404
    try:
        words: Any = ACTS[verb](actor_of(request), spread_id, request.POST)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return spread_page(request, spread_id, open_act=verb, refusal=refusal)
    messages.success(request, words)
    return redirect(back_to(request, reverse("desk_spread", args=[spread_id])))
