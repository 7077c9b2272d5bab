"""Who may see the front page: a person at this machine, in a demonstration. Everybody else finds no such page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from congvu.boot.config import loopback

P = ParamSpec("P")
_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP")


def _at_this_machine(request: HttpRequest) -> bool:
    """The connection and the name in the address are local, and no proxy stands between."""
    if any(request.META.get(name) for name in _FORWARDED):
        return False
    asked = urlsplit(f"//{request.get_host()}").hostname
    return loopback(request.META.get("REMOTE_ADDR")) and loopback(asked)


def here_only(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The gate of every address of the front page. Raises Http404."""

    @functools.wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEMO_FRONT or not _at_this_machine(request):
            raise Http404
        return view(request, *args, **kwargs)

    return gate
