"""One dossier: what the short link shows to anybody, and the whole of it to the signed-in applicant."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as filing
from congvu.domains.dossiers.types import DossierView
from congvu.engines.workflow import selectors as work
from congvu.faces.portal import status, words
from congvu.faces.portal.people import citizen, sign_in_url, signed_in
from congvu.faces.portal.shell import page
from congvu.ground.files import selectors as filed
from congvu.ground.files import services as files
from congvu.ground.files.types import Purpose


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
    context = {
        "view": view,
        "title": words.title(view.title),
        "status": status.full_status(view),
        "steps": status.track(view, work.path(view.id)),
        "supplement": status.open_supplement(view),
        "entries": status.timeline(view, _papers(view)),
        "files": _files(actor, view),
        "may_rate": view.rating is None and view.state in ("finished", "returned", "refused"),
        "receipt_url": _papers(view).get("receipt", ""),
    }
    return page(request, "track", context)


def _papers(view: DossierView) -> dict[str, str]:
    """Addresses of the papers that exist by now."""
    found = {}
    if view.portal_number:
        found["proof"] = reverse("portal-proof", kwargs={"token": view.token})
    if view.received_at:
        found["receipt"] = reverse("portal-receipt", kwargs={"token": view.token})
    return found


def _files(actor: Actor, view: DossierView) -> dict[str, list[Any]]:
    """What was sent in, and the results that may leave the house."""
    found = filed.visible_files(actor, view.id)
    return {
        "sent": [file for file in found if file.purpose != Purpose.RESULT and file.current],
        "results": [file for file in found if file.purpose == Purpose.RESULT and file.current and file.sendable],
    }


def own_dossier(actor: Actor, token: str) -> DossierView:
    """The dossier of the link if it is the actor's own. Raises NotFound."""
    view = dossiers.dossier_by_token(actor, token)
    if view is None:
        raise NotFound(_("Không tìm thấy hồ sơ này trong các hồ sơ của ông/bà."))
    return view


@signed_in
@require_safe
def receipt(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Form 01 as PDF. Audience citizen."""
    view = own_dossier(actor, token)
    if view.received_at is None:
        raise NotFound(_("Hồ sơ chưa được tiếp nhận nên chưa có giấy tiếp nhận."))
    return _pdf(filing.receipt_pdf(actor, view.id), f"giay-tiep-nhan-{view.code}.pdf")


@signed_in
@require_safe
def proof(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
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
def file(request: HttpRequest, actor: Actor, token: str, file_id: UUID) -> HttpResponseBase:  # type: ignore[misc]
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
