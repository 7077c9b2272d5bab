"""The desk's frame: who acts, where they can go, what waits there; and the gate for staff."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.counting import totals
from congvu.common.errors import Forbidden
from congvu.engines.workflow import selectors as work
from congvu.faces.desk.discovery import MenuEntry, menu
from congvu.faces.desk.held import hold
from congvu.faces.desk.outside import served
from congvu.ground.notifications import selectors as notifications
from congvu.ground.orgs.types import Post as HeldPost
from congvu.ground.ui.types import NavEntry, Post, Shell

P = ParamSpec("P")
PHONE_ENTRIES = 4


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the middleware put on the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def staff_only(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Staff with a post pass; nobody signed in goes to the sign-in page and comes back; others are refused in words.

    What a desk page or file holds stays in no cache: the next person at a shared machine presses Back in vain.
    """

    @functools.wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = admit(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def admit(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        if actor.kind is not ActorKind.STAFF:
            if request.user.is_authenticated:
                raise Forbidden(_("Trang này dành cho cán bộ. Hãy đăng nhập bằng tài khoản công vụ."))
            return redirect(f"{reverse('staff_sign_in')}?{urlencode({'next': hold(request)})}")
        if actor.position_id is None:
            raise Forbidden(_("Tài khoản này chưa được phân công vào vị trí nào. Hãy báo người quản trị của cơ quan."))
        return served(request, actor, lambda: view(request, *args, **kwargs))

    return gate


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, current: str, status: int = 200
) -> HttpResponse:
    """A desk page inside its frame. ``current`` is the navigation entry to mark."""
    return render(request, template, {"shell": shell(request, current), **context}, status=status)


def shell(request: HttpRequest, current: str) -> Shell:
    actor = actor_of(request)
    entries = [entry for entry in menu() if entry.shown(actor)]
    waiting, unread, elsewhere = _figures(actor, entries, _others(request, actor))
    return Shell(
        actor_name=actor.name, position=actor.position_title, unit_name=actor.unit_name,
        on_behalf_of=actor.on_behalf_of, posts=_posts(request, actor, elsewhere),
        nav=_nav(entries, waiting, current), home_url=_place("desk_inbox"),
        sign_out_url=_place("sign_out"), switch_url=_place("switch_post"), search_url=_place("desk_search"),
        create_url=_place("desk_counter") if actor.has_role("clerk") else "",
        notices_url=_place("desk_notices"), notices=unread, demo=settings.DEMO,
    )  # fmt: skip


def _place(name: str) -> str:
    """The address of a page of the frame."""
    return _reversed(name, get_script_prefix())


@functools.lru_cache(maxsize=256)
def _reversed(name: str, _prefix: str) -> str:
    """Addresses are fixed when the program starts; only the path it is mounted at may differ, and so is remembered."""
    return reverse(name)


def _held(request: HttpRequest) -> tuple[HeldPost, ...]:
    """Every post the person may act in, as the middleware read them together with the actor."""
    held: tuple[HeldPost, ...] = request.posts  # type: ignore[attr-defined]
    return held


def _others(request: HttpRequest, actor: Actor) -> tuple[Actor, ...]:
    """The person in each of the other posts, with what it takes to know what waits there."""
    return tuple(
        Actor(
            kind=ActorKind.STAFF, name=actor.name, user_id=actor.user_id, position_id=post.position_id,
            unit_id=post.unit_id, roles=frozenset(post.roles),
        )
        for post in _held(request)
        if post.position_id != actor.position_id
    )  # fmt: skip


def _posts(request: HttpRequest, actor: Actor, waiting: Mapping[int, int]) -> tuple[Post, ...]:
    return tuple(
        Post(
            key=str(post.position_id), title=post.title, unit_name=post.unit,
            waiting=waiting.get(post.position_id) or None, current=post.position_id == actor.position_id,
            stand_in_for=post.stand_in_for,
        )
        for post in _held(request)
    )  # fmt: skip


def _figures(
    actor: Actor, entries: Iterable[MenuEntry], others: Iterable[Actor]
) -> tuple[dict[str, int], int, dict[int, int]]:
    """What waits at each entry of the menu, the unread messages, what waits in each other post. One statement for
    all."""
    asked = {(entry.address, n): one for entry in entries for n, one in enumerate(entry.waits(actor))}
    there = {("post", other.position_id or 0): work.count_waiting(other, beside=actor) for other in others}
    found = totals({**asked, **there, ("", 0): notifications.unread(actor)})
    waiting: dict[str, int] = {}
    for address, n in asked:
        waiting[address] = waiting.get(address, 0) + found[address, n]
    return waiting, found["", 0], {post: found["post", post] for _key, post in there}


def _nav(entries: Iterable[MenuEntry], waiting: Mapping[str, int], current: str) -> tuple[NavEntry, ...]:
    """Entries the post has a use for; figures are what waits for it."""
    in_bar = [entry.address for entry in entries if entry.phone][:PHONE_ENTRIES]
    return tuple(
        NavEntry(
            label=str(entry.label), url=_place(entry.address), icon=entry.icon,
            count=waiting.get(entry.address) or None, current=entry.address == current, phone=entry.address in in_bar,
            key=entry.key, group=str(entry.group),
        )
        for entry in entries
    )  # fmt: skip
