"""What a signature looks like on paper: the own handwriting, and for records clerks the seal of the agency."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.faces.desk.shell import actor_of, page, staff_only

CURRENT = "desk_signing"
MOST_BYTES = 1_000_001
OWN, SEAL = "chu-ky", "con-dau"


@require_http_methods(["GET", "POST"])
@staff_only
def pictures(request: HttpRequest) -> HttpResponseBase:
    """Both pictures as they are, and the forms that set them anew; papers signed before keep theirs."""
    actor = actor_of(request)
    if request.method == "GET":
        return _page(request, actor)
    sent = request.FILES.get("picture")
    content = sent.read(MOST_BYTES) if sent is not None else b""
    try:
        if request.POST.get("loai") == SEAL:
            services.set_picture(actor, content, issuer=documents.book_of(actor).id)
        else:
            services.set_picture(actor, content, user=actor.user_id)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _page(request, actor, refusal)
    messages.success(request, _("Đã đặt ảnh."))
    return redirect("desk_signing_pictures")


def _page(request: HttpRequest, actor: Actor, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "own": documents.own_signature(actor) is not None, "may_seal": actor.has_role("registrar"),
        "seal": actor.has_role("registrar") and documents.own_seal(actor) is not None, "refusal": refusal,
        "failed": request.POST.get("loai", ""),
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
    }  # fmt: skip
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/signing/pictures.html", context, current=CURRENT, status=status)


@require_GET
@staff_only
def picture(request: HttpRequest, which: str) -> HttpResponseBase:
    """One of the two, for the page above alone."""
    actor = actor_of(request)
    if which == SEAL and not actor.has_role("registrar"):
        raise Http404
    content = documents.own_seal(actor) if which == SEAL else documents.own_signature(actor)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/png")
