"""One dossier: what the short link shows to anybody, and the whole of it to the signed-in applicant."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as filing
from congvu.domains.dossiers.types import DossierView
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.deadlines.types import ClockKind
from congvu.engines.workflow import selectors as work
from congvu.faces.portal import status, words
from congvu.faces.portal.people import citizen, sign_in_url, signed_in
from congvu.faces.portal.shell import page
from congvu.ground.files import selectors as filed
from congvu.ground.files import services as files
from congvu.ground.files.types import FileInfo, Purpose

RATEABLE = ("finished", "returned", "refused")


@require_safe
def track(request: HttpRequest, token: str) -> HttpResponse:
    """Audience public: procedure, step, dates, no name. The applicant, signed in, sees the dossier whole."""
    actor = citizen(request)
    view = dossiers.dossier_by_token(actor, token) if actor else None
    response = _whole(request, actor, view) if actor and view else _public(request, token)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _public(request: HttpRequest, token: str) -> HttpResponse:
    view = dossiers.public_view(token)
    context = {
        "view": view,
        "title": words.title(view.procedure_name),
        "status": status.public_status(view),
        "sign_in_url": sign_in_url(request.path),
    }
    return page(request, "track_public", context)


def _whole(request: HttpRequest, actor: Actor, view: DossierView) -> HttpResponse:
    papers = _papers(view)
    found = filed.visible_files(actor, view.id)
    asked = status.open_supplement(view)
    context = {
        "view": view,
        "title": words.dossier_title(view.title, view.applicant.full_name),
        "status": status.full_status(view),
        "steps": status.track(view, work.path(view.id)),
        "supplement": asked,
        "until": status.when(asked.answer_by) if asked else "",
        "entries": status.timeline(view, papers),
        "sent_files": [file for file in found if file.purpose != Purpose.RESULT and file.current],
        "results": _results(view, found),
        "may_rate": view.rating is None and view.state in RATEABLE,
        "receipt_url": papers.get("receipt", ""),
        **_clock(view),
    }
    return page(request, "track", context)


def _clock(view: DossierView) -> dict[str, Any]:
    """The legal clock in words: the full term and what waiting does to it, or the chip while it runs."""
    clocks = deadlines.clocks(view.id)
    if not clocks or clocks[0].kind is not ClockKind.LEGAL:
        return {}
    clock = clocks[0]
    return {
        "term": words.time_words(str(clock.budget)),
        "clock_sentence": clock.sentence,
        "chip": deadlines.chip(clock, timezone.now()),
    }


def _results(view: DossierView, found: list[FileInfo]) -> list[dict[str, Any]]:
    """Each result with the address of its file, if that file may leave the house by now."""
    sendable = {file.id for file in found if file.purpose == Purpose.RESULT and file.sendable}
    return [
        {
            "name": result.name,
            "number": result.number,
            "issued_at": result.issued_at,
            "signed": result.signed,
            "url": _file_url(view, result.file) if result.file in sendable else "",
        }
        for result in view.results
    ]


def _file_url(view: DossierView, file_id: UUID) -> str:
    return reverse("portal-file", kwargs={"token": view.token, "file_id": file_id})


def _papers(view: DossierView) -> dict[str, str]:
    """Addresses of the papers that exist by now."""
    found = {}
    if view.portal_number:
        found["proof"] = reverse("portal-proof", kwargs={"token": view.token})
    if view.received_at:
        found["receipt"] = reverse("portal-receipt", kwargs={"token": view.token})
    return found


def own_dossier(actor: Actor, token: str) -> DossierView:
    """The dossier of the link if it is the actor's own. Raises NotFound."""
    view = dossiers.dossier_by_token(actor, token)
    if view is None:
        raise NotFound(_("Không tìm thấy hồ sơ này trong các hồ sơ của ông/bà."))
    return view


@signed_in
@require_safe
def own(_request: HttpRequest, actor: Actor, dossier_id: UUID) -> HttpResponse:
    """From a row of "my dossiers" to the page of the dossier. Audience citizen."""
    view = dossiers.dossier(actor, dossier_id)
    return HttpResponseRedirect(reverse("portal-track", kwargs={"token": view.token}))


@signed_in
@require_safe
def receipt(_request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Form 01 as PDF. Audience citizen."""
    view = own_dossier(actor, token)
    if view.received_at is None:
        raise NotFound(_("Hồ sơ chưa được tiếp nhận nên chưa có giấy tiếp nhận."))
    return _pdf(filing.receipt_pdf(actor, view.id), f"giay-tiep-nhan-{view.code}.pdf")


@signed_in
@require_safe
def proof(_request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Proof of the online submission as PDF. Audience citizen."""
    view = own_dossier(actor, token)
    if not view.portal_number:
        raise NotFound(_("Hồ sơ này không nộp qua mạng."))
    return _pdf(filing.confirmation_pdf(actor, view.id), f"da-nop-{view.portal_number}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@signed_in
@require_safe
def file(_request: HttpRequest, actor: Actor, token: str, file_id: UUID) -> HttpResponseBase:
    """A file of the dossier: what the applicant sent, or a result. Audience citizen."""
    view = own_dossier(actor, token)
    opened = files.open_file(actor, file_id)
    if opened.info.record_id != view.id:
        raise NotFound(_("Không tìm thấy tệp này."))
    response = FileResponse(
        opened.path.open("rb"),
        as_attachment=not opened.info.previewable,
        filename=opened.info.name,
        content_type=opened.info.media_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
