"""Tra cứu: documents by every field, by number, by the words of their files; kept searches; exports."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congvu.common.errors import Invalid, Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.dossiers import selectors as dossiers
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Column, RegisterBook
from congvu.faces.desk.discovery import waiting
from congvu.faces.desk.finding.columns import COLUMNS, chosen
from congvu.faces.desk.finding.fields import ASKS, ORDERS, SCOPES, form_of, read, units_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

CURRENT = "desk_search"
# What makes the question of an address: what is kept of a search.
KEPT = ("q", "noi-dung", "loai-vb", "xep", "cot", *ASKS)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {
    "docx": (typeset.register_word, WORD), "xlsx": (typeset.register_sheet, SHEET),
    "pdf": (typeset.set_register, "application/pdf"),
}  # fmt: skip
DOSSIERS = 5


@require_GET
@staff_only
def find(request: HttpRequest) -> HttpResponseBase:
    """The form and what it found; on top dossiers that answer the same words."""
    actor, asked = actor_of(request), request.GET
    units = units_of(actor)
    refusal, found, query = None, None, None
    try:
        query = read(asked, units)
        found = documents.find(actor, query, after=asked.get("sau", "")) if query.asks else None
    except Invalid as wrong:
        refusal = wrong
    shown = chosen(asked.getlist("cot"))
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    kept = _kept(asked)
    context: dict[str, Any] = {
        "asked": asked, "refusal": refusal, "problems": problems, "groups": form_of(asked, units, problems),
        "scopes": _options(SCOPES, asked.get("loai-vb", "")), "orders": _options(ORDERS, asked.get("xep", "newest")),
        "columns": [(name, column.label, name in shown) for name, column in COLUMNS.items()],
        "heads": [COLUMNS[name].label for name in shown], "found": found, "kept": kept.urlencode(),
        "more": any(asked.get(name) for name in ASKS), "saved": documents.searches(actor), "query": query,
        "rows": [(row, _page_of(row), _cells(row, shown)) for row in found.rows] if found else [],
        "next_url": f"?{kept.urlencode()}&sau={found.next}" if found and found.next else "",
        "first_url": f"?{kept.urlencode()}" if asked.get("sau") else "",
        "dossiers": _dossiers(request, query) if query and not asked.get("sau") else [],
    }  # fmt: skip
    return page(request, "desk/finding/find.html", context, current=CURRENT, status=refusal.status if refusal else 200)


def _cells(row: documents.FoundRow, shown: tuple[str, ...]) -> list[str]:
    return [COLUMNS[name].says(row) for name in shown]


def _kept(asked: QueryDict) -> QueryDict:
    """What was asked, without where the page stood."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        values = [value[:200] for value in asked.getlist(name) if value]
        if values:
            kept.setlist(name, values)
    return kept


def _options(choices: Any, current: str) -> list[Option]:
    return [Option(key, str(label), checked=key == current) for key, label in choices.items()]


def _page_of(row: documents.FoundRow) -> str:
    shown = waiting().get(row.kind)
    return reverse(shown.address, args=[row.id]) if shown else ""


def _dossiers(request: HttpRequest, query: documents.FindQuery) -> list[Any]:
    """Dossiers of the one-stop shop that answer the same words, where nothing but words was asked."""
    if len(query.text) < 2 or query.content or query.fields or query.scope:
        return []
    return list(dossiers.dossiers(actor_of(request), dossiers.Query(text=query.text)).rows[:DOSSIERS])


@require_GET
@staff_only
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """What was found, in the chosen columns and order, as ``docx``, ``xlsx`` or ``pdf``; it is written down."""
    if form not in FORMS:
        raise Http404
    actor, asked = actor_of(request), request.GET
    query = read(asked, units_of(actor))
    shown = chosen(asked.getlist("cot"))
    rows = documents.found_at_once(actor, query) if query.asks else ()
    services.note_export(actor, "search", form=form, rows=len(rows), query=_kept(asked).urlencode()[:1000])
    make, media = FORMS[form]
    agency = orgs.agency_of(actor.unit_id).name if actor.unit_id is not None else ""
    book = RegisterBook(
        kind="report", agency=agency, title=_("Kết quả tra cứu văn bản"),
        columns=tuple(Column(str(COLUMNS[name].label), COLUMNS[name].share) for name in shown),
        rows=tuple(tuple(_cells(row, shown)) for row in rows),
    )  # fmt: skip
    way = "inline" if form == "pdf" else "attachment"
    return HttpResponse(
        make(book), content_type=media, headers={"Content-Disposition": f'{way}; filename="tra-cuu.{form}"'}
    )


@require_POST
@staff_only
def save(request: HttpRequest) -> HttpResponseBase:
    """Keep the search under a name."""
    query = _kept(QueryDict(request.POST.get("query", "")[:4000])).urlencode()
    try:
        services.save_search(actor_of(request), request.POST.get("name", ""), query)
        messages.success(request, _("Đã lưu điều kiện tìm."))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(f"{reverse('desk_search')}?{query}")


@require_POST
@staff_only
def drop(request: HttpRequest, search: int) -> HttpResponseBase:
    """Drop a kept search."""
    services.drop_search(actor_of(request), search)
    messages.success(request, _("Đã bỏ điều kiện tìm."))
    return redirect("desk_search")
