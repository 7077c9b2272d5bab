"""Lists of dossiers, and one dossier with everything about it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congvu.common.errors import Refusal
from congvu.domains.dossiers import selectors as dossiers
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.workflow import selectors as work
from congvu.faces.desk.dossiers.parts import page_parts
from congvu.faces.desk.shell import actor_of, page, staff_only

TABS = (
    ("", _("Tất cả"), ()),
    ("dang-xu-ly", _("Đang xử lý"), ("processing",)),
    ("cho-bo-sung", _("Chờ bổ sung"), ("supplement",)),
    ("cho-tra", _("Chờ trả"), ("finished", "refused", "stopped")),
    ("da-tra", _("Đã trả"), ("returned",)),
)


@require_GET
@staff_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """Every dossier the post may read, newest first, by state."""
    tab = request.GET.get("loc", "")
    states = next((states for key, _label, states in TABS if key == tab), ())
    return _list(
        request, dossiers.Query(states=states, text=request.GET.get("q", "").strip()), "desk_dossiers", tab=tab
    )


@require_GET
@staff_only
def online(request: HttpRequest) -> HttpResponseBase:
    """What came online and waits to be received."""
    return _list(request, dossiers.Query(states=("submitted",)), "desk_online", tab=None)


def _list(request: HttpRequest, query: dossiers.Query, current: str, *, tab: str | None) -> HttpResponse:
    found = dossiers.dossiers(actor_of(request), query, after=request.GET.get("sau", ""))
    chips = deadlines.chips([row.id for row in found.rows], timezone.now())
    context = {
        "rows": [(row, chips.get(row.id)) for row in found.rows],
        "next": found.next,
        "first": bool(request.GET.get("sau")),
        "tabs": [] if tab is None else [(key, label, key == tab) for key, label, _s in TABS],
        "tab": tab,
        "q": query.text,
        "heading": _("Trực tuyến mới") if tab is None else _("Hồ sơ một cửa"),
    }
    return page(request, "desk/dossiers/list.html", context, current=current)


@require_GET
@staff_only
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponseBase:
    """One dossier: tracker, papers, declaration, clocks, what happened, and the acts open to this post."""
    return dossier_page(request, dossier_id)


def dossier_page(
    request: HttpRequest, dossier_id: UUID, *, refusal: Refusal | None = None, open_act: str = "", typed: object = None
) -> HttpResponse:
    """The page, also after a refused act: then with the act's form open, its problems, and what was typed."""
    actor = actor_of(request)
    view = dossiers.dossier(actor, dossier_id)
    items = work.open_items(view.id, actor) if view.received_at else []
    mine = next((item for item in items if item.may_work), None)
    context = {
        **page_parts(actor, view),
        "dossier": view,
        "item": mine,
        "back_to": work.earlier_steps(mine.id) if mine else [],
        "open_items": items,
        "tab": request.GET.get("muc", "giay-to"),
        "refusal": refusal,
        "open_act": open_act or request.GET.get("lam", ""),
        "typed": typed or {},
        "fresh": request.GET.get("moi") == "1",
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/dossiers/dossier.html", context, current="desk_dossiers", status=status)
