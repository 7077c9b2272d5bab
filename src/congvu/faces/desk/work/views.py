"""Việc của tôi: one inbox, its preview, and what is done to several items at once."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import NotFound, Refusal
from congvu.domains.dossiers import selectors as dossiers
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.engines.workflow.types import Page
from congvu.faces.desk.discovery import waiting
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.work import later
from congvu.faces.desk.work.rows import Preview, approved_together, grouped, preview_of, with_chips
from congvu.ground.notifications import selectors as notifications
from congvu.ground.notifications import services as notify

TABS = (
    ("", gettext_lazy("Tất cả")),
    ("late", gettext_lazy("Quá hạn")),
    ("today", gettext_lazy("Hôm nay")),
    ("approve", gettext_lazy("Chờ duyệt")),
    ("later", gettext_lazy("Để sau")),
)
BULK_LIMIT = 200


@require_GET
@staff_only
def inbox(request: HttpRequest) -> HttpResponseBase:
    """The list on the left, the item named by ``xem`` on the right; on a phone the item has the page to itself."""
    actor, tab = actor_of(request), request.GET.get("loc", "")
    preview = _preview(request)
    found = _rows(actor, tab, request.GET.get("sau", ""))
    counts = work.counts(actor)
    context = {
        "groups": grouped(found.rows, preview.item.id if preview else None),
        "tabs": [(key, label, key == tab) for key, label in TABS],
        "counts": counts,
        "total": work.capped(sum(counts.values())),
        "tab": tab,
        "next": found.next,
        "preview": preview,
        "now": timezone.now(),
        "moments": later.moments(timezone.now()) if preview else [],
        "may_approve": any(approved_together(row) for row in found.rows),
    }
    return page(request, "desk/work/inbox.html", context, current="desk_inbox")


def _rows(actor: Actor, tab: str, after: str) -> Page:
    if tab == "approve":
        found = work.inbox(actor, after=after, limit=BULK_LIMIT)
        return Page(tuple(row for row in found.rows if approved_together(row)), found.next)
    return work.inbox(actor, group=tab if tab in ("late", "today") else "", after=after, snoozed=tab == "later")


def _preview(request: HttpRequest) -> Preview | None:
    """The item asked for, marked as read; None when it is done, somebody else's, or no address at all."""
    try:
        found = preview_of(actor_of(request), UUID(request.GET.get("xem", "")))
    except (ValueError, Refusal):
        return None
    workflow.mark_seen(found.item.id)
    return found


@require_POST
@staff_only
def bulk(request: HttpRequest) -> HttpResponseBase:
    """Approve the ticked items, each by its own act, and say what happened to each."""
    actor = actor_of(request)
    wanted = request.POST.getlist("item")[:BULK_LIMIT]
    if not wanted:
        messages.error(request, _("Chưa chọn việc nào. Đánh dấu ít nhất một việc trong danh sách."))
        return redirect(_back(request))
    skipped = [line for text in wanted if (line := _approve(actor, text))]
    if len(skipped) < len(wanted):
        messages.success(
            request,
            ngettext("Đã phê duyệt %(n)s việc.", "Đã phê duyệt %(n)s việc.", len(wanted) - len(skipped))
            % {"n": len(wanted) - len(skipped)},
        )
    for line in skipped:
        messages.warning(request, _("Chưa phê duyệt: %(line)s") % {"line": line})
    return redirect(_back(request))


def _approve(actor: Actor, text: str) -> str:
    """Approve one item: "" when done, else the item and why not."""
    try:
        item_id = UUID(text)
    except ValueError:
        return _("Dòng không đọc được.")
    try:
        shown = waiting()[work.item(actor, item_id).record_kind]
        if shown.approve is None:
            return f"{_title(actor, item_id)}: {_('Việc này phải xem và làm riêng từng việc.')}"
        shown.approve(actor, item_id)
    except Refusal as refusal:
        return f"{_title(actor, item_id)}: {refusal.message}"
    return ""


def _title(actor: Actor, item_id: UUID) -> str:
    """What the item is about, in any state, for who may know."""
    try:
        found = work.look(actor, item_id)
    except NotFound:
        return _("Việc không còn trong danh sách")
    return f"{found.code} {found.title}"


@require_POST
@staff_only
def snooze(request: HttpRequest, item_id: UUID) -> HttpResponseBase:
    """Put an item away until a chosen moment, or show it again."""
    until = later.chosen(request.POST.get("den", ""), timezone.now())
    workflow.put_off(actor_of(request), item_id, until=until)
    messages.info(
        request,
        _("Đã để sau. Việc sẽ hiện lại trong danh sách.") if until else _("Việc đã hiện lại trong danh sách."),
    )
    return redirect(_back(request))


@require_GET
@staff_only
def search(request: HttpRequest) -> HttpResponseBase:
    """Look up dossiers by code, name or number among what the post may read."""
    actor, text, after = actor_of(request), request.GET.get("q", "").strip(), request.GET.get("sau", "")
    found = dossiers.dossiers(actor, dossiers.Query(text=text), after=after) if len(text) >= 2 else None
    context = {"q": text, "found": found, "rows": with_chips(found.rows) if found else [], "first": bool(after)}
    return page(request, "desk/work/search.html", context, current="desk_search")


@require_GET
@staff_only
def notices(request: HttpRequest) -> HttpResponseBase:
    """What the post was told; opening the page marks it read."""
    actor = actor_of(request)
    listed = notifications.messages_of(actor, after=request.GET.get("sau", ""))
    notify.mark_read(actor)
    return page(request, "desk/work/notices.html", {"listed": listed}, current="desk_notices")


def _back(request: HttpRequest) -> str:
    target = request.POST.get("ve", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if safe else reverse("desk_inbox")
