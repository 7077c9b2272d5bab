"""Trục liên thông: what waits, what failed and why, what came and could not be used; sending and reading again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from congvu.common.errors import Refusal
from congvu.engines.exchange import selectors, services
from congvu.faces.desk.admin.frame import admin_only, admin_page, back_to
from congvu.faces.desk.shell import actor_of

CURRENT = "desk_admin_exchange"
# Tabs: key, words, what is counted there.
OUT: dict[str, str | Promise] = {
    "": gettext_lazy("Mọi lượt gửi"),
    "queued": gettext_lazy("Đang chờ gửi"),
    "failed": gettext_lazy("Gửi không được"),
}
IN: dict[str, str | Promise] = {
    "den": gettext_lazy("Đã nhận"),
    "waiting": gettext_lazy("Chờ đọc"),
    "faulty": gettext_lazy("Không dùng được"),
}
STATES: dict[str, tuple[str | Promise, str]] = {
    "queued": (gettext_lazy("Chờ gửi"), "info"),
    "sent": (gettext_lazy("Đã gửi"), "ok"),
    "failed": (gettext_lazy("Không gửi được"), "bad"),
    "waiting": (gettext_lazy("Chờ đọc"), "info"),
    "read": (gettext_lazy("Đã đọc"), "ok"),
    "faulty": (gettext_lazy("Không dùng được"), "bad"),
}
OPERATIONS: dict[str, str | Promise] = {
    "new": gettext_lazy("Văn bản"),
    "recall": gettext_lazy("Thu hồi"),
    "update": gettext_lazy("Cập nhật"),
    "replace": gettext_lazy("Thay thế"),
}


@require_GET
@admin_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """The queue or what came in, newest first; six statements besides the frame, whatever there is."""
    return _page(request)


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    actor, state, after = actor_of(request), request.GET.get("loc", ""), request.GET.get("sau", "")
    state = state if state in {**OUT, **IN} else ""
    counts = selectors.counts(actor)
    context: dict[str, Any] = {
        "state": state, "first": bool(after), "states": STATES, "operations": OPERATIONS,
        "tabs": [(key, label, counts.get(key), key == state) for key, label in {**OUT, **IN}.items()],
        "partners": selectors.partners(actor),
    }  # fmt: skip
    if state in IN:
        context["arrived"] = selectors.messages(actor, state="" if state == "den" else state, after=after)
    else:
        context["deliveries"] = selectors.deliveries(actor, state=state, after=after)
    return admin_page(request, "exchange", context, current=CURRENT, refusal=refusal)


@require_POST
@admin_only
def resend(request: HttpRequest, delivery_id: UUID) -> HttpResponseBase:
    """Send again what was given up, or at once what waits."""
    return _done(request, lambda: services.resend(actor_of(request), delivery_id), _("Đã xếp hàng gửi lại."))


@require_POST
@admin_only
def read_again(request: HttpRequest, message_id: UUID) -> HttpResponseBase:
    """Read an unusable message once more."""
    return _done(request, lambda: services.read_again(actor_of(request), message_id), _("Đã xếp hàng đọc lại."))


def _done(request: HttpRequest, act: Callable[[], None], words: str) -> HttpResponseBase:
    try:
        act()
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _page(request, refusal)
    messages.success(request, words)
    return redirect(back_to(request, reverse(CURRENT)))
