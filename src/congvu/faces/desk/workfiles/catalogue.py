"""Danh mục hồ sơ: the lists of the agency, and the editor of one."""

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
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.common.zones import local_date
from congvu.domains.workfiles import selectors as workfiles
from congvu.domains.workfiles import services
from congvu.domains.workfiles.types import LineInput
from congvu.faces.desk.held import typed
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.workfiles.forms import number, rules, term, terms, units
from congvu.faces.desk.workfiles.views import CURRENT
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

Call = Callable[[Actor, int, HttpRequest], object]


@require_http_methods(["GET", "POST"])
@staff_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """The lists of the agency by year; a POST begins the list of a year."""
    actor, refusal = actor_of(request), None
    if request.method == "POST":
        agency = orgs.agency_of(actor.unit_id or 0).id
        year, copied = number(request.POST.get("year", "")) or 0, request.POST.get("copy") == "1"
        running = request.POST.get("running", "heading")
        try:
            made = services.draft(actor, agency, year, running=running, copy_last=copied)
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Đã lập danh mục. Thêm đề mục và hồ sơ vào danh mục."))
            return redirect(reverse("desk_catalogue", args=[made]))
    this_year = local_date(timezone.now()).year
    context = {
        "catalogues": workfiles.catalogues(actor),
        "years": [Option(str(year), str(year), checked=year == this_year + 1) for year in (this_year, this_year + 1)],
        "may_draft": actor.has_role("registrar", "head", "chair", "center_head"),
        "refusal": refusal,
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/workfiles/catalogues.html", context, current=CURRENT, status=status)


@require_GET
@staff_only
def catalogue(request: HttpRequest, catalogue_id: int) -> HttpResponseBase:
    """One list in the columns of PL V, with the forms that change a draft."""
    return _page(request, catalogue_id)


def _page(request: HttpRequest, catalogue_id: int, refusal: Refusal | None = None) -> HttpResponse:
    actor = actor_of(request)
    view, fields = workfiles.catalogue(actor, catalogue_id), typed(request)
    every = [one for big in view.headings for one in (big, *big.children)]
    chosen = fields.get("heading", "")
    headings = [Option(str(one.id), f"{one.number}. {one.title}", checked=str(one.id) == chosen) for one in every]
    context = {
        "catalogue": view,
        "rows": every,
        "headings": headings,
        "bigs": [Option(str(one.id), f"{one.number}. {one.title}") for one in view.headings],
        "units": units(actor, fields.get("unit", "")),
        "terms": terms(fields.get("years", "")),
        "rules": rules(fields.get("rule", "")),
        "typed": fields,
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
    }  # fmt: skip
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/workfiles/catalogue.html", context, current=CURRENT, status=status)


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()


def _add_heading(actor: Actor, catalogue_id: int, request: HttpRequest) -> None:
    parent = number(_text(request, "parent"))
    services.add_heading(
        actor, catalogue_id, title=_text(request, "heading_title"), symbol=_text(request, "symbol"), parent=parent
    )


def _add_line(actor: Actor, _catalogue: int, request: HttpRequest) -> None:
    years, permanent = term(request.POST)
    heading = number(_text(request, "heading"))
    if heading is None:
        message = _("Chọn đề mục của hồ sơ.")
        raise Invalid(message, problems=(Problem("heading", message, "required"),))
    line = LineInput(
        title=_text(request, "title"), unit=number(_text(request, "unit")) or 0, years=years, permanent=permanent,
        rule=_text(request, "rule"), note=_text(request, "note"),
    )  # fmt: skip
    services.add_line(actor, heading, line)


def _remove(actor: Actor, catalogue_id: int, request: HttpRequest) -> None:
    services.remove_line(actor, catalogue_id, number(_text(request, "line")) or 0)


ACTS: dict[str, tuple[Call, Promise]] = {
    "de-muc": (_add_heading, gettext_lazy("Đã thêm đề mục.")),
    "ho-so": (_add_line, gettext_lazy("Đã thêm hồ sơ vào danh mục.")),
    "bo": (_remove, gettext_lazy("Đã bỏ khỏi danh mục.")),
    "duyet": (lambda a, c, _r: services.approve(a, c), gettext_lazy("Đã duyệt danh mục.")),
    "ban-hanh": (
        lambda a, c, r: services.issue(a, c, decision=_text(r, "decision")),
        gettext_lazy("Đã ban hành danh mục. Từ nay mở hồ sơ theo danh mục này."),
    ),
}


@require_POST
@staff_only
def act_on(request: HttpRequest, catalogue_id: int, verb: str) -> HttpResponseBase:
    """One act on the list; refused, the page comes back with what was typed."""
    if verb not in ACTS:
        raise Http404
    call, words = ACTS[verb]
    try:
        call(actor_of(request), catalogue_id, request)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(request, catalogue_id, refusal)
    messages.success(request, str(words))
    return redirect(reverse("desk_catalogue", args=[catalogue_id]))
