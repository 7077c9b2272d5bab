"""Việc của tôi: one inbox, its preview, and what is done to several items at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congvu.common.errors import Invalid, Problem, Refusal
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as dossier_services
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.work.rows import grouped, preview_of
from congvu.ground.notifications import selectors as notifications
from congvu.ground.notifications import services as notify

TABS = (("", "Tất cả"), ("late", "Quá hạn"), ("today", "Hôm nay"), ("approve", "Chờ duyệt"))


@require_GET
@staff_only
def inbox(request: HttpRequest) -> HttpResponseBase:
    """The list on the left, the item named by ``xem`` on the right."""
    actor, tab = actor_of(request), request.GET.get("loc", "")
    rows = work.inbox(actor, group=tab if tab in ("late", "today") else "", after=request.GET.get("sau", ""))
    counts = work.counts(actor)
    shown = [row for row in rows.rows if tab != "approve" or row.step_kind in ("approve", "review")]
    context = {
        "groups": grouped(shown),
        "tabs": [(key, _(label), key == tab) for key, label in TABS],
        "counts": counts,
        "total": work.capped(sum(counts.values())),
        "tab": tab,
        "next": rows.next,
        "preview": _preview(request),
        "now": timezone.now(),
        "may_approve": any(row.step_kind in ("approve", "review") for row in shown),
    }
    return page(request, "desk/work/inbox.html", context, current="desk_inbox")


def _preview(request: HttpRequest) -> object | None:
    wanted = request.GET.get("xem")
    if not wanted:
        return None
    try:
        found = preview_of(actor_of(request), UUID(wanted))
        workflow.mark_seen(found.item.id)
        return found
    except (ValueError, Refusal):
        # Hidden, done by somebody else meanwhile, or waiting for another post: the list itself stays usable.
        return None


@require_POST
@staff_only
def bulk(request: HttpRequest) -> HttpResponseBase:
    """Approve the ticked items, each by its own act, and say what happened to each."""
    actor = actor_of(request)
    wanted = request.POST.getlist("item")
    if not wanted:
        raise Invalid(
            _("Chưa chọn việc nào."), problems=(Problem("item", _("Đánh dấu ít nhất một việc trong danh sách.")),)
        )
    done, skipped = 0, []
    for text in wanted[:200]:
        try:
            item = work.item(actor, UUID(text))
            dossier_services.approve(actor, item.id)
            done += 1
        except (Refusal, ValueError) as refusal:
            title = item.title if isinstance(refusal, Refusal) and "item" in locals() else text
            skipped.append(f"{title}: {refusal}")
    if done:
        messages.success(request, _("Đã phê duyệt %(n)s hồ sơ.") % {"n": done})
    for line in skipped:
        messages.warning(request, _("Chưa phê duyệt: %(line)s") % {"line": line})
    return redirect(_back(request))


@require_POST
@staff_only
def snooze(request: HttpRequest, item_id: UUID) -> HttpResponseBase:
    """Put an item away until tomorrow morning."""
    actor = actor_of(request)
    work.item(actor, item_id)
    workflow.snooze(item_id, timezone.now() + timedelta(hours=int(request.POST.get("gio", "4"))))
    messages.info(request, _("Đã để sau. Việc sẽ hiện lại trong danh sách."))
    return redirect(_back(request))


@require_GET
@staff_only
def search(request: HttpRequest) -> HttpResponseBase:
    """Look up dossiers by code, name or number among what the post may read."""
    actor, text = actor_of(request), request.GET.get("q", "").strip()
    found = (
        dossiers.dossiers(actor, dossiers.Query(text=text), after=request.GET.get("sau", ""))
        if len(text) >= 2
        else None
    )
    return page(request, "desk/work/search.html", {"q": text, "found": found}, current="desk_search")


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
