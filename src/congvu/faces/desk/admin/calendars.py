"""Lịch làm việc: a year at a glance, each day's reason and text, and a day's rule set or removed after a preview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from congvu.common.digest import fingerprint
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.common.zones import local_date, utc_now
from congvu.engines.deadlines import selectors as deadlines
from congvu.faces.desk.admin.frame import admin_only, admin_page, boxes, typed_day
from congvu.faces.desk.admin.year import YEARS, year_of
from congvu.faces.desk.shell import actor_of
from congvu.ground.law import selectors as law
from congvu.ground.ui.types import Option
from congvu.ground.worktime import selectors as worktime
from congvu.ground.worktime import services
from congvu.ground.worktime.types import Calendar, Cause, DayKind, DayRule

CURRENT = "desk_admin_calendars"
KINDS = {
    DayKind.OFF: gettext_lazy("Nghỉ"),
    DayKind.WORK: gettext_lazy("Làm việc"),
    DayKind.HALF: gettext_lazy("Làm nửa ngày"),
}
CAUSES = {
    Cause.HOLIDAY: gettext_lazy("Nghỉ lễ, tết"),
    Cause.COMPENSATION: gettext_lazy("Nghỉ bù"),
    Cause.SWAP: gettext_lazy("Hoán đổi ngày làm việc"),
    Cause.LOCAL: gettext_lazy("Quyết định của địa phương"),
}
HALVES = {"": gettext_lazy("Cả ngày"), "morning": gettext_lazy("Buổi sáng"), "afternoon": gettext_lazy("Buổi chiều")}


@dataclass(frozen=True, slots=True)
class Preview:
    """What saving would do: how many open dossiers get another time; ``more`` tells that only some were looked at."""

    moved: int
    more: bool
    seen: str


@require_GET
@admin_only
def calendars(_request: HttpRequest) -> HttpResponseBase:
    """The national calendar is the one most offices follow."""
    return redirect(reverse("desk_admin_calendar", args=[worktime.NATIONAL]))


@require_http_methods(["GET", "POST"])
@admin_only
def calendar(request: HttpRequest, key: str) -> HttpResponseBase:
    """One year of one calendar; a POST previews a day's rule, and saves it when the preview has been seen."""
    if request.method == "GET":
        return _page(request, key, _form_of(worktime.calendar(key), _iso(request.GET.get("ngay", ""))))
    remove = request.POST.get("lam", "").startswith("bo")
    try:
        return _act(request, key, remove=remove)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _page(request, key, request.POST, refusal=refusal)


def _act(request: HttpRequest, key: str, *, remove: bool) -> HttpResponseBase:
    typed, day = request.POST, _day(request.POST)
    preview = _preview(key, day, None if remove else _rule(typed, day), typed)
    if typed.get("lam") not in ("luu", "bo-luu") or typed.get("seen") != preview.seen:
        return _page(request, key, typed, preview=preview)
    actor = actor_of(request)
    if remove:
        services.remove_day_rule(actor, key, day=day, reason=typed.get("reason", ""))
    else:
        rule = _rule(typed, day)
        services.set_day_rule(
            actor, key, day=day, kind=rule.kind, cause=rule.cause, name=rule.name, legal_basis=rule.basis,
            instead_of=rule.instead_of, worked=rule.worked, provisional=rule.provisional,
        )  # fmt: skip
    messages.success(request, _("Đã lưu. Hạn của %(n)s hồ sơ đang giải quyết được tính lại.") % {"n": preview.moved})
    return redirect(f"{reverse('desk_admin_calendar', args=[key])}?nam={day.year}")


def _preview(key: str, day: date, rule: DayRule | None, typed: QueryDict) -> Preview:
    moved, more = deadlines.would_move(worktime.supposing(key, day, rule), day, day)
    return Preview(moved, more, fingerprint(key, str(day), repr(rule), typed.get("reason", "")))


def _day(typed: QueryDict) -> date:
    day = typed_day(typed, "day")
    if day is None or day.year not in YEARS:
        words = _("Ghi ngày từ năm %(first)s đến năm %(last)s.") % {"first": YEARS[0], "last": YEARS[-1]}
        raise Invalid(_("Chưa sửa được lịch làm việc."), problems=(Problem("day", words),))
    return day


def _rule(typed: QueryDict, day: date) -> DayRule:
    """The rule as it was typed. Kind and cause come from lists; the act judges everything else."""
    kind, cause = typed.get("kind", ""), typed.get("cause", "")
    wrong = [
        Problem(name, _("Chọn một giá trị trong danh sách."))
        for name, value, known in (("kind", kind, tuple(DayKind)), ("cause", cause, tuple(Cause)))
        if value not in known
    ]
    if wrong:
        raise Invalid(_("Chưa sửa được lịch làm việc."), problems=tuple(wrong))
    return DayRule(
        day, DayKind(kind), Cause(cause), typed.get("name", "").strip(), typed.get("legal_basis", "").strip(),
        typed_day(typed, "instead_of"), typed.get("worked", ""), "provisional" in typed, verified=False,
    )  # fmt: skip


def _form_of(value: Calendar, day: date | None) -> QueryDict:
    """The form for a day: its rule if it has one."""
    form = QueryDict(mutable=True)
    if day is None:
        return form
    rule = value.rules.get(day)
    form.update(boxes("day", day))
    if rule is not None:
        form.update({
            "kind": rule.kind, "cause": rule.cause, "name": rule.name, "legal_basis": rule.basis, "worked": rule.worked,
            **boxes("instead_of", rule.instead_of), **({"provisional": "1"} if rule.provisional else {}),
        })  # fmt: skip
    return form


def _page(
    request: HttpRequest, key: str, typed: QueryDict, *, refusal: Refusal | None = None, preview: Preview | None = None
) -> HttpResponse:
    value, day = worktime.calendar(key), typed_day(typed, "day")
    year = _year(request, day)
    rows = worktime.day_rows(key, year)
    context: dict[str, Any] = {
        "key": key, "name": value.name, "year": year, "state": str(value.state_of(year)),
        "years": [(n, str(value.state_of(n)), n == year) for n in YEARS],
        "calendars": [(k, name, k == key) for k, name in worktime.catalogue()],
        "months": year_of(value, rows, year), "rows": rows, "typed": typed, "preview": preview,
        "day": day, "known": value.rules.get(day) if day else None,
        "own": any(row.own for row in rows if row.rule.day == day),
        "checked": {view.item.basis for view in law.items("calendar", part=str(year)) if view.compared},
        "removing": typed.get("lam", "").startswith("bo"),
        "kinds": [Option(k, str(label), checked=typed.get("kind") == k) for k, label in KINDS.items()],
        "causes": [Option(k, str(label), checked=typed.get("cause") == k) for k, label in CAUSES.items()],
        "halves": [Option(k, str(label), checked=typed.get("worked", "") == k) for k, label in HALVES.items()],
    }  # fmt: skip
    return admin_page(request, "calendar", context, current=CURRENT, refusal=refusal)


def _year(request: HttpRequest, day: date | None) -> int:
    text = request.GET.get("nam", "")
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    wanted = day.year if day else asked or local_date(utc_now()).year
    return min(max(wanted, YEARS[0]), YEARS[-1])


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
