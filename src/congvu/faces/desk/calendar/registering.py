"""Registering an entry, also from a document that invites, and correcting a proposal."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Refusal
from congvu.domains.calendars import selectors as calendars
from congvu.domains.calendars import services
from congvu.faces.desk.calendar.forms import choices, entry_fields, entry_typed, row_fields
from congvu.faces.desk.calendar.views import CURRENT, day_asked
from congvu.faces.desk.held import typed
from congvu.faces.desk.posted import uuid_or_none, whole
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.journeys import document_calendar


@require_http_methods(["GET", "POST"])
@staff_only
def new(request: HttpRequest) -> HttpResponseBase:
    """The form, and registering what it says. Refused, it comes back with what was typed."""
    actor = actor_of(request)
    if request.method == "GET":
        return _page(request, actor, typed(request) or _begin(request, actor))
    try:
        entry = services.register(actor, entry_typed(request.POST), key=request.POST.get("key", ""))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(request, actor, request.POST, refusal)
    words = _("Đã đưa vào lịch.") if calendars.keeps_calendar(actor) else _("Đã đăng ký. Văn phòng sẽ duyệt.")
    messages.success(request, words)
    return redirect(reverse("desk_calendar_entry", args=[entry]))


def _begin(request: HttpRequest, actor: Actor) -> QueryDict:
    """What is known before anything was typed: what a document says, else a day and who asks."""
    source = uuid_or_none(request.GET.get("tu", ""))
    if source is not None:
        given, known = document_calendar.read_entry(actor, source)
        fields = entry_fields(given)
        if not known:
            fields["day"] = ""
        return fields
    fields = QueryDict(mutable=True)
    day = day_asked(request.GET.get("ngay", ""))
    fields.update({"day": f"{day:%d/%m/%Y}", "kind": "meeting"})
    return fields


@require_http_methods(["GET", "POST"])
@staff_only
def amend(request: HttpRequest, entry_id: UUID) -> HttpResponseBase:
    """The same form over a proposal. Raises Forbidden for who may not correct it."""
    actor = actor_of(request)
    view = calendars.entry(actor, entry_id)
    if request.method == "GET":
        if "amend" not in view.abilities:
            raise Forbidden(_("Chỉ sửa được lịch đang chờ duyệt, do người đăng ký hoặc Văn phòng sửa."))
        return _page(request, actor, typed(request) or row_fields(view), entry=entry_id, version=view.row.version)
    version = whole(request.POST, "version")
    try:
        services.amend(actor, entry_id, entry_typed(request.POST), version=version)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(request, actor, request.POST, refusal, entry=entry_id, version=version)
    messages.success(request, _("Đã sửa đăng ký."))
    return redirect(reverse("desk_calendar_entry", args=[entry_id]))


def _page(
    request: HttpRequest, actor: Actor, fields: QueryDict, refusal: Refusal | None = None, *, entry: UUID | None = None,
    version: int | None = None,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "typed": fields,
        "key": fields.get("key") or uuid4().hex,
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
        "keeps": calendars.keeps_calendar(actor),
        "entry": entry,
        "version": version,
        "source": uuid_or_none(fields.get("source", "")),
        **choices(actor, fields),
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/calendar/form.html", context, current=CURRENT, status=status)
