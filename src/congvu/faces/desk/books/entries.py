"""Lines of two books that are written by hand: envelopes given to the post, stored copies lent and taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.common.zones import local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import IssuerView
from congvu.faces.desk.books.shelves import keeper
from congvu.faces.desk.books.views import CURRENT
from congvu.faces.desk.held import typed
from congvu.faces.desk.incoming.fields import day_of, figure
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.ui.formats import table_date


@require_http_methods(["GET", "POST"])
@staff_only
def post(request: HttpRequest) -> HttpResponseBase:
    """Gửi bưu điện: which document, to whom, how many envelopes."""
    actor = actor_of(request)
    kept, _found = keeper(actor, request.GET)
    if request.method == "GET":
        return _form(request, "post", kept, {"to": request.GET.get("noi-nhan", ""), "envelopes": "1"})
    given = request.POST
    try:
        document = _document(actor, kept, given.get("code", ""))
        envelopes = figure(given.get("envelopes", ""), "envelopes")
        services.post(actor, document, services.PostingInput(
            to=given.get("to", ""), envelopes=envelopes or 0, sent_on=_day(given.get("day", "")),
            tracking=given.get("tracking", ""), note=given.get("note", ""),
        ), key=given.get("key", ""))  # fmt: skip
    except Refusal as refusal:
        return _form(request, "post", kept, typed(request), _placed(refusal))
    messages.success(request, _("Đã ghi vào sổ gửi bưu điện."))
    return redirect(_back("gui-buu-dien", kept))


@require_http_methods(["GET", "POST"])
@staff_only
def lend(request: HttpRequest) -> HttpResponseBase:
    """Cho mượn bản lưu: which document, to whom, who allowed it."""
    actor = actor_of(request)
    kept, _found = keeper(actor, request.GET)
    if request.method == "GET":
        return _form(request, "lend", kept, {})
    given = request.POST
    try:
        document = _document(actor, kept, given.get("code", ""))
        services.lend(actor, document, services.LoanInput(
            borrower=given.get("borrower", ""), allowed_by=given.get("allowed_by", ""),
            lent_on=_day(given.get("day", "")), file_code=given.get("file_code", ""), note=given.get("note", ""),
        ))  # fmt: skip
    except Refusal as refusal:
        return _form(request, "lend", kept, typed(request), _placed(refusal))
    messages.success(request, _("Đã ghi vào sổ sử dụng bản lưu."))
    return redirect(_back("su-dung-ban-luu", kept))


@require_POST
@staff_only
def take_back(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """The stored copy came back today."""
    actor = actor_of(request)
    kept, _found = keeper(actor, request.GET)
    services.take_back(actor, document_id)
    messages.success(request, _("Đã nhận lại bản lưu."))
    return redirect(_back("su-dung-ban-luu", kept))


def _document(actor: Actor, kept: IssuerView, text: str) -> UUID:
    """The issued document of this book by its number and symbol as typed. Raises Invalid."""
    found = documents.issued_as(actor, kept.id, text)
    if found is None:
        message = _("Không thấy văn bản đã phát hành có số, ký hiệu này. Ghi đủ như 15/QĐ-UBND.")
        raise Invalid(message, problems=(Problem("code", message, "unknown"),))
    return found


def _day(text: str) -> Any:
    return day_of(text, "day") or local_date(timezone.now())


def _back(slug: str, kept: IssuerView) -> str:
    return f"{reverse('desk_books_book', args=[slug])}?{urlencode({'co-quan': kept.key})}"


def _placed(refusal: Refusal) -> Refusal:
    """The refusal with its problems where the fields stand in the form: both kinds of day are one field there."""
    days = ("sent_on", "lent_on")
    refusal.problems = tuple(replace(p, field="day") if p.field in days else p for p in refusal.problems)
    return refusal


def _form(
    request: HttpRequest, name: str, kept: IssuerView, values: dict[str, Any], refusal: Refusal | None = None
) -> HttpResponse:
    fields = {"code": request.GET.get("so", ""), "day": table_date(timezone.now()), **values}
    problems = {p.field: p.message for p in refusal.problems} if refusal else {}
    context = {
        "book": kept, "typed": fields, "refusal": refusal, "problems": problems,
        "key": request.POST.get("key") or uuid4().hex,
    }  # fmt: skip
    return page(request, f"desk/books/{name}.html", context, current=CURRENT, status=refusal.status if refusal else 200)
