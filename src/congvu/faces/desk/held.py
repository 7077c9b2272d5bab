"""What was typed when the session had ended: held in the next session until the official has signed in again."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from congvu.common.errors import TooMany
from congvu.ground.accounts import services as accounts

_KEY = "typed"
# Characters of the encoded form; beyond it nothing is held, so that strangers cannot fill the session table.
LIMIT = 32_000
# Forms held for one address: an office behind one line whose sessions all end at noon, not a program.
HOLDS, WINDOW = 60, 60 * 60


def hold(request: HttpRequest) -> str:
    """Where to go after signing in: this page, or for a form the page it stood on, its fields held for it.

    Chosen files are not held; the form asks for them again.
    """
    if request.method != "POST":
        return request.get_full_path()
    page = _page_of(request)
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    if len(encoded := typed.urlencode()) <= LIMIT and _sparing(request):
        request.session[_KEY] = {"page": page, "fields": encoded}
    return page


def _sparing(request: HttpRequest) -> bool:
    """Whether this address may make one more session by a form sent without one."""
    try:
        accounts.count_attempt("desk.hold", accounts.client_address(request), most=HOLDS, seconds=WINDOW)
    except TooMany:
        return False
    return True


def _page_of(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return reverse("desk_inbox")
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def typed(request: HttpRequest) -> QueryDict:
    """The fields of this request, or those held for this page, given back once."""
    if request.method == "POST":
        return request.POST
    held = request.session.get(_KEY)
    if held is None or held["page"] != request.get_full_path():
        return QueryDict()
    del request.session[_KEY]
    return QueryDict(held["fields"])
