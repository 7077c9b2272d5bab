"""Quyền xem: who looked at a document, who was let to, and what a leader says to that."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.faces.desk.discovery import waiting as kinds
from congvu.faces.desk.papers.document import Head, head_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.audit import selectors as trail
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

CURRENT = "desk_access"


@require_GET
@staff_only
def waiting(request: HttpRequest) -> HttpResponseBase:
    """Readers that were added and nobody has confirmed."""
    changes = documents.access_waiting(actor_of(request))
    listed = [(change, reverse(kinds()[change.kind].address, args=[change.record_id])) for change in changes]
    return page(request, "desk/papers/waiting.html", {"changes": listed}, current=CURRENT)


@require_POST
@staff_only
def settle(request: HttpRequest, change_id: int) -> HttpResponseBase:
    """Confirm a reader, or take the right away again."""
    keep = request.POST.get("keep") == "1"
    try:
        services.settle_access(actor_of(request), change_id, keep=keep)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Đã xác nhận quyền xem.") if keep else _("Đã thu hồi quyền xem."))
    return redirect(reverse("desk_access"))


@require_http_methods(["GET", "POST"])
@staff_only
def document(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """Who looked at the document and who was let to read it; and letting another."""
    actor = actor_of(request)
    head = head_of(actor, document_id)
    if request.method == "GET":
        return _page(request, actor, head)
    try:
        unit, position = _reader(request.POST.get("reader", ""))
        services.share(actor, document_id, unit=unit, position=position, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(request, actor, head, request.POST, refusal)
    messages.success(request, _("Đã cho xem văn bản. Lãnh đạo cơ quan được báo để xác nhận."))
    return redirect(reverse("desk_document_access", args=[document_id]))


def _reader(text: str) -> tuple[int | None, int | None]:
    """``u:12`` or ``p:7``. Raises Invalid."""
    kind, _sign, key = text.partition(":")
    if kind not in ("u", "p") or not (key.isascii() and key.isdecimal() and len(key) <= 18):
        message = _("Chọn đơn vị hoặc vị trí được xem.")
        raise Invalid(message, problems=(Problem("reader", message, "missing"),))
    return (int(key), None) if kind == "u" else (None, int(key))


def _page(
    request: HttpRequest, actor: Actor, head: Head, typed: QueryDict | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    fields = typed if typed is not None else QueryDict()
    own = documents.may_share(actor, head.id)
    context = {
        "head": head,
        "changes": documents.access_of(actor, head.id),
        "counts": trail.view_counts(head.id),
        "viewings": trail.viewings(head.id) if own else (),
        "may_share": own,
        "readers": _readers(actor, fields.get("reader", "")) if own else [],
        "typed": fields,
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/papers/access.html", context, current=head.current, status=status)


def _readers(actor: Actor, chosen: str) -> list[Option]:
    """Units of the agency, and the posts in them."""
    tree = orgs.tree()
    agency = tree.agency_of(actor.unit_id or 0).id
    units = [unit for unit in tree if tree.agency_of(unit.id).id == agency]
    seats = orgs.seats(unit.id for unit in units)
    found = []
    for unit in units:
        found.append((f"u:{unit.id}", _("%(unit)s, cả đơn vị") % {"unit": unit.name}))
        found += [
            (f"p:{seat.position_id}", ", ".join([*seat.names, seat.title, unit.name]))
            for seat in seats
            if seat.unit_id == unit.id
        ]
    return [Option(value, label, checked=value == chosen) for value, label in found]
