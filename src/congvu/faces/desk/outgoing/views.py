"""Văn bản đi: the lists by state, and one document with its text, its signatures, its recipients and what happened."""

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
from congvu.domains.documents.types import OutgoingView
from congvu.domains.tasks import selectors as tasks
from congvu.faces.desk.incoming.rows import entry_of
from congvu.faces.desk.incoming.views import address_of
from congvu.faces.desk.outgoing import annex_forms, cowriting, opinion_forms, secrecy
from congvu.faces.desk.outgoing.forms import form_parts
from congvu.faces.desk.outgoing.rows import Reached, facts_of, lines, marks_of, sent_back
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.signing.holding import is_slow
from congvu.ground.audit import selectors as trail
from congvu.ground.audit import services as audit
from congvu.ground.files import selectors as files
from congvu.journeys import document_tasks

CURRENT = "desk_outgoing"
TABS = (
    ("du-thao", gettext_lazy("Dự thảo")),
    ("dang-trinh", gettext_lazy("Đang trình")),
    ("cho-ky", gettext_lazy("Chờ ký")),
    ("cho-phat-hanh", gettext_lazy("Chờ phát hành")),
    ("da-phat-hanh", gettext_lazy("Đã phát hành")),
    ("tat-ca", gettext_lazy("Tất cả")),
)
COUNTED = 1000


@require_GET
@staff_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """Documents the post may read, by state, the newest first."""
    actor, asked = actor_of(request), request.GET
    tab = tab_of(actor, asked.get("loc", ""))
    query = documents.OutgoingQuery(view="" if tab == "tat-ca" else tab, text=asked.get("q", "").strip())
    found = documents.outgoing_list(actor, query, after=asked.get("sau", ""))
    kept = {"loc": tab, **({"q": query.text} if query.text else {})}
    context = {
        "lines": lines(found.rows),
        "tabs": tabs(actor, tab),
        "to_say": documents.count_consulted(actor).now(),
        "tab": tab,
        "q": query.text,
        "may_issue": tab == "cho-phat-hanh" and bool(found.rows) and actor.has_role("registrar"),
        "first_url": f"?{urlencode(kept)}" if asked.get("sau") else "",
        "next_url": f"?{urlencode({**kept, 'sau': found.next})}" if found.next else "",
    }
    return page(request, "desk/outgoing/list.html", context, current=CURRENT)


def tab_of(actor: Actor, chosen: str) -> str:
    """The list asked for; else the one in which the post's own first work lies."""
    if chosen in dict(TABS):
        return chosen
    if actor.has_role("registrar"):
        return "cho-phat-hanh"
    return "cho-ky" if actor.has_role("chair") else "du-thao"


def tabs(actor: Actor, current: str) -> list[tuple[str, object, bool, str]]:
    """The lists by state: key, name, whether it is shown, how many."""
    counts = documents.counts_out(actor)
    shown = {key: f"{COUNTED}+" if count > COUNTED else str(count or "") for key, count in counts.items()}
    return [(key, label, key == current, shown.get(key, "")) for key, label in TABS]


@require_GET
@staff_only
def document(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """One document. Who has to sign or to issue it finds that form open."""
    return document_page(request, document_id, open_act=request.GET.get("lam", ""))


def document_page(
    request: HttpRequest, document_id: UUID, *, open_act: str, refusal: Refusal | None = None
) -> HttpResponse:
    """The page, also after a refused act: then with the act's form open, its problems, and what was typed."""
    actor = actor_of(request)
    view = documents.outgoing(actor, document_id)
    history, shown = trail.trail_of(view.id), _shown(request, actor, view)
    if request.method == "GET":
        audit.viewed(actor, view.id)
    context = {
        "doc": view,
        "line": lines([view.row])[0],
        "facts": facts_of(view),
        "marks": marks_of(view),
        "returned": sent_back(history) if "edit" in view.abilities else None,
        "findings": documents.draft_findings(actor, view.id) if "edit" in view.abilities else (),
        "reached": [Reached(to) for to in view.recipients],
        "history": [entry_of(entry) for entry in history],
        "links": [(link, address_of(link)) for link in view.links],
        "tasks": tasks.of_source(actor, view.id) if view.row.state == "issued" else (),
        "gives_tasks": view.row.state == "issued" and view.kind.key in document_tasks.GIVING and tasks.may_give(actor),
        "requests": documents.requests(actor, view.id),
        "recalled": documents.recall_reason(view.id) if view.row.state == "recalled" else "",
        "access": documents.access_of(actor, view.id),
        "asked_reading": documents.asked_to_read(actor, view.id),
        "may_spread": documents.makes_known(actor) and view.row.state == "issued",
        "copies": documents.copies_of(actor, view.id),
        "may_copy": actor.has_role("registrar") and view.row.state == "issued",
        "refusal": refusal,
        "slow": view.held is not None and is_slow(view.held.at),
        **shown,
        **annex_forms.parts(request, view, None if shown["signed"] else shown["version"], open_act, refusal),
        **secrecy.parts(request, view, None if shown["signed"] else shown["version"], open_act, refusal),
        **form_parts(request, view, open_act, refusal),
        **cowriting.parts(request, view, open_act, refusal),
        **opinion_forms.parts(request, view, open_act, refusal),
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/outgoing/document.html", context, current=CURRENT, status=status)


def _shown(request: HttpRequest, actor: Actor, view: OutgoingView) -> dict[str, Any]:
    """What lies in the viewer: the signed file once there is one, else a version of the draft."""
    asked = request.GET.get("ban", "")
    n = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    version = next((v for v in view.versions if v.n == n), None)
    filed = {info.id: info for info in files.visible_files(actor, view.id)} if view.original else {}
    signed = filed.get(view.original) if view.original else None
    return {"version": version or view.current, "signed": None if version else signed, "original": signed}
