"""Chứng thư gốc tin cậy: which authorities this installation believes, since when, on what basis."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congvu.common.errors import Forbidden, Refusal
from congvu.engines.signing import selectors, services
from congvu.engines.signing.types import Chain, Usage
from congvu.faces.desk.admin.frame import typed_day
from congvu.faces.desk.admin.keeping import keepers_only, kept_page
from congvu.faces.desk.shell import actor_of
from congvu.ground.ui.types import Option

CURRENT = "desk_trust_roots"
MOST_BYTES = 20_000


@require_http_methods(["GET", "POST"])
@keepers_only
def roots(request: HttpRequest) -> HttpResponseBase:
    """The list; a POST adds one. Administrators alone: whom the installation believes decides over every signature."""
    actor, post = actor_of(request), request.POST
    if not actor.has_role("admin"):
        raise Forbidden(_("Chỉ người quản trị được sửa danh sách chứng thư gốc tin cậy."))
    if request.method == "GET":
        return _page(request)
    sent = request.FILES.get("certificate")
    try:
        services.add_root(
            actor, name=post.get("name", ""), chain=post.get("chain", ""), purposes=post.getlist("purposes"),
            certificate=sent.read(MOST_BYTES + 1) if sent is not None else b"", anchor=post.get("anchor") == "1",
            legal_basis=post.get("legal_basis", ""), valid_from=typed_day(post, "valid_from"),
            valid_to=typed_day(post, "valid_to"),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _page(request, refusal)
    messages.success(request, _("Đã thêm chứng thư gốc."))
    return redirect(CURRENT)


@require_POST
@keepers_only
def withdraw(request: HttpRequest, root_id: int) -> HttpResponseBase:
    """Believe an authority no longer."""
    try:
        services.withdraw_root(actor_of(request), root_id, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _page(request, refusal, failed=root_id)
    messages.success(request, _("Đã bỏ chứng thư gốc."))
    return redirect(CURRENT)


def _page(request: HttpRequest, refusal: Refusal | None = None, failed: int = 0) -> HttpResponse:
    post = request.POST
    chosen = post.getlist("purposes") or [Usage.SIGN]
    labels = dict(Chain.choices)
    context = {
        "rows": [(row, labels[row.chain], [Usage(one).label for one in row.purposes]) for row in selectors.roots()],
        "chains": [Option(one, str(one.label), checked=one == post.get("chain", Chain.PUBLIC_DUTY)) for one in Chain],
        "purposes": [Option(one, str(one.label), checked=one in chosen) for one in Usage], "failed": failed,
        "withdrawn": selectors.roots(withdrawn=True),
    }  # fmt: skip
    return kept_page(request, "trust_roots", context, tab=CURRENT, refusal=refusal)
