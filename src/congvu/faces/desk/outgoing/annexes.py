"""Phụ lục, tệp kèm theo: the files of a draft on its page, adding one, and their order and titles."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from congvu.common.errors import Invalid, Problem
from congvu.domains.documents import services
from congvu.domains.documents.types import AnnexInput, AnnexPlace
from congvu.faces.desk.outgoing.annex_forms import ADD, ALONG, ARRANGE, arranged
from congvu.faces.desk.outgoing.secrecy import DENY
from congvu.faces.desk.outgoing.sections import Acts, run
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


def _deny(request: HttpRequest, document: UUID) -> None:
    post = request.POST
    about = post.get("about", "")
    services.deny_mark(
        actor_of(request), document, about=about, reason=post.get(f"reason-{about}", ""), version=whole(post, "version")
    )


ACTS: Acts = {
    DENY: (_deny, gettext_lazy("Đã ghi xác nhận. Dự thảo đi tiếp được.")),
    ADD: (_attach, gettext_lazy("Đã thêm tệp. Ký nháy trên bản trước không còn hiệu lực.")),
    ARRANGE: (_arrange, gettext_lazy("Đã ghi thứ tự, tên các tệp.")),
}


@require_POST
@staff_only
def act_on(request: HttpRequest, document_id: UUID, verb: str) -> HttpResponseBase:
    """One act on the files of a draft; refused, the file stays too."""
    return run(request, document_id, verb, ACTS, section="dau-mat" if verb == DENY else "phu-luc")
