"""The pages of the front: the doors with the board, the list behind one value, and the step through a door."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from congvu.boot.demo.front import board
from congvu.boot.demo.front.doors import door, doors
from congvu.boot.demo.front.entering import enter
from congvu.boot.demo.front.figures import LIST_LIMIT, MEASURED, Facts
from congvu.boot.demo.front.gate import here_only
from congvu.boot.demo.territory import PROVINCE
from congvu.ground.ui.types import Agency, NavEntry, Shell


def _page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, f"demo/{template}.html", {"shell": _shell(), "now": timezone.now(), **context})


def _shell() -> Shell:
    nav = (NavEntry(_("Cổng dịch vụ công"), "/", "home"), NavEntry(_("Bàn làm việc"), reverse("desk_inbox"), "inbox"))
    parent = _("Bản trình diễn, tỉnh %(province)s") % {"province": PROVINCE}
    return Shell(home_url=reverse("demo-front"), nav=nav, agency=Agency(name="Công Vụ", parent=parent))


@here_only
@require_safe
@never_cache
def front(request: HttpRequest) -> HttpResponse:
    """Six doors and the board, both from the running data."""
    found = board.rows(Facts())
    return _page(
        request,
        "front",
        {"doors": doors(), "documents": list(board.by_document(found)), "summary": board.summary(found)},
    )


@here_only
@require_safe
@never_cache
def wish(request: HttpRequest, wish_id: str) -> HttpResponse:
    """One wish: how it is measured, and the list behind its value if there is one."""
    facts = Facts()
    row = board.row(wish_id, facts)
    if row is None:
        raise Http404(_("Bảng không có mục này."))
    lines = board.lines(wish_id, facts)
    context = {
        "row": row,
        "lines": lines[:LIST_LIMIT],
        "cut": len(lines) >= LIST_LIMIT,
        "measure": MEASURED.get(wish_id),
    }
    return _page(request, "wish", context)


@here_only
@require_POST
@never_cache
def step_through(request: HttpRequest, key: str) -> HttpResponse:
    """Sign the person of the door in and open what waits. A door without a room leads nowhere."""
    chosen = door(key)
    if chosen is None or not chosen.url:
        raise Http404(_("Cửa này chưa mở."))
    enter(request, chosen)
    return redirect(chosen.url)
