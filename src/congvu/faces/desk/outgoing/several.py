"""Documents that wait for their number and seal, issued together with one authentication."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem, Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import IssuingRow, ToIssue
from congvu.faces.desk.incoming.rows import PRIORITIES
from congvu.faces.desk.outgoing.views import CURRENT
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.signing.authentication import AGENCY, authentication
from congvu.faces.desk.signing.holding import begin


@require_http_methods(["GET", "POST"])
@staff_only
def issue(request: HttpRequest) -> HttpResponseBase:
    """What waits for this post to issue it, in the order in which numbers are taken; the chosen ones are issued to the
    recipients their texts name. The page comes back when none was chosen or the key was refused."""
    actor = actor_of(request)
    rows = documents.to_issue(actor)
    if request.method == "GET":
        return _page(request, actor, rows)
    wanted = set(request.POST.getlist("chosen"))
    chosen = [ToIssue(row.item, row.to) for row in rows if row.to and str(row.item) in wanted]
    _tell_gone(request, len(wanted) - len(chosen))
    try:
        if not chosen:
            problem = Problem("chosen", _("Chọn ít nhất một văn bản."), "missing")
            raise Invalid(_("Chưa chọn văn bản nào."), problems=(problem,))
        begun = begin(request, AGENCY, lambda certificate: services.open_issuing(actor, certificate, chosen))
    except (Conflict, Invalid) as refusal:
        return _page(request, actor, rows, refusal)
    if begun.outcome is not None and begun.outcome.stopped:
        messages.warning(request, begun.outcome.stopped)
    return redirect(begun.page, batch_id=begun.batch)


def _tell_gone(request: HttpRequest, count: int) -> None:
    """What was issued or taken back since the page was shown is named and left out."""
    if count > 0:
        words = ngettext("%(n)s văn bản không còn chờ phát hành.", "%(n)s văn bản không còn chờ phát hành.", count)
        messages.warning(request, words % {"n": count})


def _page(
    request: HttpRequest, actor: Actor, rows: tuple[IssuingRow, ...], refusal: Refusal | None = None
) -> HttpResponse:
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    wanted = set(request.POST.getlist("chosen")) if refusal else {str(row.item) for row in rows}
    context = {
        "lines": [_line(row, wanted) for row in rows], "able": any(row.to for row in rows), "refusal": refusal,
        "problems": problems, "auth": authentication(actor, AGENCY, request.POST, problems),
    }  # fmt: skip
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/outgoing/several.html", context, current=CURRENT, status=status)


def _line(row: IssuingRow, wanted: set[str]) -> dict[str, object]:
    urgency = str(PRIORITIES[row.priority]) if row.priority else ""
    return {
        "row": row,
        "urgency": urgency,
        "chosen": str(row.item) in wanted,
        "to": ", ".join(to.name for to in row.to),
    }
