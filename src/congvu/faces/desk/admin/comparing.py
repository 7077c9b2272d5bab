"""Chưa đối chiếu: what nobody has compared with its text, room by room, and the two acts that change that."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congvu.common.errors import Refusal
from congvu.common.zones import local_date, utc_now
from congvu.engines.forms import selectors as forms
from congvu.engines.forms.types import FormDef
from congvu.faces.desk.admin.frame import admin_only, admin_page, back_to
from congvu.faces.desk.shell import actor_of
from congvu.ground.law import selectors as law
from congvu.ground.law import services
from congvu.ground.law.types import ItemView, Kind

PAGE = 40
CURRENT = "desk_admin_comparing"
# The order of the tabs; a kind a new room registers comes after them.
ORDER = ("form", "figure", "procedure", "calendar", "section")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the list shows: a kind, one part of it, those compared or those not, from a key on."""

    kind: str
    part: str = ""
    done: bool = False
    after: str = ""


@require_GET
@admin_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """The statements of one kind that still have to be compared, or those that have been."""
    return _list(request, _choice(request.GET.get("loai", "")))


def _choice(kind: str) -> Choice:
    return Choice(kind if kind in {known.key for known in law.kinds()} else ORDER[0])


@require_POST
@admin_only
def compare(request: HttpRequest) -> HttpResponseBase:
    """Record one comparison; refused, the list comes back with what was typed."""
    kind, key = request.POST.get("loai", ""), request.POST.get("muc", "")
    try:
        services.compare(actor_of(request), kind, key, against=request.POST.get("against", ""))
    except Refusal as refusal:
        return _refused(request, kind, refusal)
    messages.success(request, _("Đã ghi nhận đối chiếu."))
    return redirect(back_to(request, reverse(CURRENT)))


@require_POST
@admin_only
def withdraw(request: HttpRequest) -> HttpResponseBase:
    """Take one comparison back."""
    kind, key = request.POST.get("loai", ""), request.POST.get("muc", "")
    try:
        services.withdraw(actor_of(request), kind, key, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        return _refused(request, kind, refusal)
    messages.success(request, _("Đã rút ghi nhận đối chiếu, mục này lại là chưa đối chiếu."))
    return redirect(back_to(request, reverse(CURRENT)))


def _refused(request: HttpRequest, kind: str, refusal: Refusal) -> HttpResponse:
    if refusal.status == 404:
        raise refusal
    return _list(request, _choice(kind), refusal)


def _list(request: HttpRequest, choice: Choice, refusal: Refusal | None = None) -> HttpResponse:
    told = request.POST if request.method == "POST" else request.GET
    part, done, after = told.get("phan", ""), told.get("loc", "") == "da", told.get("sau", "")
    everything = {kind.key: law.items(kind.key) for kind in _kinds()}
    of_kind = everything[choice.kind]
    listed = [view for view in of_kind if (view.compared is not None) is done and part in ("", view.item.part)]
    start = next((n for n, view in enumerate(listed, 1) if view.item.key == after), 0)
    shown, rest = listed[start : start + PAGE], listed[start + PAGE :]
    context = {
        "kinds": [(k.key, k.label, _open(everything[k.key]), k.key == choice.kind) for k in _kinds()],
        "kind": choice.kind, "part": part, "done": done, "after": after,
        "next": shown[-1].item.key if rest else "", "left": len(rest),
        "open": _open(of_kind), "closed": len(of_kind) - _open(of_kind),
        "groups": [(where, list(rows)) for where, rows in groupby(enumerate(shown, 1), lambda row: row[1].item.where)],
        "form": _form(choice.kind, part), "failed": request.POST.get("muc", "") if refusal else "",
        "typed": request.POST,
    }  # fmt: skip
    return admin_page(request, "comparing", context, current=CURRENT, refusal=refusal)


def _kinds() -> list[Kind]:
    place = {key: number for number, key in enumerate(ORDER)}
    return sorted(law.kinds(), key=lambda kind: place.get(kind.key, len(place)))


def _open(views: tuple[ItemView, ...]) -> int:
    return sum(view.compared is None for view in views)


def _form(kind: str, part: str) -> FormDef | None:
    """The form whose marks are shown, for the lines above them."""
    return forms.form(part, on=local_date(utc_now())) if kind == "form" and part else None
