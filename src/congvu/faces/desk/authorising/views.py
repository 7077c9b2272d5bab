"""Ủy quyền ký: the written authorisations of the agency, keeping one, ending one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import AuthorisationInput
from congvu.faces.desk.held import typed
from congvu.faces.desk.incoming.fields import day_of
from congvu.faces.desk.incoming.slip import holders
from congvu.faces.desk.posted import whole
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

CURRENT = "desk_authorisations"
STANDINGS = {
    "coming": (gettext_lazy("Chưa đến ngày"), "line"),
    "good": (gettext_lazy("Đang có hiệu lực"), "ok"),
    "ended": (gettext_lazy("Đã chấm dứt"), "bad"),
    "over": (gettext_lazy("Hết thời hạn"), "line"),
}


@require_http_methods(["GET", "POST"])
@staff_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """The list with the form below it; refused, the form comes back with what was typed."""
    actor = actor_of(request)
    if request.method == "GET":
        return _page(request, actor)
    try:
        services.authorise(actor, _read(request))
    except Refusal as refusal:
        return _page(request, actor, refusal)
    messages.success(request, _("Đã ghi văn bản ủy quyền."))
    return redirect("desk_authorisations")


@require_POST
@staff_only
def end(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    """One holds no more from today."""
    actor = actor_of(request)
    try:
        services.end_authorisation(actor, authorisation_id)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(request, actor, refusal)
    messages.success(request, _("Ủy quyền không còn hiệu lực từ hôm nay."))
    return redirect("desk_authorisations")


def _read(request: HttpRequest) -> AuthorisationInput:
    post = request.POST
    return AuthorisationInput(
        giver=whole(post, "giver"), holder=whole(post, "holder"), number=post.get("number", ""),
        matters=post.get("matters", ""), valid_from=day_of(post.get("valid_from", ""), "valid_from", _("Từ ngày")),
        valid_to=day_of(post.get("valid_to", ""), "valid_to", _("Đến hết ngày")), kinds=tuple(post.getlist("kinds")),
    )  # fmt: skip


def _page(request: HttpRequest, actor: Actor, refusal: Refusal | None = None) -> HttpResponse:
    fields = typed(request)
    rows = [(row, *STANDINGS[row.standing]) for row in documents.authorisations(actor)]
    by = documents.book_of(actor)
    known = {kind.key: kind.name for kind in documents.kinds(by.family)}
    chosen = set(fields.getlist("kinds"))
    givers, others = _people(by.unit_id)
    context: dict[str, Any] = {
        "rows": [(row, label, tag, ", ".join(known.get(key, key) for key in row.kinds)) for row, label, tag in rows],
        "by": by, "typed": fields, "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
        "givers": _checked(givers, fields.get("giver", "")), "holders": _checked(others, fields.get("holder", "")),
        "kinds": [Option(key, name, checked=key in chosen) for key, name in known.items()],
    }  # fmt: skip
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/authorising/list.html", context, current=CURRENT, status=status)


def _people(agency: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Leaders, who give, and the other posts of the agency, who may hold."""
    there = orgs.tree()
    own = [unit.id for unit in there if there.agency_of(unit.id).id == agency]
    leaders = {str(post.id) for post in orgs.positions(agency, "chair")}
    seats = [(option.value.partition(":")[2], option.label) for option in holders(own)]
    found = [(key, label) for key, label in seats if key]
    return [one for one in found if one[0] in leaders], [one for one in found if one[0] not in leaders]


def _checked(known: list[tuple[str, str]], chosen: str) -> list[Option]:
    return [Option(key, label, checked=key == chosen) for key, label in known]
