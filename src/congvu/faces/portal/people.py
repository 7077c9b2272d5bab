"""Who stands before the portal: a signed-in citizen, or nobody in particular."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from congvu.common.actor import Actor, ActorKind

P = ParamSpec("P")


def citizen(request: HttpRequest) -> Actor | None:
    """The signed-in citizen or firm; None for everybody else.

    An official's session is nobody here: one session is one kind.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor if actor.kind is ActorKind.CITIZEN and actor.user_id is not None else None


def sign_in_url(address: str) -> str:
    """Where one signs in, and comes back to ``address`` from."""
    return f"{reverse('citizen_sign_in')}?{urlencode({'next': address})}"


def to_sign_in(request: HttpRequest, back: str = "") -> HttpResponse:
    """Send to the sign-in; afterwards the person returns to ``back`` (the page asked for, if not given)."""
    return HttpResponseRedirect(sign_in_url(back or request.get_full_path()))


def signed_in(
    view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view for citizens: it gets the actor as its second argument; everybody else is sent to sign in and back."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = citizen(request)
        if actor is None:
            return to_sign_in(request, "" if request.method == "GET" else request.path)
        response = view(request, actor, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return wrapper
