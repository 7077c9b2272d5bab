"""Which act's form stands open on the page of an outgoing document, and what its fields offer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.documents.types import OutgoingView
from congvu.faces.desk.held import typed
from congvu.faces.desk.outgoing import recipients
from congvu.faces.desk.outgoing.annex_forms import VERBS as ANNEXES
from congvu.faces.desk.outgoing.cowriting import VERB as COWRITING
from congvu.faces.desk.outgoing.opinion_forms import VERBS as OPINIONS
from congvu.faces.desk.requests import forms as requests
from congvu.faces.desk.shell import actor_of
from congvu.faces.desk.signing.authentication import AGENCY, PERSON, authentication
from congvu.ground.ui.types import Option

# The act's word in the address, the ability it needs, and what its heading says.
FORMS = {
    "ky": ("sign", gettext_lazy("Ký ban hành")),
    "phat-hanh": ("issue", gettext_lazy("Cấp số, ký số cơ quan, phát hành")),
    "tra-lai": ("send_back", gettext_lazy("Trả lại dự thảo")),
    "bo": ("drop", gettext_lazy("Bỏ dự thảo")),
    **requests.FORMS,
}


def form_parts(request: HttpRequest, view: OutgoingView, verb: str, refusal: Refusal | None) -> dict[str, Any]:
    """The form asked for, if its act is open to this post; else the form of the post's first work on the document."""
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    parts: dict[str, Any] = {"problems": problems, "said": QueryDict()}
    if verb == "y-kien" or verb in (*OPINIONS, *ANNEXES, COWRITING):
        return parts | {"said": typed(request)}
    chosen = verb if verb in FORMS and FORMS[verb][0] in view.abilities else _first(view)
    if not chosen:
        return parts
    fields = typed(request)
    parts |= {
        "act": chosen, "act_label": FORMS[chosen][1], "act_template": f"desk/outgoing/act/{chosen}.html",
        "typed": fields, "refused": refusal is not None,
    }  # fmt: skip
    return parts | _fields(actor_of(request), view, chosen, fields, problems)


def _first(view: OutgoingView) -> str:
    """Who has to sign or to issue a document finds the form open."""
    if "sign" in view.abilities:
        return "ky"
    return "phat-hanh" if "issue" in view.abilities else ""


def _fields(
    actor: Actor, view: OutgoingView, verb: str, fields: QueryDict, problems: dict[str, str]
) -> dict[str, Any]:  # fmt: skip
    if verb == "ky":
        return {"auth": authentication(actor, PERSON, fields, problems)}
    if verb == "phat-hanh":
        to = recipients.fields_of(actor, view, fields)
        wired = [(name, problems.get(f"exchange-{place}", "")) for place, name in enumerate(to.exchange)]
        return {"auth": authentication(actor, AGENCY, fields, problems), "to": to, "wired": wired}
    if verb == "tra-lai":
        chosen = fields.get("to", view.returns[0][0])
        return {"returns": [Option(node, name, checked=node == chosen) for node, name in view.returns]}
    return requests.fields_of(actor, view.id, verb, fields)
