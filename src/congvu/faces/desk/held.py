"""What was typed when the session had ended: held in the next session until the official has signed in again."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

_KEY = "typed"
# Characters of the encoded form; beyond it nothing is held, so that strangers cannot fill the session table.
LIMIT = 32_000


def hold(request: HttpRequest) -> str:
    """Where to go after signing in: this page, or for a form the page it stood on, its fields held for it.

    Chosen files are not held; the form asks for them again.
    """
    if request.method != "POST":
        return request.get_full_path()
    page = _page_of(request)
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    if len(encoded := typed.urlencode()) <= LIMIT:
        request.session[_KEY] = {"page": page, "fields": encoded}
    return page


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
