"""Văn bản đến: the lists by state, and one document with its files, its slip, what was said and what happened."""

from __future__ import annotations

from uuid import UUID

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from congvu.common.actor import Actor
from congvu.common.errors import NotFound, Refusal
from congvu.domains.calendars import selectors as calendars
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.services import reason_to_return
from congvu.domains.documents.types import LinkView
from congvu.domains.tasks import selectors as tasks
from congvu.engines.workflow import selectors as work
from congvu.faces.desk.discovery import waiting
from congvu.faces.desk.dossiers import files as stored_files
from congvu.faces.desk.incoming.checks import with_checks
from congvu.faces.desk.incoming.forms import form_parts
from congvu.faces.desk.incoming.rows import entry_of, facts_of, line_of, lines, slip_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.audit import selectors as trail
from congvu.ground.audit import services as audit
from congvu.ground.files import selectors as files
from congvu.ground.files.types import FileInfo
from congvu.journeys import document_calendar, document_tasks

CURRENT = "desk_incoming"
TABS = (
    ("cho-vao-so", gettext_lazy("Chờ vào sổ")),
    ("cho-chi-dao", gettext_lazy("Chờ chỉ đạo")),
    ("dang-xu-ly", gettext_lazy("Đang xử lý")),
    ("da-xong", gettext_lazy("Đã xong")),
    ("tra-lai", pgettext_lazy("trạng thái", "Trả lại")),
    ("tat-ca", gettext_lazy("Tất cả")),
)
# States in which the agency answers for copies of it.
COPIED = ("registered", "processing", "done")
OPEN = ("cho-vao-so", "cho-chi-dao", "dang-xu-ly")
COUNTED = 1000


@require_GET
@staff_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """Documents the post may read, by state; open ones with the most urgent first."""
    actor, asked = actor_of(request), request.GET
    tab = tab_of(actor, asked.get("loc", ""))
    found = documents.incoming_list(actor, query_of(tab, asked.get("q", "")), after=asked.get("sau", ""))
    kept = {"loc": tab, **({"q": asked["q"]} if asked.get("q") else {})}
    listed = lines(found.rows, actor.unit_id)
    batch = tab == "cho-vao-so" and actor.has_role("registrar")
    context = {
        "lines": listed,
        "tabs": _tabs(actor, tab),
        "tab": tab,
        "q": asked.get("q", "").strip(),
        "first_url": f"?{urlencode(kept)}" if asked.get("sau") else "",
        "next_url": f"?{urlencode({**kept, 'sau': found.next})}" if found.next else "",
        "export": f"?{urlencode(kept)}",
        "may_register": actor.has_role("registrar"),
        "may_print": may_print(actor),
        "batch": batch and any(line.ordinary for line in listed),
    }
    return page(request, "desk/incoming/list.html", context, current=CURRENT)


def tab_of(actor: Actor, chosen: str) -> str:
    """The list asked for; else the one in which the post's own first work lies."""
    if chosen in dict(TABS):
        return chosen
    if actor.has_role("registrar"):
        return "cho-vao-so"
    return "cho-chi-dao" if actor.has_role("chair") else "dang-xu-ly"


def query_of(tab: str, text: str) -> documents.IncomingQuery:
    view = "" if tab == "tat-ca" else tab
    return documents.IncomingQuery(view=view, text=text.strip(), urgent_first=tab in OPEN)


def may_print(actor: Actor) -> bool:
    """The book shows every document of the agency: its records clerks and leaders print it."""
    return actor.has_role("registrar", "chair")


def _tabs(actor: Actor, current: str) -> list[tuple[str, object, bool, str]]:
    counts = documents.counts(actor)
    shown = {key: f"{COUNTED}+" if count > COUNTED else str(count or "") for key, count in counts.items()}
    return [(key, label, key == current, shown.get(key, "")) for key, label in TABS]


@require_GET
@staff_only
def document(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """One document. Who has to register or to direct it finds that form open."""
    return document_page(request, document_id, open_act=request.GET.get("lam", ""))


def document_page(
    request: HttpRequest, document_id: UUID, *, open_act: str, refusal: Refusal | None = None
) -> HttpResponse:
    """The page, also after a refused act: then with the act's form open, its problems, and what was typed."""
    actor = actor_of(request)
    view = documents.incoming(actor, document_id)
    filed = files.visible_files(actor, view.id)
    mine = [item for item in work.open_items(view.id, actor) if item.may_work and item.kind == "handle"]
    history, given = trail.trail_of(view.id), tasks.of_source(actor, view.id)
    if request.method == "GET":
        audit.viewed(actor, view.id)
    context = {
        "doc": view,
        "line": line_of(view),
        "item": mine[0] if mine else None,
        "files": filed,
        "checked": with_checks(filed, view),
        "return_reason": reason_to_return(view.checks) if view.row.state == "arrived" else "",
        "shown": _shown(filed, request.GET.get("tep", "")),
        "slip": slip_of(view, given),
        "facts": facts_of(view),
        "history": [entry_of(entry) for entry in history],
        "begun": any(entry.verb == "document.begin" for entry in history),
        "links": [(link, address_of(link)) for link in view.links],
        "may_task": tasks.may_give(actor),
        "tasks": given,
        "gives_tasks": tasks.may_give(actor) and document_tasks.concludes(view),
        "invites": document_calendar.is_invitation(view),
        "calendar": calendars.from_source(actor, view.id) if view.row.arrival_number else (),
        "requests": documents.requests(actor, view.id),
        "access": documents.access_of(actor, view.id),
        "asked_reading": documents.asked_to_read(actor, view.id),
        "may_spread": documents.makes_known(actor) and view.row.state in ("registered", "processing", "done"),
        "copies": documents.copies_of(actor, view.id),
        "may_copy": actor.has_role("registrar") and view.row.state in COPIED,
        "refusal": refusal,
        **form_parts(request, view, open_act, mine[0] if mine else None, refusal),
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/incoming/document.html", context, current=CURRENT, status=status)


def _shown(filed: list[FileInfo], wanted: str) -> FileInfo | None:
    """The file in the viewer: the one asked for, else the first a browser can show."""
    chosen = next((info for info in filed if str(info.id) == wanted), None)
    return chosen or next((info for info in filed if info.previewable), filed[0] if filed else None)


def address_of(link: LinkView) -> str:
    """The page of a linked record, where its kind has one on this desk."""
    if link.kind == "doc_copy":
        return reverse("desk_copy", args=[link.record_id])
    shown = waiting().get(link.kind)
    return reverse(shown.address, args=[link.record_id]) if shown else ""


@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]  # it knows views of one argument only
@require_GET
@staff_only
def framed(request: HttpRequest, document_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A checked file of the document, for the viewer of its own page only. Raises NotFound."""
    info = files.info(actor_of(request), file_id)
    if info.record_id != document_id:
        raise NotFound(_("Không tìm thấy tệp này."))
    response = stored_files.stored(request, file_id)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
