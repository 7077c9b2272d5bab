"""Putting a dossier of the one-stop shop into an own work file that is open."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.workfiles import selectors as workfiles
from congvu.domains.workfiles.selectors import Query
from congvu.faces.desk.posted import uuid_or_none
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.workfiles.views import CURRENT
from congvu.ground.ui.types import Option
from congvu.journeys import dossier_workfiles as filing


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on top of the page."""

    id: UUID
    code: str
    title: str
    url: str


@require_http_methods(["GET", "POST"])
@staff_only
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponseBase:
    """The work files the dossier lies in, and putting it into another of one's own."""
    actor = actor_of(request)
    view = dossiers.dossier(actor, dossier_id)
    head = Head(view.id, view.code or view.portal_number, view.title, reverse("desk_dossier", args=[view.id]))
    if request.method == "GET":
        return _page(request, actor, head)
    try:
        file = uuid_or_none(request.POST.get("file", ""))
        if file is None:
            message = _("Chọn một hồ sơ đang mở.")
            raise Invalid(message, problems=(Problem("file", message, "missing"),))
        filing.collect(actor, dossier_id, file)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(request, actor, head, refusal)
    messages.success(request, _("Đã đưa hồ sơ một cửa vào hồ sơ công việc."))
    return redirect(reverse("desk_workfile", args=[file]))


def _page(request: HttpRequest, actor: Actor, head: Head, refusal: Refusal | None = None) -> HttpResponse:
    holding = workfiles.files_holding(actor, head.id)
    inside = {row.id for row in holding}
    chosen = request.POST.get("file", "")
    context = {
        "head": head,
        "holding": holding,
        "options": [
            Option(str(row.id), f"{row.code} {row.title}", checked=str(row.id) == chosen)
            for row in workfiles.files(actor, Query(mine=True, states=("open",)), limit=200).rows
            if row.id not in inside
        ],
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/papers/collect.html", context, current=CURRENT, status=status)
