"""Tham số: the dated figures the program's rules read, and a new value from a day on."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congvu.common.errors import Invalid, Refusal
from congvu.common.zones import local_date, utc_now
from congvu.faces.desk.admin.frame import admin_only, admin_page, typed_day
from congvu.faces.desk.shell import actor_of
from congvu.ground.law import selectors as law
from congvu.ground.law import services
from congvu.ground.law.types import FigureRow, FigureView
from congvu.ground.worktime.types import Budget

CURRENT = "desk_admin_figures"


@dataclass(frozen=True, slots=True)
class Shown:
    """A dated value with its words: ``3 ngày làm việc`` beside ``3wd``."""

    row: FigureRow
    words: str


@require_GET
@admin_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """Every figure: value in force, since when, by which text, compared or not, and the values before and after."""
    return _list(request, request.GET.get("dat", ""))


@require_POST
@admin_only
def set_figure(request: HttpRequest, key: str) -> HttpResponseBase:
    """A new value from a day on; refused, its form comes back open with what was typed."""
    typed = request.POST
    try:
        services.set_figure(
            actor_of(request), key, value=typed.get("value", ""), valid_from=typed_day(typed, "valid_from"),
            legal_basis=typed.get("legal_basis", ""),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _list(request, key, refusal)
    messages.success(request, _("Đã đặt giá trị mới. Giá trị này chưa đối chiếu cho đến khi có người ghi nhận."))
    return redirect(f"{reverse(CURRENT)}#{key}")


def _list(request: HttpRequest, open_key: str, refusal: Refusal | None = None) -> HttpResponse:
    views = law.figures(local_date(utc_now()))
    context = {
        "figures": [(view, _shown(view), view.key == open_key) for view in views if view.legal],
        "conventions": [(view, _shown(view), view.key == open_key) for view in views if not view.legal],
        "open_key": open_key, "typed": request.POST,
    }  # fmt: skip
    return admin_page(request, "figures", context, current=CURRENT, refusal=refusal)


def _shown(view: FigureView) -> list[Shown]:
    return [Shown(row, _words(row.value)) for row in view.rows]


def _words(value: str) -> str:
    """A time limit as people say it; any other value as it stands."""
    try:
        return Budget.parse(value).words
    except Invalid:
        return value
