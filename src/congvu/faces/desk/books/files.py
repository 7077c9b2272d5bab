"""Papers about work files: the files of a year, the documents in one file, danh mục hồ sơ, the minutes of a hand-over
(NĐ 30/2020 Phụ lục V), and the list of a disposal council (Luật Lưu trữ 33/2024/QH15)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.domains.documents import selectors as kept_documents
from congvu.domains.documents import services
from congvu.domains.workfiles import selectors as workfiles
from congvu.domains.workfiles.types import EntryView
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import BOOKS, RegisterBook
from congvu.faces.desk.books import papers
from congvu.faces.desk.books.shelves import this_year
from congvu.faces.desk.incoming.fields import figure
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.formats import table_date
from congvu.ground.ui.types import Option

CURRENT = "desk_workfiles"
WAYS = (
    (workfiles.By.HAND_OVER, gettext_lazy("Năm nộp lưu")),
    (workfiles.By.LIST, gettext_lazy("Năm của danh mục hồ sơ")),
)


@require_GET
@staff_only
def index(request: HttpRequest) -> HttpResponseBase:
    """Mục lục hồ sơ, tài liệu nộp lưu: the files handed over in a year, or those of a year's list, as far as the post
    may read them; the paper says which."""
    actor, asked = actor_of(request), request.GET
    by = workfiles.By.LIST if asked.get("theo") == workfiles.By.LIST.value else workfiles.By.HAND_OVER
    refusal = None
    try:
        year = _year(asked.get("nam", ""))
    except Invalid as found:
        year, refusal = this_year(), found
    rows = workfiles.index_of(actor, year=year, by=by)
    cells = [
        (
            str(n), row.notation, row.title, _period(row), row.retention, str(row.pages or ""),
            "Đã hủy" if row.destroyed else "Có phần giấy" if row.paper else "",
        )
        for n, row in enumerate(rows, start=1)
    ]  # fmt: skip
    made = workfiles.index_book(tuple(cells), agency=_agency(actor), year=year, by=by)
    if asked.get("dang") in papers.FORMS and not refusal:
        services.note_export(actor, "file_index", form=asked["dang"], rows=len(cells), year=year, by=by.value)
        return papers.sent(made, asked["dang"], f"muc-luc-ho-so-{by.value}-{year}")
    context = {
        "columns": BOOKS["file_index"].columns, "rows": cells, "year": year,
        "query": urlencode({"theo": by.value, "nam": year}),
        "ways": [Option(way.value, str(label), checked=way is by) for way, label in WAYS],
        "refusal": refusal, "problems": {p.field: p.message for p in refusal.problems} if refusal else {},
    }  # fmt: skip
    return page(request, "desk/books/files.html", context, current=CURRENT, status=refusal.status if refusal else 200)


def _year(text: str) -> int:
    """The year asked for, else this one. Raises Invalid for what is no year of this house."""
    year = figure(text, "nam") or this_year()
    if not 1945 <= year <= 2200:
        message = _("Ghi năm bốn chữ số, như 2026.")
        raise Invalid(message, problems=(Problem("nam", message, "range"),))
    return year


def _period(row: workfiles.IndexRow) -> str:
    until = table_date(row.ended_on) if row.ended_on else ""
    return " – ".join(part for part in (table_date(row.started_on), until) if part)


def _agency(actor: Actor) -> str:
    return orgs.agency_of(actor.unit_id).name if actor.unit_id is not None else ""


@require_GET
@staff_only
def documents(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """Mục lục văn bản, tài liệu trong hồ sơ: of one file, in the order they were put in."""
    actor, asked = actor_of(request), request.GET
    view = workfiles.file(actor, file_id)
    cells, first = [], 1
    for entry in view.entries:
        cells.append(_entry(entry, first))
        first += entry.described.pages
    made = RegisterBook(
        kind="file_documents", agency=_agency(actor), rows=tuple(cells),
        subtitle=(f"Hồ sơ số {view.row.code}", view.row.title),
    )  # fmt: skip
    if asked.get("dang") in papers.FORMS:
        services.note_export(actor, "file_documents", form=asked["dang"], rows=len(cells), file=str(file_id))
        return papers.sent(made, asked["dang"], "muc-luc-van-ban")
    context = {"columns": BOOKS["file_documents"].columns, "rows": cells, "file": view}
    return page(request, "desk/books/file.html", context, current=CURRENT)


def _entry(entry: EntryView, first: int) -> tuple[str, ...]:
    """One line; ``first`` is the page of the file on which the document begins."""
    one = entry.described
    last = first + one.pages - 1
    pages = "" if not one.pages else str(first) if last == first else f"{first}–{last}"
    return (
        str(entry.ordinal), one.code,
        table_date(one.issued_on) if one.issued_on else "",
        ": ".join(part for part in (one.type_name, one.subject) if part), one.organ_name, pages, one.description,
    )  # fmt: skip


@require_GET
@staff_only
def catalogue(request: HttpRequest, catalogue_id: int) -> HttpResponseBase:
    """Danh mục hồ sơ as a paper or a sheet."""
    view = workfiles.catalogue(actor_of(request), catalogue_id)
    made = workfiles.catalogue_book(view)
    return _taken(request, made, f"danh-muc-ho-so-{view.year}", view.total, catalogue=catalogue_id)


@require_GET
@staff_only
def disposal(request: HttpRequest, disposal_id: int) -> HttpResponseBase:
    """The list of a council as a paper or a sheet."""
    actor = actor_of(request)
    view = workfiles.disposal(actor, disposal_id)
    made = workfiles.disposal_book(view, _agency(actor))
    return _taken(request, made, "danh-muc-xet-huy", len(view.lines), disposal=disposal_id)


def _taken(request: HttpRequest, made: RegisterBook, name: str, rows: int, **narrowed: int) -> HttpResponseBase:
    """Sent as asked for, and written down."""
    form = request.GET.get("dang", "pdf")
    if form not in papers.FORMS:
        raise Http404
    services.note_export(actor_of(request), made.kind, form=form, rows=rows, **narrowed)
    return papers.sent(made, form, name)


@require_GET
@staff_only
def minutes(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """Biên bản giao nhận of a file the archive accepted."""
    actor = actor_of(request)
    view = workfiles.file(actor, file_id)
    agency = orgs.agency_of(view.row.unit_id)
    kept = kept_documents.main_issuer(agency.id)
    paper = workfiles.minutes(view, place=kept.place if kept else agency.short_name)
    services.note_export(actor, "hand_over", form="pdf", rows=1, file=str(file_id))
    return HttpResponse(typeset.set_hand_over(paper).pdf, content_type="application/pdf")
