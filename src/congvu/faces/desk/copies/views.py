"""Bản sao: the book of copies, making a sao y, sao lục or trích sao, and one copy as its PDF."""

from __future__ import annotations

from uuid import UUID, uuid4

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Refusal
from congvu.common.zones import local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import CopySource, CopyView
from congvu.faces.desk.copies import forms
from congvu.faces.desk.dossiers import files as stored_files
from congvu.faces.desk.held import typed
from congvu.faces.desk.posted import whole_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.signing.authentication import AGENCY, opened
from congvu.ground.audit import services as audit
from congvu.ground.ui.formats import table_date
from congvu.ground.ui.types import SummaryRow

CURRENT = "desk_copies"
PAGES = {"doc_in": "desk_incoming_document", "doc_out": "desk_outgoing_document", "doc_copy": "desk_copy"}


@require_GET
@staff_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """The book of copies of a year, in order of numbers."""
    actor = actor_of(request)
    _require_clerk(actor)
    today = local_date(timezone.now()).year
    year = whole_of(request.GET.get("nam", "")) or today
    kept = documents.book_of(actor)
    rows = documents.copy_book(actor, kept.id, year=min(year, 9999))
    return page(
        request, "desk/copies/list.html", {"rows": rows, "year": year, "years": (today - 1, today), "kept": kept},
        current=CURRENT,
    )  # fmt: skip


def _require_clerk(actor: Actor) -> None:
    if not actor.has_role("registrar"):
        raise Forbidden(_("Chỉ văn thư cơ quan được làm việc này."))


@require_http_methods(["GET", "POST"])
@staff_only
def new(request: HttpRequest, source_id: UUID) -> HttpResponseBase:
    """The form of a copy; refused, it comes back with what was typed."""
    actor = actor_of(request)
    _require_clerk(actor)
    source = documents.copy_source(actor, source_id)
    if request.method == "GET":
        return _form(request, actor, source)
    try:
        made = _make(request, actor, source)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _form(request, actor, source, forms.placed(refusal))
    messages.success(request, _("Đã sao. Bản sao có số trong sổ bản sao."))
    return redirect(reverse("desk_copy", args=[made]))


def _make(request: HttpRequest, actor: Actor, source: CopySource) -> UUID:
    """An electronic copy opens the agency's key; a copy on paper is signed by hand and sealed when printed."""
    post = request.POST
    given, key = forms.read(request), post.get("key", "")
    if given.to != forms.ELECTRONIC:
        return services.copy(actor, source.id, given, key=key)
    if (given.form, given.to) not in {way[:2] for way in source.ways}:
        return services.copy(actor, source.id, given, key=key)
    with opened(actor, post, AGENCY) as credential:
        return services.copy(actor, source.id, given, credential, key=key)


def _form(
    request: HttpRequest, actor: Actor, source: CopySource, refusal: Refusal | None = None
) -> HttpResponse:  # fmt: skip
    fields = typed(request)
    parts = {
        **forms.context(request, actor, source, fields, refusal),
        "refusal": refusal, "key": fields.get("key") or uuid4().hex,
        "back": reverse(PAGES[source.kind], args=[source.id]),
    }  # fmt: skip
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/copies/new.html", parts, current=CURRENT, status=status)


@require_GET
@staff_only
def copy(request: HttpRequest, copy_id: UUID) -> HttpResponseBase:
    """One copy with its PDF, and the copies made of it."""
    actor = actor_of(request)
    view = documents.copy_of(actor, copy_id)
    audit.viewed(actor, view.id)
    context = {
        "copy": view, "facts": _facts(view), "copies": documents.copies_of(actor, view.id),
        "may_copy": actor.has_role("registrar") and view.form == "SY", "source": _source(actor, view),
    }  # fmt: skip
    return page(request, "desk/copies/copy.html", context, current=CURRENT)


def _source(actor: Actor, view: CopyView) -> tuple[str, str]:
    """What it was made of: code and page."""
    found = documents.copy_source(actor, view.source)
    return found.code, reverse(PAGES[found.kind], args=[found.id])


def _facts(view: CopyView) -> list[SummaryRow]:
    facts = [
        SummaryRow(_("Số, ký hiệu bản sao"), view.code, table_date(view.made_on)),
        SummaryRow(_("Hình thức sao"), view.form_label),
        SummaryRow(_("Loại bản sao"), view.medium_label),
        SummaryRow(_("Người sao"), view.made_by),
    ]
    if view.signer:
        facts.append(SummaryRow(_("Người ký"), view.signer))
    if view.recipients:
        facts.append(SummaryRow(_("Nơi nhận"), "\n".join(view.recipients)))
    return [*facts, SummaryRow(_("Số trang"), str(view.pages))]


@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]  # it knows views of one argument only
@require_GET
@staff_only
def framed(request: HttpRequest, copy_id: UUID) -> HttpResponseBase:
    """The copy's PDF, for the viewer of its own page. Raises NotFound."""
    response = stored_files.stored(request, documents.copy_of(actor_of(request), copy_id).content)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
