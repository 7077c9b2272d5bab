"""Who acts in this request and in which posts they might, worked out when first asked."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from congvu.common.actor import ANONYMOUS, Actor
from congvu.common.errors import Forbidden
from congvu.ground.accounts.selectors import citizen_actor
from congvu.ground.orgs.selectors import acting
from congvu.ground.orgs.types import SESSION_POST, Post

_SEEN = "seen"
_SEEN_EVERY = 5 * 60


class ActorMiddleware:
    """Sets ``request.actor``: an official in the chosen post, a citizen, or ANONYMOUS; and ``request.posts``: all posts
    the official may act in, from the same statement.

    A session that is used stays: its time is renewed at most every five minutes, so reading costs no write.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = SimpleLazyObject(lambda: acting_of(request))
        request.actor = SimpleLazyObject(lambda: found[0])  # type: ignore[attr-defined]
        request.posts = SimpleLazyObject(lambda: found[1])  # type: ignore[attr-defined]
        return self.get_response(request)


def acting_of(request: HttpRequest) -> tuple[Actor, tuple[Post, ...]]:
    """The actor of the session and the posts held. A login closed meanwhile ends it; a post given up falls back to the
    main one."""
    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS, ()
    _stay(request)
    try:
        return (citizen_actor(user.id), ()) if user.kind == "citizen" else _staff(request, user.id)
    except Forbidden:
        logout(request)
        return ANONYMOUS, ()


def _staff(request: HttpRequest, user_id: int) -> tuple[Actor, tuple[Post, ...]]:
    chosen = request.session.get(SESSION_POST)
    if chosen is not None:
        try:
            return acting(user_id, chosen)
        except Forbidden:
            del request.session[SESSION_POST]
    return acting(user_id)


def _stay(request: HttpRequest) -> None:
    now = int(time.time())
    if now - request.session.get(_SEEN, 0) > min(_SEEN_EVERY, settings.SESSION_COOKIE_AGE // 4):
        request.session[_SEEN] = now
