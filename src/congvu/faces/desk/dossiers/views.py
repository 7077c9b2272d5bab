"""Lists of dossiers, and one dossier with everything about it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers.types import DossierView
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import ItemView
from congvu.faces.desk.dossiers import act_forms
from congvu.faces.desk.dossiers.parts import act_parts, page_parts, signature_of
from congvu.faces.desk.held import typed
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.work.rows import with_chips

TABS = (
    ("", gettext_lazy("Tất cả"), ()),
    ("dang-xu-ly", gettext_lazy("Đang xử lý"), ("processing",)),
    ("cho-bo-sung", gettext_lazy("Chờ bổ sung"), ("supplement",)),
    ("cho-tra", gettext_lazy("Chờ trả"), ("finished", "refused", "stopped")),
    ("da-tra", gettext_lazy("Đã trả"), ("returned",)),
)


@require_GET
@staff_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """Every dossier the post may read, newest first, by state."""
    tab = request.GET.get("loc", "")
    states = next((states for key, _label, states in TABS if key == tab), ())
    query = dossiers.Query(states=states, text=request.GET.get("q", "").strip())
    return _list(request, query, "desk_dossiers", tab=tab)


@require_GET
@staff_only
def online(request: HttpRequest) -> HttpResponseBase:
    """What came online and waits to be received."""
    query = dossiers.Query(states=("submitted",), text=request.GET.get("q", "").strip())
    return _list(request, query, "desk_online", tab=None)


def _list(request: HttpRequest, query: dossiers.Query, current: str, *, tab: str | None) -> HttpResponse:
    found = dossiers.dossiers(actor_of(request), query, after=request.GET.get("sau", ""))
    context = {
        "rows": with_chips(found.rows),
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
    return dossier_page(request, dossier_id, open_act=request.GET.get("lam", ""), item_id=_named(request))


def _named(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("viec", ""))
    except ValueError:
        return None


def dossier_page(
    request: HttpRequest, dossier_id: UUID, *, open_act: str, item_id: UUID | None, refusal: Refusal | None = None
) -> HttpResponse:
    """The page, also after a refused act: then with the act's form open, its problems, and what was typed."""
    actor = actor_of(request)
    view = dossiers.dossier(actor, dossier_id)
    items = work.open_items(view.id, actor) if view.received_at else []
    mine = next((item for item in items if item.may_work), None)
    chosen = next((item for item in items if item.id == item_id), mine)
    signature = signature_of(view) if any(item.step_kind in ("approve", "issue") for item in items) else None
    if signature is not None and signature.held:
        # What the key has signed goes on by itself; nobody approves or seals it beside.
        mine = chosen = None
    context = {
        **page_parts(actor, view, request.GET.get("muc", "giay-to")),
        "item": mine,
        "signature": signature,
        "may_sign": act_forms.may_sign(view, mine),
        "sealable": mine is not None and mine.step_kind == "issue" and bool(dossiers.signed_by(view.id)),
        "may_send_back": act_forms.may_send_back(view, mine),
        "open_items": [(item, act_forms.may_assign(actor, item)) for item in items],
        "refusal": refusal,
        "fresh": request.GET.get("moi") == "1",
        "paper": "tiep-nhan-a5" if request.session.get("paper") == "a5" else "tiep-nhan",
        **_open_form(request, actor, view, open_act, chosen, refusal),
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/dossiers/dossier.html", context, current="desk_dossiers", status=status)


def _open_form(
    request: HttpRequest, actor: Actor, view: DossierView, verb: str, item: ItemView | None,
    refusal: Refusal | None,
) -> dict[str, object]:  # fmt: skip
    """The form asked for, if its act is open to this post."""
    template = act_forms.template_for(verb, actor, view, item)
    if not template:
        return {}
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    return {"act_template": template, "act": verb, "act_item": item, "typed": typed(request), "problems": problems,
            **act_parts(request, verb, view, item, refusal)}  # fmt: skip
