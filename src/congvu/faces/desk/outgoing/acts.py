"""Acts on one outgoing document from its page or the inbox: each verb parses its fields and calls its service."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import OutgoingView, ToIssue, ToSign
from congvu.faces.desk.outgoing import recipients
from congvu.faces.desk.outgoing.views import document_page
from congvu.faces.desk.posted import back_to, item_of, whole
from congvu.faces.desk.requests import acts as requests
from congvu.faces.desk.shell import actor_of, staff_only
from congvu.faces.desk.signing.authentication import AGENCY, PERSON
from congvu.faces.desk.signing.holding import Keys, acted, begin, gone_on, is_slow

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


def _sign(request: HttpRequest, document: UUID) -> HttpResponseBase | None:
    """The version on the page is signed by the key; a job finishes it."""
    actor, post = actor_of(request), request.POST
    item, n = item_of(document, post, still_open=True), whole(post, "n") or 0

    def opening(certificate: int) -> UUID:
        services.mark_read(actor, document, n=n)
        return services.open_signing(actor, certificate, [ToSign(item, n)])

    return gone_on(begin(request, PERSON, opening))


def _issue(request: HttpRequest, document: UUID) -> HttpResponseBase | None:
    """The key of the agency open, the number is taken, and the seal signed; a job finishes it and sends it out."""
    actor, post = actor_of(request), request.POST
    item = item_of(document, post, still_open=True)
    to = recipients.read(post, documents.outgoing(actor, document))
    chosen = [ToIssue(item, to)]
    return gone_on(begin(request, AGENCY, lambda certificate: services.open_issuing(actor, certificate, chosen)))


def _drop(actor: Actor, document: UUID, post: QueryDict) -> None:
    services.drop(actor, document, reason=post.get("reason", ""), version=whole(post, "version"))


# What each verb of the address calls, and what the page says when it is done.
ACTS: dict[str, tuple[Call, Promise]] = {
    "trinh": (_submit, gettext_lazy("Đã trình dự thảo.")),
    "ky-nhay": (_endorse, gettext_lazy("Đã ký nháy, chuyển bước tiếp theo.")),
    "tra-lai": (_send_back, gettext_lazy("Đã trả lại dự thảo.")),
    "bo": (_drop, gettext_lazy("Đã bỏ dự thảo. Các bản đã soạn vẫn được lưu.")),
    "y-kien": (lambda a, d, p: services.speak(a, d, text=p.get("text", "")), gettext_lazy("Đã ghi ý kiến.")),
    **requests.OUTGOING,
}
# Those that open a key.
KEYS: Keys = {
    "ky": (_sign, gettext_lazy("Đã ký. Văn bản chuyển văn thư ngay khi có dấu thời gian.")),
    "phat-hanh": (_issue, gettext_lazy("Đã cấp số, ký số cơ quan. Văn bản được gửi ngay khi có dấu thời gian.")),
}


@require_POST
@staff_only
def act_on(request: HttpRequest, document_id: UUID, verb: str) -> HttpResponseBase:
    """One act on the document; refused, the page comes back with the form open and what was typed."""
    if verb not in ACTS and verb not in KEYS:
        raise Http404
    try:
        elsewhere = acted(request, verb, ACTS, KEYS, document_id, request.POST)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return document_page(request, document_id, open_act=verb, refusal=refusal)
    return elsewhere or redirect(back_to(request, reverse("desk_outgoing_document", args=[document_id])))


@require_GET
@staff_only
def progress(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """The part of the page that follows a held signature; once it is finished, the page is asked for anew."""
    view = documents.outgoing(actor_of(request), document_id)
    if view.held is not None:
        return render(request, "desk/outgoing/_held.html", {"doc": view, "slow": is_slow(view.held.at)})
    if view.latest is None:
        messages.success(request, _finished(view))
    return HttpResponseClientRefresh()


def _finished(view: OutgoingView) -> str:
    """What the newest signature has led to."""
    if view.issued_at is None:
        return _("Đã ký. Văn bản đã chuyển văn thư cấp số, phát hành.")
    return _("Đã phát hành %(code)s đến %(n)s nơi nhận.") % {"code": view.row.code, "n": len(view.recipients)}
