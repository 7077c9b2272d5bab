"""Who stands before the portal: a signed-in citizen, or nobody in particular."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden
from congvu.ground.accounts import selectors as accounts

P = ParamSpec("P")
SIGN_IN = "/dang-nhap"
SIGN_OUT = "/dang-xuat"


def citizen(request: HttpRequest) -> Actor | None:
    """The signed-in citizen or firm; None for everybody else. An official's session is nobody here (one session, one kind).

    At most one statement for each request, however often it is asked.
    """
    if not hasattr(request, "_portal_citizen"):
        request._portal_citizen = _citizen(request)  # type: ignore[attr-defined]
    found: Actor | None = request._portal_citizen  # type: ignore[attr-defined]
    return found


def _citizen(request: HttpRequest) -> Actor | None:
    user = request.user
    if not user.is_authenticated or getattr(user, "kind", "") != "citizen" or user.pk is None:
        return None
    try:
        return accounts.citizen_actor(user.pk)
    except Forbidden:
        return None


def sign_in_url(address: str) -> str:
    """Where one signs in, and comes back to ``address`` from."""
    return f"{SIGN_IN}?{urlencode({'next': address})}"


def to_sign_in(request: HttpRequest, back: str = "") -> HttpResponse:
    """Send to the sign-in; afterwards the person returns to ``back`` (the page asked for, if not given)."""
    return HttpResponseRedirect(sign_in_url(back or request.get_full_path()))


def signed_in(
    view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A view for citizens: it gets the actor as its second argument; everybody else is sent to sign in and back.

    Each visit lengthens the session: nobody who keeps working is thrown out after thirty minutes.
    """

    @functools.wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = citizen(request)
        if actor is None:
            return to_sign_in(request, "" if request.method == "GET" else request.path)
        request.session.modified = True
        response = view(request, actor, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return wrapper
