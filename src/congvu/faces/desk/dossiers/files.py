"""Papers and files of a dossier, sent inline."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from congvu.domains.dossiers import services
from congvu.faces.desk.shell import actor_of, staff_only
from congvu.ground.files import services as files

PAPERS = {
    "tiep-nhan": services.receipt_pdf,
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


@require_GET
@staff_only
def stored(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """A stored file. One not yet checked opens only after the warning was answered (``dong-y=1``)."""
    opened = files.open_file(actor_of(request), file_id, accept_unscanned=request.GET.get("dong-y") == "1")
    info = opened.info
    response = FileResponse(
        opened.path.open("rb"), content_type=info.media_type, filename=info.name, as_attachment=not info.previewable
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
