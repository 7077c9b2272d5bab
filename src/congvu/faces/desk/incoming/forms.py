"""Which act's form stands open on the page of a document, and what its fields offer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.services import reason_to_return
from congvu.domains.documents.types import IncomingView, Proposal
from congvu.engines.workflow.types import ItemView
from congvu.faces.desk.held import typed
from congvu.faces.desk.incoming import slip
from congvu.faces.desk.incoming.envelope import arrived_fields, register_parts
from congvu.faces.desk.shell import actor_of
from congvu.ground.ui.types import Option

# The act's word in the address, the ability it needs, and what its heading says.
FORMS = {
    "vao-so": ("register", gettext_lazy("Vào sổ văn bản đến")),
    "tra-lai": ("send_back", gettext_lazy("Trả lại nơi gửi")),
    "chi-dao": ("direct", gettext_lazy("Cho ý kiến chỉ đạo")),
    "phan-cong": ("hand_on", gettext_lazy("Phân công trong đơn vị")),
    "hoan-thanh": ("finish", gettext_lazy("Hoàn thành xử lý")),
    "mo-lai": ("reopen", gettext_lazy("Mở lại văn bản")),
}
ON_ITEM = frozenset({"phan-cong", "hoan-thanh"})


def form_parts(
    request: HttpRequest, view: IncomingView, verb: str, item: ItemView | None, refusal: Refusal | None
) -> dict[str, Any]:
    """The form asked for, if its act is open to this post; else the form of the post's first work on the document."""
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    parts: dict[str, Any] = {"problems": problems, "said": QueryDict(), "may_hand_on": _open(view, "phan-cong", item)}
    if verb == "y-kien":
        return parts | {"said": typed(request)}
    chosen = verb if _open(view, verb, item) else _first(view)
    if not chosen:
        return parts
    fields = typed(request)
    parts |= {
        "act": chosen, "act_label": FORMS[chosen][1], "act_template": f"desk/incoming/act/{chosen}.html",
        "typed": fields, "refused": refusal is not None,
    }  # fmt: skip
    return parts | _fields(request, actor_of(request), view, chosen, item, refusal)


def _open(view: IncomingView, verb: str, item: ItemView | None) -> bool:
    return verb in FORMS and FORMS[verb][0] in view.abilities and (verb not in ON_ITEM or item is not None)


def _first(view: IncomingView) -> str:
    """Who has to register or to direct a document finds the form open."""
    if "register" in view.abilities:
        return "vao-so"
    return "chi-dao" if view.row.state == "registered" and "direct" in view.abilities else ""


def _fields(
    request: HttpRequest, actor: Actor, view: IncomingView, verb: str, item: ItemView | None, refusal: Refusal | None
) -> dict[str, Any]:  # fmt: skip
    fields = typed(request)
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    if verb == "vao-so":
        shown = fields or arrived_fields(view)
        return {"typed": shown, **register_parts(actor, shown, view=view, refusal=refusal)}
    if verb == "tra-lai" and not fields:
        shown = QueryDict(mutable=True)
        shown["reason"] = reason_to_return(view.checks)
        return {"typed": shown}
    if verb == "chi-dao":
        return slip.form_of(view, fields, problems, proposal_of(view))
    if verb == "phan-cong" and item is not None:
        above = next((line for line in view.directions if line.item == item.id), None)
        return slip.form_of(view, fields, problems, None, above=above)
    if verb == "mo-lai":
        chosen = fields.get("term-0", "")
        terms = [Option(o.value, o.label, checked=o.value == chosen) for o in slip.terms_of(view.book.unit_id)]
        return {"terms": terms}
    return {}


def proposal_of(view: IncomingView) -> Proposal | None:
    """Who led on documents like this one before."""
    row = view.row
    return documents.proposal(view.book.id, sender=row.sender, sender_code=view.sender_code, symbol=view.symbol)
