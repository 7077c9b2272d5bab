"""Phụ lục, tệp kèm theo: the files of a draft on its page, adding one, and their order and titles."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from congvu.common.errors import Invalid, Problem, Refusal
from congvu.domains.documents import services
from congvu.domains.documents.types import AnnexInput, AnnexPlace
from congvu.faces.desk.outgoing.annex_forms import ADD, ALONG, ARRANGE, arranged
from congvu.faces.desk.outgoing.views import document_page
from congvu.faces.desk.posted import whole
from congvu.faces.desk.shell import actor_of, staff_only
from congvu.faces.desk.uploads import uploaded


def _attach(request: HttpRequest, document: UUID) -> None:
    post = request.POST
    file = uploaded(request, "annex_file")
    if file is None:
        words = _("Chọn tệp.")
        raise Invalid(words, problems=(Problem("annex_file", words, "missing"),))
    given = AnnexInput(file, post.get("annex_title", ""), along=post.get("annex_way") == ALONG)
    done = services.attach_annex(
        actor_of(request), document, given, base=whole(post, "base"), version=whole(post, "version")
    )
    for note in done.notes:
        messages.warning(request, note)


def _arrange(request: HttpRequest, document: UUID) -> None:
    post = request.POST
    places = [AnnexPlace(one.file, one.title) for one in arranged(post) if not one.out]
    services.arrange_annexes(
        actor_of(request), document, places, base=whole(post, "base"), version=whole(post, "version")
    )


# What each verb of the address calls, and what the page says when it is done.
ACTS: dict[str, tuple[Callable[[HttpRequest, UUID], None], Promise]] = {
    ADD: (_attach, gettext_lazy("Đã thêm tệp. Ký nháy trên bản trước không còn hiệu lực.")),
    ARRANGE: (_arrange, gettext_lazy("Đã ghi thứ tự, tên các tệp.")),
}


@require_POST
@staff_only
def act_on(request: HttpRequest, document_id: UUID, verb: str) -> HttpResponseBase:
    """One act on the files of a draft; refused, the page comes back with the form open, what was typed and the file."""
    if verb not in ACTS:
        raise Http404
    call, words = ACTS[verb]
    try:
        call(request, document_id)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return document_page(request, document_id, open_act=verb, refusal=refusal)
    messages.success(request, str(words))
    return redirect(f"{reverse('desk_outgoing_document', args=[document_id])}#phu-luc")
