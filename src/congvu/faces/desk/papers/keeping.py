"""Printed copies, metadata as the law lists them, and putting a document into a work file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.documents import services
from congvu.domains.workfiles import selectors as workfiles
from congvu.domains.workfiles import services as workfile_acts
from congvu.faces.desk.gathering import gather
from congvu.faces.desk.papers.document import Head, head_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.ui.types import SummaryRow
from congvu.journeys import document_workfiles as filing


@require_POST
@staff_only
def printed(request: HttpRequest, document_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A copy for the printer whose pages say so."""
    content = services.print_copy(actor_of(request), document_id, file_id)
    headers = {"Content-Disposition": 'inline; filename="ban-in.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "POST"])
@staff_only
def metadata(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """Every field of NĐ 30/2020 Phụ lục VI, in its order, with what is kept in it; further ones, and adding one."""
    actor = actor_of(request)
    head = head_of(actor, document_id)
    if request.method == "GET":
        return _metadata(request, actor, head)
    try:
        given = {name: request.POST.get(name, "") for name in ("name", "value")}
        workfile_acts.describe(actor, document_id, **given)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _metadata(request, actor, head, refusal)
    messages.success(request, _("Đã bổ sung siêu dữ liệu."))
    return redirect(reverse("desk_document_metadata", args=[document_id]))


def _metadata(request: HttpRequest, actor: Actor, head: Head, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "head": head,
        "rows": [SummaryRow(name, text) for name, text in filing.metadata(actor, head.id)],
        "further": workfiles.further_of([head.id]).get(head.id, ()),
        "may_describe": workfiles.may_describe(actor, head.id),
        "typed": request.POST,
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/papers/metadata.html", context, current=head.current, status=status)


@require_http_methods(["GET", "POST"])
@staff_only
def collect(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """The work files it lies in, and putting it into another of one's own that is open."""
    actor = actor_of(request)
    head = head_of(actor, document_id)
    done = gather(request, actor, head, lambda file: filing.collect(actor, document_id, file))
    if not isinstance(done, UUID):
        return done
    messages.success(request, _("Đã đưa văn bản vào hồ sơ."))
    return redirect(head.url)
