"""Acts on one outgoing document from its page or the inbox: each verb parses its fields and calls its service."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.faces.desk.outgoing import recipients
from congvu.faces.desk.outgoing.views import document_page
from congvu.faces.desk.posted import back_to, item_of, whole
from congvu.faces.desk.requests import acts as requests
from congvu.faces.desk.shell import actor_of, staff_only
from congvu.faces.desk.signing.authentication import AGENCY, PERSON, opened

Call = Callable[[Actor, UUID, QueryDict], object]


def _submit(actor: Actor, document: UUID, post: QueryDict) -> None:
    services.submit(actor, item_of(document, post, still_open=True), version=whole(post, "version"))


def _endorse(actor: Actor, document: UUID, post: QueryDict) -> None:
    services.endorse(actor, item_of(document, post, still_open=True), version=whole(post, "version"))


def _send_back(actor: Actor, document: UUID, post: QueryDict) -> None:
    services.send_back_draft(
        actor, item_of(document, post, still_open=True), to=post.get("to", ""), reason=post.get("reason", ""),
        version=whole(post, "version"),
    )  # fmt: skip


def _sign(actor: Actor, document: UUID, post: QueryDict) -> None:
    item = item_of(document, post, still_open=True)
    with opened(actor, post, PERSON) as credential:
        services.sign(actor, item, credential, read_version=whole(post, "n") or 0, version=whole(post, "version"))


def _issue(actor: Actor, document: UUID, post: QueryDict) -> None:
    """The number first, which commits by itself and stays with the document when sealing fails."""
    item = item_of(document, post, still_open=True)
    view = documents.outgoing(actor, document)
    to = recipients.read(post, view)
    with opened(actor, post, AGENCY) as credential:
        if view.row.issued_on is None:
            services.number(actor, item, version=whole(post, "version"))
        services.issue(actor, item, credential, to)


def _drop(actor: Actor, document: UUID, post: QueryDict) -> None:
    services.drop(actor, document, reason=post.get("reason", ""), version=whole(post, "version"))


# What each verb of the address calls, and what the page says when it is done.
ACTS: dict[str, tuple[Call, Promise]] = {
    "trinh": (_submit, gettext_lazy("Đã trình dự thảo.")),
    "ky-nhay": (_endorse, gettext_lazy("Đã ký nháy, chuyển bước tiếp theo.")),
    "tra-lai": (_send_back, gettext_lazy("Đã trả lại dự thảo.")),
    "ky": (_sign, gettext_lazy("Đã ký. Văn bản chuyển văn thư cấp số, phát hành.")),
    "phat-hanh": (_issue, gettext_lazy("Đã phát hành.")),
    "bo": (_drop, gettext_lazy("Đã bỏ dự thảo. Các bản đã soạn vẫn được lưu.")),
    "y-kien": (lambda a, d, p: services.speak(a, d, text=p.get("text", "")), gettext_lazy("Đã ghi ý kiến.")),
    **requests.OUTGOING,
}


@require_POST
@staff_only
def act_on(request: HttpRequest, document_id: UUID, verb: str) -> HttpResponseBase:
    """One act on the document; refused, the page comes back with the form open and what was typed."""
    if verb not in ACTS:
        raise Http404
    call, words = ACTS[verb]
    actor = actor_of(request)
    try:
        call(actor, document_id, request.POST)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return document_page(request, document_id, open_act=verb, refusal=refusal)
    messages.success(request, _told(actor, document_id, verb) or str(words))
    return redirect(back_to(request, reverse("desk_outgoing_document", args=[document_id])))


def _told(actor: Actor, document: UUID, verb: str) -> str:
    """The number under which it went out."""
    if verb != "phat-hanh":
        return ""
    view = documents.outgoing(actor, document)
    words = {"code": view.row.code, "n": len(view.recipients)}
    return _("Đã phát hành %(code)s đến %(n)s nơi nhận.") % words
