"""Thống kê: figures over documents, files, agencies and certificates; each opens the list it counts."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import IssuerView
from congvu.domains.workfiles import selectors as workfiles
from congvu.engines.signing import selectors as signing
from congvu.faces.desk.books import papers
from congvu.faces.desk.discovery import waiting
from congvu.faces.desk.held import typed
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.statistics import tables
from congvu.faces.desk.statistics.periods import Period, period, query, whose
from congvu.faces.desk.statistics.tables import share
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

CURRENT = "desk_statistics"


@require_GET
@staff_only
def overview(request: HttpRequest) -> HttpResponseBase:
    """Every figure of a period: of the own agency by unit, kind and month, and of the agencies overseen."""
    actor = actor_of(request)
    kept, found = whose(actor, request.GET)
    refusal = None
    try:
        days = period(request.GET)
    except Invalid as wrong:
        days, refusal = period(request.GET.__class__("")), wrong
    context: dict[str, Any] = {
        "book": kept, "issuers": [Option(one.key, one.name, checked=one == kept) for one in found], "days": days,
        "asked": request.GET, "refusal": refusal, "labels": tables.LABELS,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
        "agencies": _agencies(actor, days), "certificates": _certificates(actor, days), "files": _files(actor, days),
    }  # fmt: skip
    if kept is not None:
        context |= _documents(actor, kept, days)
    return page(
        request, "desk/statistics/overview.html", context, current=CURRENT, status=refusal.status if refusal else 200
    )


def _documents(actor: Actor, kept: IssuerView, days: Period) -> dict[str, Any]:
    part = documents.StatQuery(kept.id, days.since, days.until)
    counted = documents.figures(actor, part)
    own = days.address(**{"co-quan": kept.key})
    done = counted["in_done_on_time"] + counted["in_done_late"]
    parts = [
        (_("Văn bản đến theo đơn vị chủ trì"), tables.IN, "don-vi", documents.by_unit(actor, part, "in")),
        (_("Văn bản đi theo đơn vị soạn thảo"), tables.OUT, "don-vi", documents.by_unit(actor, part, "out")),
        (_("Văn bản đến theo loại"), ("in",), "loai", documents.by_kind(actor, part, "in")),
        (_("Văn bản đi theo loại"), ("out",), "loai", documents.by_kind(actor, part, "out")),
    ]
    if days.since.year == days.until.year:
        parts += [
            (_("Văn bản đến theo tháng"), ("in",), "thang", documents.by_month(actor, part, "in")),
            (_("Văn bản đi theo tháng"), ("out",), "thang", documents.by_month(actor, part, "out")),
        ]
    return {
        "figures": [(key, counted[key], own) for key in tables.LABELS],
        "shares": [
            (_("Giải quyết đúng hạn"), share(counted["in_done_on_time"], done), "in_done_on_time", own),
            (_("Gửi điện tử, không giấy"), share(counted["out_electronic"], counted["out"]), "out_electronic", own),
            (_("Nhận điện tử, không giấy"), share(counted["in_electronic"], counted["in"]), "in_electronic", own),
        ],
        "tables": [
            (title, [tables.LABELS[name] for name in names], tables.table(rows, names, kept, days, by))
            for title, names, by, rows in parts
            if rows
        ],
        "stated": _stated(kept, days.year), "own": own, "may_state": actor.has_role("registrar"),
    }  # fmt: skip


def _stated(kept: IssuerView, year: int) -> list[tuple[str, object, object]]:
    known = documents.stated(kept.id, year)
    return [(key, label, known.get(key)) for key, label in documents.FIGURES.items()]


def _agencies(actor: Actor, days: Period) -> list[tuple[documents.AgencyRow, str]]:
    rows = documents.agencies(actor, since=days.since, until=days.until)
    return [(row, share(row.paperless, row.issued)) for row in rows]


def _files(actor: Actor, days: Period) -> list[tuple[Any, str, str, str]]:
    """Work files ended in the period: how many wholly on the network, each with the address of its list."""
    rows = workfiles.share(actor, since=days.since, until=days.until)
    return [
        (
            row, share(row.part, row.whole), days.address(**{"don-vi": row.unit_id, "mang": "1"}),
            days.address(**{"don-vi": row.unit_id}),
        )
        for row in rows
    ]  # fmt: skip


def _certificates(actor: Actor, days: Period) -> list[tuple[str, Any]]:
    if actor.unit_id is None:
        return []
    tree = orgs.tree()
    units = set(actor.unit_ids) | {tree.agency_of(actor.unit_id).id}
    rows = signing.counts(days.since, days.until, units=units)
    return [(view.name, row) for row in rows if (view := tree.get(row.unit_id)) is not None]


@require_GET
@staff_only
def behind(request: HttpRequest, figure: str) -> HttpResponseBase:
    """The documents a figure counts."""
    actor = actor_of(request)
    kept, _found = whose(actor, request.GET)
    if kept is None or figure not in tables.LABELS:
        raise Http404
    days = period(request.GET)
    part = query(kept, days, request.GET)
    found = documents.behind(actor, part, figure, after=request.GET.get("sau", ""))
    own = days.address(**{"co-quan": kept.key, "don-vi": part.unit, "loai": part.kind})
    context = {
        "book": kept, "days": days, "label": tables.LABELS[figure], "narrowed": _narrowed(part),
        "rows": [(row, _page_of(row)) for row in found.rows], "count": documents.figures(actor, part)[figure],
        "first_url": f"?{own}" if request.GET.get("sau") else "",
        "next_url": f"?{own}&sau={found.next}" if found.next else "", "own": days.address(**{"co-quan": kept.key}),
    }  # fmt: skip
    return page(request, "desk/statistics/behind.html", context, current=CURRENT)


def _narrowed(part: documents.StatQuery) -> str:
    unit = orgs.tree().get(part.unit) if part.unit else None
    return ", ".join(words for words in (unit.name if unit else "", part.kind) if words)


def _page_of(row: documents.CountedRow) -> str:
    shown = waiting().get(row.kind)
    return reverse(shown.address, args=[row.id]) if shown else ""


@require_GET
@staff_only
def report(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """Báo cáo giải quyết văn bản đến, đi: as ``pdf`` or ``xlsx``; that it was taken along is written down."""
    actor = actor_of(request)
    kept, _found = whose(actor, request.GET)
    if kept is None or name not in tables.PRINTED or form not in papers.FORMS:
        raise Http404
    days = period(request.GET)
    made = tables.report(actor, name, kept, days)
    services.note_export(
        actor, f"report_{name}", form=form, rows=len(made.rows), since=days.since.isoformat(),
        until=days.until.isoformat(),
    )  # fmt: skip
    return papers.sent(made, form, f"bao-cao-van-ban-{name}")


@require_http_methods(["GET", "POST"])
@staff_only
def state(request: HttpRequest) -> HttpResponseBase:
    """Figures that no record counts: staff, visits, metres of shelf, of one year."""
    actor = actor_of(request)
    kept, _found = whose(actor, request.GET)
    if kept is None:
        raise Http404
    year = period(request.GET).year
    if request.method == "GET":
        return _form(request, kept, year, None)
    try:
        services.state_figures(actor, kept.id, year, _values(request))
    except Refusal as refusal:
        return _form(request, kept, year, refusal)
    messages.success(request, _("Đã ghi số liệu năm %(year)s.") % {"year": year})
    return redirect(f"{reverse('desk_statistics')}?nam={year}")


def _values(request: HttpRequest) -> dict[str, Decimal]:
    """What was typed, a comma or a point before the decimals. Raises Invalid naming each field."""
    found: dict[str, Decimal] = {}
    problems = []
    for key in documents.FIGURES:
        text = request.POST.get(key, "").strip().replace(",", ".")
        try:
            value = Decimal(text) if text else None
            if value is not None and not value.is_finite():
                raise InvalidOperation
        except InvalidOperation:
            problems.append(Problem(key, _("Ghi số từ 0 trở lên, như 12 hoặc 12,5."), "number"))
            continue
        if value is not None:
            found[key] = round(value, 2)
    if problems:
        raise Invalid(problems[0].message, problems=tuple(problems))
    return found


def _form(request: HttpRequest, kept: IssuerView, year: int, refusal: Refusal | None) -> HttpResponse:
    given = typed(request)
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    fields = [
        (key, label, given.get(key, "" if value is None else str(value).replace(".", ",")), problems.get(key, ""))
        for key, label, value in _stated(kept, year)
    ]
    context = {"book": kept, "year": year, "fields": fields, "refusal": refusal}
    return page(
        request, "desk/statistics/state.html", context, current=CURRENT, status=refusal.status if refusal else 200
    )
