"""Signing with the tool on the signer's own computer: the page whose script talks to it, and what that script asks.

The tool listens on this machine alone; only this page may connect to it, at the one address of the settings. It fetches
each file and sends it back under a ticket in the address, since it has no session here.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congvu.common.errors import Forbidden, NotFound, Refusal
from congvu.engines.signing import selectors as signatures
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import ItemState, Provider
from congvu.faces.desk.outside import is_outside
from congvu.faces.desk.posted import whole
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.signing.rows import ISSUING, results_of

# What the script says by itself; the rest is told by the server.
WORDS = {
    "away": gettext_lazy(
        "Không kết nối được công cụ ký số trên máy này. Mở phần mềm ký số, cắm thiết bị rồi bấm ký lại."
    ),
    "lost": gettext_lazy("Công cụ ký số đã đóng giữa chừng. Mở lại phần mềm ký số rồi bấm ký lại."),
    "late": gettext_lazy("Công cụ ký số không trả lời. Kiểm tra cửa sổ nhập mã PIN trên máy rồi bấm ký lại."),
    "server": gettext_lazy("Không gửi được kết quả về hệ thống. Tải lại trang này để xem văn bản nào đã ký."),
    "running": gettext_lazy("Đang ký trên máy này…"),
    "again": gettext_lazy("Ký tiếp trên máy này"),
    "rest": gettext_lazy("Các văn bản còn lại chưa ký."),
}
# How long the script waits for somebody to type a PIN, seconds.
PATIENCE = 180


@require_GET
@staff_only
def local(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """What waits of a batch whose key is in a device on this machine, and the script that has it signed there."""
    _require_inside(request)
    view = signatures.batch(actor_of(request), batch_id)
    if view.provider is not Provider.HELPER:
        raise NotFound(_("Không có lượt ký này."))
    tool = signatures.local_tool()
    waiting = [one for one in results_of(view) if one.state is ItemState.WAITING]
    places = {one.record: one.id for one in view.items}
    context: dict[str, Any] = {
        "batch": view, "sealing": view.kind in ISSUING, "words": WORDS, "patience": PATIENCE,
        "waiting": [(places[one.record], one) for one in waiting], "address": tool,
    }  # fmt: skip
    response = page(request, "desk/signing/local.html", context, current="desk_signing")
    response._csp_update = {"connect-src": [tool]}  # type: ignore[attr-defined]  # read by django-csp
    return response


def _require_inside(request: HttpRequest) -> None:
    """Raises Forbidden away from the office: the tool takes the file onto the machine."""
    if is_outside(request, actor_of(request)):
        raise Forbidden(_("Ký bằng công cụ trên máy chỉ dùng trong mạng của cơ quan. Ở ngoài, hãy ký số từ xa."))


@require_POST
@staff_only
def task(request: HttpRequest, batch_id: UUID, item_id: int) -> HttpResponseBase:
    """The next task for the tool, or why this document is left out."""
    _require_inside(request)
    path = reverse("desk_signing_local_file", args=[signing.TICKET])
    ours = request.build_absolute_uri(path)
    try:
        made = signing.local_task(actor_of(request), batch_id, item_id, download=ours, upload=ours)
    except (Forbidden, NotFound) as refusal:
        return _refused(refusal)
    except Refusal as refusal:
        return _refused(refusal, stop=False)
    return JsonResponse({"address": made["address"], "parameter": made["parameter"]})


@require_POST
@staff_only
def done(request: HttpRequest, batch_id: UUID, item_id: int) -> HttpResponseBase:
    """What the tool answered: the document is signed, or why not."""
    answer = {"Status": whole(request.POST, "status"), "Message": request.POST.get("message", "")}
    view = signatures.batch(actor_of(request), batch_id)
    if item_id not in {item.id for item in view.items}:
        raise NotFound(_("Không có văn bản này để ký."))
    try:
        state = signing.accept_item(actor_of(request), item_id, answer=answer)
    except Refusal as refusal:
        return _refused(refusal)
    return JsonResponse({"state": state, "label": str(ItemState(state).label)})


def _refused(refusal: Refusal, *, stop: bool = True) -> JsonResponse:
    """Words for the page. A document that was set aside does not stop those after it; a key that is away does."""
    told = {"code": refusal.code, "words": refusal.message, "stop": stop}
    return JsonResponse(told, status=refusal.status)


@csrf_exempt  # no browser asks here: the tool brings the ticket that was written for it, and no session
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """The tool fetches the file of its task, and sends the signed one back: as the only file of a form, or bare."""
    try:
        if request.method == "GET":
            response = HttpResponse(signing.local_file(ticket), content_type="application/pdf")
            response["Cache-Control"] = "no-store"
            return response
        signing.take_local_file(ticket, _sent(request))
    except Refusal as refusal:
        told = {"Status": False, "Message": refusal.message, "FileName": "", "FileServer": ""}
        return JsonResponse(told, status=refusal.status)
    place = request.build_absolute_uri()
    return JsonResponse({"Status": True, "Message": "", "FileName": "", "FileServer": place})


def _sent(request: HttpRequest) -> bytes:
    if not request.FILES:
        return request.body
    content: bytes = request.FILES[next(iter(request.FILES))].read()  # type: ignore[union-attr]  # a name has one file
    return content
