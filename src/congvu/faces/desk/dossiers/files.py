"""Papers and files of a dossier, sent inline; a file nobody has checked is opened only after a warning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.domains.dossiers import services
from congvu.faces.desk.discovery import waiting
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.files import selectors as filed
from congvu.ground.files import services as files
from congvu.ground.files.errors import Unscanned
from congvu.ground.files.types import OpenedFile
from congvu.ground.records.selectors import visible_to

Paper = Callable[[Actor, UUID], bytes]
PAPERS: dict[str, Paper] = {
    "tiep-nhan": services.receipt_pdf,
    "tiep-nhan-a5": lambda actor, dossier: services.receipt_pdf(actor, dossier, size="a5"),
    "bo-sung": services.supplement_pdf,
    "ket-thuc": services.ending_pdf,
    "kiem-soat": services.control_slip_pdf,
    "xac-nhan-nop": services.confirmation_pdf,
}


@require_GET
@staff_only
def paper(request: HttpRequest, dossier_id: UUID, paper: str) -> HttpResponseBase:
    """A typeset paper of the dossier."""
    if paper not in PAPERS:
        raise Http404
    content = PAPERS[paper](actor_of(request), dossier_id)
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{paper}.pdf"'}
    )


@require_http_methods(["GET", "POST"])
@staff_only
def stored(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """A stored file. One not yet checked shows a warning first; posting that page's button opens it."""
    try:
        opened = files.open_file(actor_of(request), file_id, accept_unscanned=request.method == "POST")
    except Unscanned as refusal:
        return _warning(request, file_id, refusal)
    return _sent(opened)


def _sent(opened: OpenedFile) -> FileResponse:
    info = opened.info
    response = FileResponse(
        opened.path.open("rb"), content_type=info.media_type, filename=info.name, as_attachment=not info.previewable
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _warning(request: HttpRequest, file_id: UUID, refusal: Refusal, *, status: int = 0) -> HttpResponse:
    """What is known of the file, and the two answers an official may give."""
    context: dict[str, Any] = {
        "file": filed.info(actor_of(request), file_id),
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
        "problems": {problem.field: problem.message for problem in refusal.problems},
    }
    told = status or refusal.status
    context["home"], kind = _home(actor_of(request), context["file"].record_id)
    current = "desk_dossiers" if kind == "dossier" else ""
    return page(request, "desk/dossiers/file_warning.html", context, current=current, status=told)


def _home(actor: Actor, record: UUID | None) -> tuple[str, str]:
    """The page of the record a file hangs on and the record's kind, where the actor may read it and it has a page."""
    kind = visible_to(actor).filter(id=record).values_list("kind", flat=True).first() if record else None
    shown = waiting().get(kind or "")
    return (reverse(shown.address, args=[record]) if shown else "", kind or "")


@require_http_methods(["GET", "POST"])
@staff_only
def vouch(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """An official answers with the own name for a file nobody scanned, so that citizens may receive it.

    The page stands open to the uploader too, who is not warned before opening the file.
    """
    if request.method == "GET":
        told = Unscanned(_("Tệp chưa được quét mã độc nên chưa gửi cho người dân."))
        return _warning(request, file_id, told, status=200)
    reason = request.POST.get("reason", "").strip()
    try:
        if not reason:
            message = _("Ghi căn cứ để xác nhận tệp an toàn.")
            raise Invalid(message, problems=(Problem("reason", message, "missing"),))
        info = files.vouch(actor_of(request), file_id, reason=reason)
    except Invalid as refusal:
        return _warning(request, file_id, refusal)
    messages.success(request, _("Đã xác nhận tệp “%(name)s” an toàn.") % {"name": info.name})
    return redirect(_home(actor_of(request), info.record_id)[0] or reverse("desk_dossiers"))
