"""Văn bản phổ biến: what one has to read, what one has confirmed, what was made known; and one with its report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import SpreadView
from congvu.faces.desk.held import typed
from congvu.faces.desk.posted import whole_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.spreading.people import choices
from congvu.faces.desk.spreading.rows import GROUPS, LABELS, address_of, behind, chip_of, given_of, mine_of, people_of
from congvu.ground.audit import services as audit
from congvu.ground.files import selectors as files
from congvu.ground.records.selectors import visible_to

CURRENT = "desk_spreading"
TABS = (
    ("can-doc", gettext_lazy("Cần xác nhận")),
    ("da-doc", gettext_lazy("Đã xác nhận")),
    ("da-pho-bien", gettext_lazy("Đã phổ biến")),
    ("da-ket-thuc", gettext_lazy("Đã kết thúc")),
    ("don-vi", gettext_lazy("Đơn vị tôi")),
)
GIVEN = ("da-pho-bien", "da-ket-thuc")
FORMS = {"them": gettext_lazy("Thêm người nhận"), "ket-thuc": gettext_lazy("Kết thúc phổ biến")}


@require_GET
@staff_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """What waits for the person, what was confirmed, and for who makes known, how that goes."""
    actor, asked = actor_of(request), request.GET
    gives = documents.makes_known(actor)
    tabs = TABS if gives and actor.has_role("head") else TABS[:4] if gives else TABS[:2]
    tab = asked["loc"] if asked.get("loc") in dict(tabs) else "can-doc"
    context: dict[str, Any] = {
        "tabs": [(key, label, key == tab) for key, label in tabs], "tab": tab, "may_give": gives,
    }  # fmt: skip
    following = ""
    if tab in GIVEN:
        rows, following = documents.disseminations(actor, ended=tab == GIVEN[1], after=asked.get("sau", ""))
        context["given"] = given_of(actor, rows)
    elif tab == "don-vi":
        rows, following = documents.disseminations(actor, own_unit=True, after=asked.get("sau", ""))
        context["given"] = given_of(actor, rows)
    elif tab == "da-doc":
        readings, following = documents.confirmed(actor, after=asked.get("sau", ""))
        context["mine"] = mine_of(actor, readings)
    else:
        context["mine"] = mine_of(actor, documents.to_confirm(actor))
    context["first_url"] = f"?{urlencode({'loc': tab})}" if asked.get("sau") else ""
    context["next_url"] = f"?{urlencode({'loc': tab, 'sau': following})}" if following else ""
    return page(request, "desk/spreading/list.html", context, current=CURRENT)


@require_GET
@staff_only
def spread(request: HttpRequest, spread_id: UUID) -> HttpResponseBase:
    """One making known: for who is asked, what to read and the confirmation; for who gave it, the report."""
    return spread_page(request, spread_id, open_act=request.GET.get("lam", ""))


def spread_page(
    request: HttpRequest, spread_id: UUID, *, open_act: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    """The page, also after a refused act: then with the act's form open, its problems, and what was typed."""
    actor = actor_of(request)
    if request.method == "GET":
        documents.dissemination(actor, spread_id)
        audit.viewed(actor, spread_id)
    view = documents.dissemination(actor, spread_id)
    context = {
        "view": view, "chip": chip_of(view), "document_url": address_of(view) if _reads(actor, view) else "",
        "files": files.visible_files(actor, spread_id), "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
        **_report(request, view), **_form(request, actor, view, open_act),
    }  # fmt: skip
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/spreading/spread.html", context, current=CURRENT, status=status)


def _reads(actor: Actor, view: SpreadView) -> bool:
    """Heads see how their people stand on documents that they may not read themselves."""
    if view.manages or view.mine is not None or view.document_id is None:
        return True
    return visible_to(actor).filter(id=view.document_id).exists()


def _report(request: HttpRequest, view: SpreadView) -> dict[str, Any]:
    """The share, by unit, and the people behind the figure that was opened."""
    group, unit = request.GET.get("tt", ""), whole_of(request.GET.get("don-vi", ""))
    shares = [
        (share, {key: behind(key, share.unit_id) for key in GROUPS}) for share in view.shares
    ]  # fmt: skip
    named = next((share.unit for share in view.shares if share.unit_id == unit), "")
    narrowed = ", ".join(part for part in (str(LABELS.get(group, "")), named) if part)
    return {
        "shares": shares, "links": {key: behind(key) for key in GROUPS}, "narrowed": narrowed,
        "people": people_of(view.readers, group, unit if named else None), "export": f"?{urlencode(request.GET)}",
    }  # fmt: skip


def _form(request: HttpRequest, actor: Actor, view: SpreadView, verb: str) -> dict[str, Any]:
    """The form asked for, if its act is open to this post."""
    if verb not in FORMS or "manage" not in view.abilities:
        return {}
    fields = typed(request)
    parts: dict[str, Any] = {
        "act": verb, "act_label": FORMS[verb], "act_template": f"desk/spreading/act/{verb}.html", "typed": fields,
    }  # fmt: skip
    if verb == "them":
        known = {one.user_id for one in view.readers}
        parts["groups"] = choices(actor, fields, known=known)
    return parts
