"""What is looked at: a version of a draft with its watermark, the draft for Word, the signed file."""

from __future__ import annotations

from uuid import UUID

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congvu.common.errors import NotFound
from congvu.domains.documents import selectors as documents
from congvu.faces.desk.dossiers import files as stored_files
from congvu.faces.desk.shell import actor_of, staff_only
from congvu.ground.files import selectors as files

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]  # it knows views of one argument only
@require_GET
@staff_only
def draft(request: HttpRequest, document_id: UUID, n: int) -> HttpResponseBase:
    """A version as it would be printed, with its watermark. Raises NotFound, PaperIncomplete."""
    content = documents.draft_pdf(actor_of(request), document_id, n=n)
    headers = {"Content-Disposition": f'inline; filename="du-thao-{n}.pdf"', "X-Frame-Options": "SAMEORIGIN"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_GET
@staff_only
def word(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """The newest version, to be edited in a word processor and sent in again."""
    content = documents.draft_word(actor_of(request), document_id)
    headers = {"Content-Disposition": 'attachment; filename="du-thao.docx"'}
    return HttpResponse(content, content_type=WORD, headers=headers)


@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]
@require_GET
@staff_only
def framed(request: HttpRequest, document_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A signed file of the document, for the viewer of its own page only. Raises NotFound."""
    info = files.info(actor_of(request), file_id)
    if info.record_id != document_id:
        raise NotFound(_("Không tìm thấy tệp này."))
    response = stored_files.stored(request, file_id)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
