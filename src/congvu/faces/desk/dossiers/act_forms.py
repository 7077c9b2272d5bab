"""Which act's form stands open on the page of a dossier, and what its fields offer."""

from __future__ import annotations

from collections.abc import Sequence

from congvu.common.actor import Actor
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers.types import DossierView
from congvu.domains.procedures import selectors as procedures
from congvu.engines.workflow.types import ItemView
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

# The act's word in the address, the ability it needs, and its template where it has one of its own.
ABILITIES = {
    "yeu-cau-bo-sung": "ask_supplement",
    "huy-bo-sung": "cancel_supplement",
    "nhan-bo-sung": "answer_supplement",
    "tu-choi-tiep-nhan": "decline",
    "tu-choi": "refuse",
    "dung": "stop",
    "tra-ket-qua": "return",
}
REASON_ONLY = frozenset({"huy-bo-sung", "tu-choi-tiep-nhan", "tu-choi", "dung"})
HANDS_OUT_WORK = ("head", "chair", "center_head")


def may_assign(actor: Actor, item: ItemView) -> bool:
    """Heads hand out the work of units they read; a holder passes the own item on."""
    return actor.has_role(*HANDS_OUT_WORK) or item.may_work


def may_send_back(view: DossierView, item: ItemView | None) -> bool:
    return item is not None and view.state == "processing" and "send_back" in item.outcomes


def may_propose(view: DossierView, item: ItemView | None) -> bool:
    """Whoever works on it before the approval may put the result down that is to be signed."""
    return (
        item is not None and item.may_work and item.step_kind not in ("approve", "issue", "return")
        and view.state == "processing" and procedures.version(view.procedure_version).result_from != "ministry"
    )  # fmt: skip


def may_sign(view: DossierView, item: ItemView | None) -> bool:
    """Whoever approves may sign the result in the same act, where it is ours to give."""
    return (
        item is not None and item.may_work and item.step_kind == "approve" and view.state == "processing"
        and procedures.version(view.procedure_version).result_from != "ministry"
    )  # fmt: skip


def template_for(verb: str, actor: Actor, view: DossierView, item: ItemView | None) -> str:
    """The template of the form, or "" when the act is not open to this post now."""
    if not _is_open(verb, actor, view, item):
        return ""
    return f"desk/dossiers/act/{'reason' if verb in REASON_ONLY else verb}.html"


def _is_open(verb: str, actor: Actor, view: DossierView, item: ItemView | None) -> bool:
    if verb in ABILITIES:
        return ABILITIES[verb] in view.abilities
    if item is None:
        return False
    if verb == "ban-hanh":
        return item.may_work and item.step_kind == "issue" and view.state == "processing"
    if verb == "ban-hanh-ky":
        return item.may_work and item.step_kind == "issue" and bool(dossiers.signed_by(view.id))
    if verb == "phe-duyet-ky":
        return may_sign(view, item)
    if verb == "du-thao-ket-qua":
        return may_propose(view, item)
    if verb == "tra-lai":
        return item.may_work and may_send_back(view, item)
    return verb == "phan-cong" and may_assign(actor, item)


def posts_for(item: ItemView) -> list[Option]:
    """The posts the step may be given to, each with the people who act in it today."""
    return [option for key in item.holders for option in _posts(key, item.assignee_id)]


def _posts(key: str, current: int | None) -> Sequence[Option]:
    kind, _, rest = key.partition(":")
    if kind == "p":
        found = [orgs.position(int(rest))]
    else:
        role, _, unit = rest.partition("@")
        found = orgs.positions(int(unit), role)
    return [
        Option(str(post.id), ", ".join([*(person.name for person in orgs.holders_of(post.id)), post.title]),
               checked=post.id == current)
        for post in found
    ]  # fmt: skip
