"""Where is my dossier? By code for everybody, the own list after sign-in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congvu.common.actor import Actor
from congvu.common.errors import NotFound, Refusal, TooMany
from congvu.common.text import clean
from congvu.domains.dossiers import selectors as dossiers
from congvu.faces.portal import throttle
from congvu.faces.portal.people import citizen
from congvu.faces.portal.shell import page
from congvu.faces.portal.status import public_status

CODE_LIMIT = 60


@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """The look-up and, for a signed-in citizen, "my dossiers".

    The answer by code has no name, no file and not the random link: codes can be guessed, the link must not follow.
    """
    code = clean(request.GET.get("ma", ""))[:CODE_LIMIT]
    actor = citizen(request)
    context: dict[str, Any] = {"code": code, "actor": actor}
    status = 200
    if code:
        found, status = _by_code(request, code)
        context |= found
    if actor is not None:
        context |= _own(request, actor)
    response = page(request, "lookup", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _by_code(request: HttpRequest, code: str) -> tuple[dict[str, Any], int]:
    """What to show for a code, and the status of the page. Refusals become words beside the box."""
    try:
        throttle.count(request, "lookup")
        view = dossiers.public_look_up(code)
    except (NotFound, TooMany) as refusal:
        return {"problem": refusal.message}, refusal.status
    return {"found": view, "status": public_status(view)}, 200


def _own(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    try:
        rows = dossiers.dossiers(actor, after=request.GET.get("sau", ""))
    except (Refusal, ValueError):
        return {"own": dossiers.dossiers(actor), "own_note": _("Trang này không còn; danh sách bắt đầu lại từ đầu.")}
    return {"own": rows, "later": bool(request.GET.get("sau"))}
