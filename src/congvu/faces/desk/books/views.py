"""Sổ văn bản: the shelf of all books, and one book on the screen, as a paper, as a sheet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from congvu.common.errors import Invalid
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import IssuerView
from congvu.engines.typeset.types import BOOKS
from congvu.faces.desk.books import papers
from congvu.faces.desk.books.shelves import SHELVES, Shelf, keeper, query, shelf, this_year
from congvu.faces.desk.discovery import waiting
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.ui.types import Option

CURRENT = "desk_books"
YEARS = 6


@require_GET
@staff_only
def shelves(request: HttpRequest) -> HttpResponseBase:
    """Every book of one issuer and year."""
    kept, found = keeper(actor_of(request), request.GET)
    now = this_year()
    year = next((back for back in range(now, now - YEARS, -1) if str(back) == request.GET.get("nam")), now)
    context = {
        "book": kept, "issuers": _options(found, kept), "year": year, "years": range(now, now - YEARS, -1),
        "shelves": SHELVES.items(), "query": urlencode({"co-quan": kept.key, "nam": str(year)}),
    }  # fmt: skip
    return page(request, "desk/books/shelves.html", context, current=CURRENT)


@require_GET
@staff_only
def book(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One book, page by page; with ``dang`` pdf or xlsx the part asked for as one volume, which is written down."""
    actor, asked, place = actor_of(request), request.GET, shelf(slug)
    kept, found = keeper(actor, asked)
    context: dict[str, Any] = {"book": kept, "issuers": _options(found, kept), "asked": asked}
    try:
        part = query(place.kind, kept, asked)
        if asked.get("dang") in papers.FORMS:
            rows = services.print_book(actor, part, form=asked["dang"])
            volume = asked.get("quyen", "").strip()[:10]
            return papers.sent(papers.register(kept, part, rows, volume), asked["dang"], f"so-{slug}-{part.year}")
        shown = documents.register_page(actor, part, after=asked.get("sau", ""))
    except Invalid as refusal:
        return _screen(request, slug, place, {**context, "refusal": refusal, "year": asked.get("nam", "")})
    if place.kind == "outgoing":
        known = documents.issuers_series(actor, kept.id, part.year)
        context["series"] = [Option(key, name, checked=key == part.series) for key, name in known]
    return _screen(request, slug, place, {**context, "shown": shown, "year": part.year})


def address(place: Shelf, row: documents.BookRow) -> str:
    """The page of the document a line is about, where its kind has one on this desk."""
    shown = waiting().get("doc_in" if place.kind in ("incoming", "follow_up") else "doc_out")
    return reverse(shown.address, args=[row.record]) if shown else ""


def _options(found: tuple[IssuerView, ...], kept: IssuerView) -> list[Option]:
    return [Option(one.key, one.name, checked=one.id == kept.id) for one in found]


def _screen(request: HttpRequest, slug: str, place: Shelf, context: dict[str, Any]) -> HttpResponse:
    asked = {key: str(value) for key, value in request.GET.items() if value and key not in ("dang", "sau", "quyen")}
    refusal, shown = context.get("refusal"), context.get("shown")
    parts = {
        **context,
        "slug": slug,
        "shelf": place,
        "columns": BOOKS[place.kind].columns,
        "basis": BOOKS[place.kind].basis,
        "rows": [(row, address(place, row)) for row in shown.rows] if shown else [],
        "query": urlencode(asked),
        "next_url": f"?{urlencode({**asked, 'sau': shown.next})}" if shown and shown.next else "",
        "first_url": f"?{urlencode(asked)}" if request.GET.get("sau") else "",
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/books/book.html", parts, current=CURRENT, status=status)
