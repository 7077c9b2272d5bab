"""Tiếp nhận tại quầy: one screen; when something is wrong it comes back with what was typed."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congvu.common.errors import Forbidden, Invalid, NotFound, Refusal
from congvu.common.zones import local_date
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures.types import ProcedureView
from congvu.faces.desk.counter.intake import KINDS, intake_of, kind_of, paper_rows
from congvu.faces.desk.held import typed as typed_in
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.uploads import kept


@require_http_methods(["GET", "POST"])
@staff_only
def counter(request: HttpRequest) -> HttpResponseBase:
    """The empty screen, the screen for a chosen procedure, or the reception itself."""
    if not actor_of(request).has_role("clerk"):
        raise Forbidden(_("Chỉ công chức tiếp nhận tại Bộ phận Một cửa mở được trang này."))
    if request.method == "POST":
        return _take_in(request)
    return _screen(request, request.GET.get("thu-tuc", ""))


def _take_in(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    try:
        answer = services.take_in(actor, intake_of(request), key=request.POST.get("key", ""))
    except Refusal as refusal:
        return _screen(request, request.POST.get("procedure", ""), refusal=refusal)
    request.session["paper"] = "a5" if request.POST.get("size") == "a5" else "a4"
    return redirect(f"{reverse('desk_dossier', args=[answer.record_id])}?moi=1")


def _screen(request: HttpRequest, code: str, *, refusal: Refusal | None = None) -> HttpResponse:
    chosen = _procedure(code) or _procedure(request.GET.get("thu-tuc", ""))
    typed = typed_in(request)
    query = request.GET.get("q", "").strip()
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    context = {
        "procedure": chosen,
        "papers": paper_rows(chosen, typed, problems, kept(request)) if chosen else [],
        "recent": dossiers.received_today(actor_of(request)),
        "size": typed.get("size") or request.session.get("paper", "a4"),
        "found": procedures.search(query) if query and not chosen else None,
        "q": query,
        "typed": typed,
        "kinds": KINDS,
        "kind": kind_of(typed),
        "copies": typed.get("copies") or "1",
        "refusal": refusal,
        "problems": problems,
        "agent_open": any(field.startswith("agent.") for field in problems),
        # A corrected form is another content, so it goes under a new key; an unchanged repeat keeps the old one.
        "key": uuid4().hex,
        "now": timezone.now(),
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/counter/counter.html", context, current="desk_counter", status=status)


def _procedure(code: str) -> ProcedureView | None:
    if not code:
        return None
    try:
        return procedures.procedure(code, local_date(timezone.now()))
    except NotFound:
        return None


@require_GET
@staff_only
def suggest(request: HttpRequest) -> HttpResponseBase:
    """Procedures for what has been typed so far, as a fragment."""
    found = procedures.search(request.GET.get("q", "").strip())
    return render(request, "desk/counter/_found.html", {"found": found})


CONTACT = ("full_name", "phone", "email", "address")


@require_POST
@staff_only
def person(request: HttpRequest) -> HttpResponseBase:
    """Name and contact of the person whose number was typed, as a fragment; what is typed already stays.

    Posted, so that personal numbers stay out of logs. Nothing comes back for an unfinished or unknown number.
    """
    try:
        known = services.look_up_applicant(actor_of(request), request.POST.get("applicant.personal_id", ""))
    except Invalid:
        known = None
    if known is None:
        return HttpResponse(status=204)
    typed = QueryDict(mutable=True)
    for name in CONTACT:
        typed[f"applicant.{name}"] = request.POST.get(f"applicant.{name}", "").strip() or getattr(known, name)
    return render(request, "desk/counter/_contact.html", {"typed": typed, "known": known, "problems": {}})
