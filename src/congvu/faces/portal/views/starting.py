"""Beginning an application: choose the authority, find unfinished ones, throw one away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from congvu.common.actor import Actor
from congvu.common.errors import Problem
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as filing
from congvu.domains.dossiers.types import DraftView
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures.types import ProcedureView
from congvu.faces.portal import agencies, drafting, words
from congvu.faces.portal.people import signed_in
from congvu.faces.portal.shell import page
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option


@signed_in
def start(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """Choose who decides; POST begins the draft. Audience citizen.

    Where no authority takes online filing here, the page says where to file instead.
    """
    today = drafting.today()
    procedure = procedures.procedure(code, today)
    takers = [taker for taker in agencies.takers(procedure, today) if taker.online]
    if not takers or not words.takes_online(procedure):
        context = {
            "procedure": procedure,
            "title": words.title(procedure.name),
            "national_portal": agencies.NATIONAL_PORTAL,
        }
        return page(request, "not_here", context)
    chosen = request.POST.get("authority", "")
    if request.method == "POST" and chosen in {str(taker.id) for taker in takers}:
        return _begin(actor, procedure, int(chosen))
    return _choose(request, actor, procedure, takers, chosen)


def _choose(
    request: HttpRequest, actor: Actor, procedure: ProcedureView, takers: list[agencies.Taker], chosen: str
) -> HttpResponse:
    missing = request.method == "POST"
    message = _("Chọn cơ quan giải quyết trong danh sách.")
    context = {
        "procedure": procedure,
        "title": words.title(procedure.name),
        "options": [Option(str(t.id), t.name, checked=str(t.id) == chosen or len(takers) == 1) for t in takers],
        "error": message if missing else "",
        "problems": [Problem("authority", message)] if missing else [],
        "unfinished": [d for d in dossiers.drafts(actor) if d.procedure_version == procedure.version_id],
    }
    return page(request, "start", context, status=422 if missing else 200)


def _begin(actor: Actor, procedure: ProcedureView, authority_id: int) -> HttpResponse:
    """One draft, also for a double click: an untouched one for the same authority is taken up again."""
    untouched = _untouched(actor, procedure, authority_id)
    draft_id = untouched.id if untouched else _new(actor, procedure, authority_id)
    return HttpResponseRedirect(reverse("portal-draft", kwargs={"code": procedure.code, "draft_id": draft_id}))


def _untouched(actor: Actor, procedure: ProcedureView, authority_id: int) -> DraftView | None:
    same = (procedure.version_id, authority_id, 1)
    return next((d for d in dossiers.drafts(actor) if (d.procedure_version, d.authority_id, d.version) == same), None)


def _new(actor: Actor, procedure: ProcedureView, authority_id: int) -> UUID:
    today = drafting.today()
    form = dossiers.form_for(procedure, today)
    known = drafting.known(form, actor.subject_id, today)
    return filing.begin_draft(
        actor,
        procedure_code=procedure.code,
        authority_id=authority_id,
        form_version=form.version_id,
        values=known.values,
    )


@signed_in
@require_safe
def drafts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Unfinished applications, newest first. Audience citizen."""
    found = dossiers.drafts(actor)
    known = {version: procedures.version(version) for version in {d.procedure_version for d in found}}
    units = orgs.units({d.authority_id for d in found})
    rows = [
        {
            "draft": d,
            "title": words.title(known[d.procedure_version].name),
            "code": known[d.procedure_version].code,
            "authority": units[d.authority_id].name if d.authority_id in units else "",
        }
        for d in found
    ]
    return page(request, "drafts", {"rows": rows})


@signed_in
@require_POST
def drop(request: HttpRequest, actor: Actor, code: str, draft_id: UUID) -> HttpResponse:
    """Throw an own draft away. Audience citizen."""
    filing.drop_draft(actor, draft_id)
    messages.success(request, _("Đã xóa bản kê khai của thủ tục %(code)s.") % {"code": code})
    return HttpResponseRedirect(reverse("portal-drafts"))
