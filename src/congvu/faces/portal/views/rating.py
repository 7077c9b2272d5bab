"""Five faces, two taps, no account: the random link is the right."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from congvu.common.actor import ANONYMOUS
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as filing
from congvu.faces.portal import words
from congvu.faces.portal.shell import page

TEXT_LIMIT = 1000


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Audience public. The trail says that the dossier was rated, not by whom, also when the applicant is signed in."""
    view = dossiers.public_view(token)
    if view.rated or not view.may_rate:
        return page(request, "rated", {"view": view, "thanks": view.rated})
    problems: list[Problem] = []
    score = request.POST.get("score", "")
    if request.method == "POST":
        try:
            filing.rate(
                ANONYMOUS,
                token,
                score=int(score) if score in set("12345") else 0,
                reasons=request.POST.getlist("reasons"),
                comment=request.POST.get("comment", "")[:TEXT_LIMIT],
            )
        except Invalid as refusal:
            problems = list(refusal.problems)
        except Conflict:
            pass  # a double tap: the page after says that it is rated
        if not problems:
            return HttpResponseRedirect(reverse("portal-rate", kwargs={"token": token}))
    context = {
        "view": view,
        "title": words.title(view.procedure_name),
        "problems": problems,
        "score": score,
        "reasons": [(key, text, key in request.POST.getlist("reasons")) for key, text in filing.REASONS.items()],
        "comment": request.POST.get("comment", ""),
    }
    return page(request, "rate", context, status=422 if problems else 200)
