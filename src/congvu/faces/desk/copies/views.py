"""Bản sao: the book of copies, making a sao y, sao lục or trích sao, and one copy as its PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from congvu.common.zones import local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import CopySource, CopyView
from congvu.engines.signing import selectors as signatures
from congvu.engines.signing.types import ItemState
from congvu.faces.desk.copies import forms
from congvu.faces.desk.dossiers import files as stored_files
from congvu.faces.desk.held import typed
from congvu.faces.desk.posted import whole_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.signing.authentication import AGENCY, authentication
from congvu.faces.desk.signing.holding import Begun, begin
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
        return _make(request, actor, source)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _form(request, actor, source, forms.placed(refusal))


def _make(request: HttpRequest, actor: Actor, source: CopySource) -> HttpResponse:
    """A copy on paper is signed by hand and sealed when printed; an electronic one gets its number once the agency's
    key is open, the key seals it, and a job finishes it."""
    post = request.POST
    given, key = forms.read(request), post.get("key", "")
    if given.to != forms.ELECTRONIC or (given.form, given.to) not in {way[:2] for way in source.ways}:
        made = services.copy(actor, source.id, given, key=key)
        messages.success(request, _("Đã sao. Bản sao có số trong sổ bản sao."))
        return redirect("desk_copy", copy_id=made)
    made_here: list[UUID] = []

    def opening(certificate: int) -> UUID:
        made_here.append(services.copy(actor, source.id, given, certificate, key=key))
        return services.seal_copy(actor, certificate, made_here[0])

    try:
        begun = begin(request, AGENCY, opening)
    except Conflict:
        if not made_here:
            raise
        return redirect("desk_copy", copy_id=made_here[0])  # sent twice: its page says how far it is
    return _sealed(request, begun, made_here[0])


def _sealed(request: HttpRequest, begun: Begun, copy_id: UUID) -> HttpResponse:
    """The copy's page, with a word about a key that went away; or where its signing goes on."""
    if begun.outcome is None:
        return redirect(begun.page, batch_id=begun.batch)
    if begun.outcome.stopped:
        messages.warning(request, begun.outcome.stopped)
    else:
        messages.success(request, _("Đã sao. Bản sao có số trong sổ bản sao."))
    return redirect("desk_copy", copy_id=copy_id)


@require_POST
@staff_only
def seal(request: HttpRequest, copy_id: UUID) -> HttpResponseBase:
    """The agency's key for a copy whose seal did not come about; it keeps its number."""
    actor = actor_of(request)
    try:
        begun = begin(request, AGENCY, lambda certificate: services.seal_copy(actor, certificate, copy_id))
    except (Conflict, Invalid) as refusal:
        return _page(request, copy_id, refusal)
    return _sealed(request, begun, copy_id)


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
    """One copy with its PDF, and the copies made of it; while its seal is on its way, what became of that."""
    return _page(request, copy_id)


def _page(request: HttpRequest, copy_id: UUID, refusal: Refusal | None = None) -> HttpResponse:
    actor = actor_of(request)
    view = documents.copy_of(actor, copy_id)
    audit.viewed(actor, view.id)
    clerk = actor.has_role("registrar")
    context: dict[str, Any] = {
        "copy": view, "facts": _facts(view), "copies": documents.copies_of(actor, view.id), "refusal": refusal,
        "may_copy": clerk and view.form == "SY" and view.sealed, "source": _source(actor, view),
    }  # fmt: skip
    if not view.sealed:
        latest = signatures.latest([view.id]).get(view.id)
        held = latest is not None and latest.state is ItemState.HELD
        problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
        context |= {"held": held, "why": latest.reason if latest else ""}
        if clerk and not held:
            context |= {"auth": authentication(actor, AGENCY, request.POST, problems)}
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/copies/copy.html", context, current=CURRENT, status=status)


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
    view = documents.copy_of(actor_of(request), copy_id)
    if not view.sealed:
        raise NotFound(_("Bản sao chưa được đóng dấu."))
    response = stored_files.stored(request, view.content)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
