"""The end of the wizard: check the answers, send once, and the page that proves it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as filing
from congvu.engines.forms import selectors as forms
from congvu.engines.forms import services as forming
from congvu.engines.forms.types import SummaryGroup
from congvu.faces.portal import words
from congvu.faces.portal.drafting import CHECK, Drafting, open_draft
from congvu.faces.portal.people import signed_in
from congvu.faces.portal.shell import page
from congvu.faces.portal.views.wizard import already_sent
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import SummaryRow


@signed_in
@require_safe
def check(request: HttpRequest, actor: Actor, code: str, draft_id: UUID) -> HttpResponse:
    """All answers before sending, each with the way to change it and come straight back. Audience citizen."""
    work = open_draft(actor, code, draft_id)
    return already_sent(actor, work) or _check_page(request, work)


@signed_in
@require_POST
def send(request: HttpRequest, actor: Actor, code: str, draft_id: UUID) -> HttpResponse:
    """File the draft. A double press, Back and another tab all lead to the one dossier. Audience citizen."""
    work = open_draft(actor, code, draft_id)
    sent = already_sent(actor, work)
    if sent is not None:
        return sent
    key = request.POST.get("key", "")[:64] or str(uuid4())
    try:
        answer = filing.submit(actor, draft_id, key=key)
    except Invalid as refusal:
        return _check_page(request, work, problems=refusal.problems, status=422)
    except Conflict as refusal:
        return _check_page(request, work, note=refusal.message, status=409)
    return HttpResponseRedirect(reverse("portal-sent", kwargs={"token": answer.token}))


def _check_page(
    request: HttpRequest,
    work: Drafting,
    *,
    problems: tuple[Problem, ...] | None = None,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    checked = forming.check(work.form, work.draft.values, today=work.today)
    found = checked.problems if problems is None else problems
    pages = forms.open_pages(work.form, work.draft.values)
    context = {
        "work": work,
        "groups": [_group(work, group) for group in forms.summary(work.form, work.draft.values)],
        "problems": [_linked(work, problem) for problem in found],
        "warnings": list(dict.fromkeys(warning.message for warning in checked.warnings)),
        "key": uuid4(),
        "note": note,
        "of": len(pages) + 1,
        "marks": ["done"] * len(pages) + ["now"],
        "back": work.url(pages[-1].key) if pages else work.url(),
        "authority": orgs.unit(work.draft.authority_id, work.today).name,
    }
    return page(request, "check", context, status=status)


def _group(work: Drafting, group: SummaryGroup) -> dict[str, Any]:
    url = f"{work.url(group.page)}?tu={CHECK}"
    rows = [SummaryRow(row.label, row.text, url=f"{url}#f-{row.field.replace('.', '-')}") for row in group.rows]
    return {"label": group.label, "rows": rows}


def _linked(work: Drafting, problem: Problem) -> dict[str, str]:
    """A problem with the page on which it is put right."""
    key = forms.page_of(work.form, problem.field)
    anchor = f"#f-{problem.field.replace('.', '-')}"
    return {"message": problem.message, "url": f"{work.url(key)}?tu={CHECK}{anchor}" if key else ""}


@signed_in
@require_safe
def sent(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """The confirmation: portal number, what happens next, proof as PDF. Its address keeps working. Audience citizen."""
    view = dossiers.dossier_by_token(actor, token)
    if view is None or not view.portal_number:
        raise NotFound(_("Không tìm thấy hồ sơ này trong các hồ sơ của ông/bà."))
    title = words.dossier_title(view.title, view.applicant.full_name)
    return page(request, "sent", {"view": view, "title": title, "answer_by": dossiers.answer_by(view)})
