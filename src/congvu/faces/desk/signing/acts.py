"""Reading, returning and signing from the page of what waits for signature."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Refusal
from congvu.domains.documents import services
from congvu.domains.documents.types import ToSign
from congvu.domains.dossiers import services as dossiers
from congvu.domains.dossiers.selectors import is_dossier
from congvu.engines.signing import selectors as signatures
from congvu.engines.signing import services as signing
from congvu.faces.desk.posted import item_of, whole, whole_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.signing.authentication import PERSON, authentication
from congvu.faces.desk.signing.holding import Begun, begin
from congvu.faces.desk.signing.rows import PHRASES, RESULT_PHRASES, choice_of, rows_of
from congvu.faces.desk.signing.views import CURRENT, batch_page, list_page, purpose_of, sign_words
from congvu.journeys import dossier_documents as results


@require_POST
@staff_only
def read(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """The version on the screen was read; on to the next one that was not."""
    actor = actor_of(request)
    mark = dossiers.read_result if is_dossier(document_id) else services.mark_read
    try:
        mark(actor, document_id, n=whole(request.POST, "n") or 0)
    except Conflict as refusal:
        return list_page(request, refusal=refusal, wanted=str(document_id))
    return _to(_next(actor, document_id) or document_id)


def _next(actor: Actor, document_id: UUID) -> UUID | None:
    """The first unread document after this one in the list, else the first one."""
    rows = rows_of(actor)
    place = next((n for n, row in enumerate(rows) if row.id == document_id), -1)
    return next((row.id for row in (*rows[place + 1 :], *rows[: place + 1]) if not row.read), None)


def _to(document_id: UUID | None) -> HttpResponse:
    query = f"?{urlencode({'xem': str(document_id)})}" if document_id else ""
    return redirect(f"{reverse(CURRENT)}{query}")


@require_POST
@staff_only
def send_back(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """Return a draft with a set phrase, own words, or both; on to the next one."""
    actor, post = actor_of(request), request.POST
    following = _next(actor, document_id)
    number = post.get("phrase", "")
    result = is_dossier(document_id)
    phrases = RESULT_PHRASES if result else PHRASES
    phrase = phrases[int(number)] if number in {str(n) for n in range(len(phrases))} else ""
    reason = " ".join(part for part in (phrase, post.get("reason", "").strip()) if part)
    try:
        back = dossiers.send_back if result else services.send_back_draft
        back(actor, item_of(document_id, post), to=post.get("to", ""), reason=reason)
    except (Conflict, Invalid) as refusal:
        return list_page(request, refusal=refusal, wanted=str(document_id))
    messages.success(request, _("Đã trả lại dự thảo."))
    return _to(following)


@require_http_methods(["GET", "POST"])
@staff_only
def sign(request: HttpRequest) -> HttpResponseBase:
    """Sign the documents of the form with one authentication. The page itself stands in for the dialog without script,
    and comes back when the key was refused."""
    actor = actor_of(request)
    if request.method == "GET":
        return _sign_page(request, choice_of(actor, rows_of(actor)).tokens)
    tokens = _waiting(request, actor)
    try:
        wanted = [_chosen(token) for token in tokens]
        begun = _begun(request, PERSON, lambda certificate: results.open_signing(actor, certificate, wanted))
    except (Conflict, Invalid) as refusal:
        return _sign_page(request, tokens, refusal)
    return redirect(begun.page, batch_id=begun.batch)


def _waiting(request: HttpRequest, actor: Actor) -> tuple[str, ...]:
    """What the form chose and still waits; what was signed or taken back meanwhile is named and left out."""
    known = {str(row.item) for row in rows_of(actor)}
    wanted = request.POST.getlist("chosen")
    found = tuple(token for token in wanted if token.partition(":")[0] in known)
    if len(found) < len(wanted):
        count = len(wanted) - len(found)
        words = ngettext("%(n)s văn bản không còn chờ ký.", "%(n)s văn bản không còn chờ ký.", count)
        messages.warning(request, words % {"n": count})
    return found


def _chosen(token: str) -> ToSign:
    item, _sign, version = token.partition(":")
    return ToSign(UUID(item), whole_of(version) or 0)


def _begun(request: HttpRequest, purpose: str, opening: Callable[[int], UUID]) -> Begun:
    """The batch, with a word about a key that went away before its last document."""
    begun = begin(request, purpose, opening)
    if begun.outcome is not None and begun.outcome.stopped:
        messages.warning(request, begun.outcome.stopped)
    return begun


def _sign_page(request: HttpRequest, tokens: tuple[str, ...], refusal: Refusal | None = None) -> HttpResponse:
    actor = actor_of(request)
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    choice = choice_of(actor, rows_of(actor), only=tokens)
    context = {
        "tokens": tokens, "sign_words": sign_words(len(tokens), read=not choice.unread_allowed), "refusal": refusal,
        "choice": choice,
        "problems": problems, "auth": authentication(actor, PERSON, request.POST, problems),
    }  # fmt: skip
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/signing/sign.html", context, current=CURRENT, status=status)


@require_POST
@staff_only
def go_on(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Sign what still waits of a batch whose key went away, or have what is held finished now."""
    actor = actor_of(request)
    try:
        if request.POST.get("certificate"):
            kind = signatures.batch(actor, batch_id).kind
            begun = _begun(request, purpose_of(kind), lambda _certificate: batch_id)
            return redirect(begun.page, batch_id=batch_id)
        else:
            signing.queue_batch(actor, batch_id)
    except (Conflict, Invalid) as refusal:
        return batch_page(request, batch_id, refusal)
    return redirect("desk_signing_batch", batch_id=batch_id)
