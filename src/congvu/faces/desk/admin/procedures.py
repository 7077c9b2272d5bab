"""Thủ tục: what runs and what does not and why; and on a page of its own, what an administrator may set."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congvu.common.errors import NotFound, Refusal
from congvu.common.zones import local_date, utc_now
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures import services
from congvu.domains.procedures.types import ProcedureView
from congvu.faces.desk.admin import steps, words
from congvu.faces.desk.admin.frame import admin_only, admin_page, number
from congvu.faces.desk.shell import actor_of
from congvu.ground.law import selectors as law
from congvu.ground.worktime.types import Budget

CURRENT = "desk_admin_procedures"


@require_GET
@admin_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """All procedures in force by name, by what runs them; two statements besides the frame."""
    state, text, after = request.GET.get("loc", ""), request.GET.get("q", "").strip(), request.GET.get("sau", "")
    counts = procedures.admin_counts()
    context = {
        "found": procedures.admin_page(state=state, text=text, after=after),
        "tabs": [(key, label, counts[key or "all"], key == state) for key, label in words.STATES.items()],
        "state": state, "q": text, "first": bool(after), "level_names": words.LEVEL_NAMES,
    }  # fmt: skip
    return admin_page(request, "procedures", context, current=CURRENT)


@require_GET
@admin_only
def procedure(request: HttpRequest, code: str) -> HttpResponseBase:
    """One procedure: why it does not run, its limit, levels, process and versions, each with its form."""
    return _page(request, code)


def _page(
    request: HttpRequest, code: str, *, refusal: Refusal | None = None, rows: list[steps.Row] | None = None,
    lines: list[tuple[str, str]] | None = None,
) -> HttpResponse:  # fmt: skip
    history = procedures.versions(code)
    view = next((version for version in history if version.valid_to is None), None)
    if view is None:
        raise NotFound(_("Không có thủ tục này trong danh mục."))
    shown = rows if rows is not None else steps.rows_of(view)
    context = {
        "view": view, "history": history, "origin": words.ORIGINS[view.steps_origin],
        "origins": words.ORIGINS, "rows": shown, "row_count": len(shown), "lines": lines or [],
        "hours": sum((step.hours or Decimal(0) for step in view.steps), Decimal(0)).normalize() + 0,
        "published": any(version.steps_origin == "own" for version in history),
        "items": law.items("procedure", part=code), "typed": request.POST, **_time(request, view),
        "levels": words.levels(request.POST.getlist("levels") or view.levels),
        "level_names": [str(words.LEVEL_NAMES.get(level, level)) for level in view.levels],
    }  # fmt: skip
    return admin_page(request, "procedure", context, current=CURRENT, refusal=refusal)


def _time(request: HttpRequest, view: ProcedureView) -> dict[str, Any]:
    """The limit as the form holds it: number and unit."""
    budget = Budget.parse(view.budget) if view.budget else None
    value = f"{budget.value.normalize():f}".replace(".", ",") if budget and budget.unit != "sd" else ""
    unit = str(budget.unit) if budget else ""
    return {
        "time_value": request.POST.get("value", value),
        "time_units": words.units(request.POST.get("unit", unit)),
    }


@require_POST
@admin_only
def change(request: HttpRequest, code: str, what: str) -> HttpResponseBase:
    """One of the settings; each makes a new version dated today, or says field by field why not."""
    if what == "cac-buoc":
        return _set_steps(request, code)
    try:
        _SETTINGS[what](request, code)
    except KeyError:
        raise NotFound(_("Không có thiết lập này.")) from None
    except Refusal as refusal:
        return _refused(request, code, refusal)
    return _done(request, code)


def _done(request: HttpRequest, code: str) -> HttpResponseBase:
    today = local_date(utc_now())
    messages.success(request, _("Đã ban hành phiên bản mới, áp dụng từ %(day)s.") % {"day": f"{today:%d/%m/%Y}"})
    return redirect(reverse("desk_admin_procedure", args=[code]))


def _refused(request: HttpRequest, code: str, refusal: Refusal, **more: Any) -> HttpResponse:
    if refusal.status in (403, 404):
        raise refusal
    return _page(request, code, refusal=refusal, **more)


def _seen(request: HttpRequest) -> int | None:
    return number(request.POST.get("seen", "")) or 0


def _set_time(request: HttpRequest, code: str) -> None:
    unit = request.POST.get("unit", "")
    value = request.POST.get("value", "").strip().replace(",", ".")
    budget = "sd" if unit == "sd" else f"{value}{unit}"
    services.set_time(actor_of(request), code, budget, request.POST.get("basis", ""), seen=_seen(request))


def _set_levels(request: HttpRequest, code: str) -> None:
    services.set_levels(
        actor_of(request), code, request.POST.getlist("levels"), request.POST.get("basis", ""), seen=_seen(request)
    )


def _choose(request: HttpRequest, code: str) -> None:
    services.choose_process(actor_of(request), code, request.POST.get("process", ""), seen=_seen(request))


_SETTINGS = {"thoi-han": _set_time, "cap": _set_levels, "quy-trinh": _choose}


def _set_steps(request: HttpRequest, code: str) -> HttpResponseBase:
    """The whole table at once; "one more row" gives the page back with an empty row, nothing is kept yet."""
    typed = steps.typed_rows(request.POST)
    if "them" in request.POST:
        return _page(request, code, rows=[*typed, steps.Row(len(typed) + 1, str(len(typed) + 1))])
    stood = steps.kept(typed)
    try:
        services.set_steps(actor_of(request), code, steps.steps(stood), seen=_seen(request))
    except Refusal as refusal:
        rows, lines = steps.with_errors(typed, stood, refusal.problems)
        return _refused(request, code, refusal, rows=rows, lines=lines)
    return _done(request, code)
