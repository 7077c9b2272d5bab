"""Work from outside the office: the same desk under a second factor, and no file left on the device.

An agency says which networks are its own (the dated setting ``office_networks``, inherited from the unit above). A
session from any other address shows nothing before a code was given; files are shown and not handed out.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden
from congvu.common.networks import within
from congvu.faces.desk.held import hold
from congvu.ground.accounts import selectors as accounts
from congvu.ground.accounts import services
from congvu.ground.orgs import selectors as orgs

# A code counts for a working day; the mark in the session that its time was shortened.
FACTOR_FOR = 10 * 3600
_SHORT = "outside"


def is_outside(request: HttpRequest, actor: Actor) -> bool:
    """Whether an official calls from no network of the agency acted for. Where none is named, nobody is outside."""
    if actor.unit_id is None:
        return False
    networks = orgs.setting(actor.unit_id, "office_networks")
    return bool(networks) and not within(services.client_address(request), networks)


def served(request: HttpRequest, actor: Actor, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What the view answers, wherever the official is; from outside only after a code, without a file to take along,
    for no cache, in a session that ends sooner. Raises Forbidden for a file to be saved."""
    outside = is_outside(request, actor)
    _time_session(request, outside=outside)
    if not outside:
        return view()
    missing = wanting(request, actor)
    response = missing if missing is not None else _shown_only(request, view)
    response.headers["Cache-Control"] = "no-store"
    return response


def wanting(request: HttpRequest, actor: Actor) -> HttpResponseBase | None:
    """The page that asks for a code, or says how to come by one; None once one was given in this session."""
    own = accounts.second_factors([actor.user_id or 0]).get(actor.user_id or 0, frozenset())
    if not own:
        return _not_enrolled(request, actor)
    since = time.time() - FACTOR_FOR
    given = get_authentication_records(request, request.user)
    if any(one["method"] == "mfa" and one["at"] > since and one.get("id") in own for one in given):
        return None
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': hold(request)})}")


def _not_enrolled(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Without a second factor nothing opens; it is turned on at the office, or somebody there has to help."""
    names = [] if actor.unit_id is None else _administrators(actor.unit_id)
    return render(request, "desk/signin/outside.html", {"names": names}, status=403)


def _administrators(unit_id: int) -> list[str]:
    """Who administers the nearest unit on the way up that has an administrator."""
    for unit in reversed(orgs.tree().path(unit_id)):
        units = [one.id for one in orgs.children(unit.id)]
        seats = [seat for seat in orgs.seats([unit.id, *units]) if "admin" in seat.roles and seat.names]
        if seats:
            return sorted({f"{name}, {seat.title}" for seat in seats for name in seat.names})
    return []


def _shown_only(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer, unless it is a file to be saved: then nothing of the request stays, also not that it was taken."""
    if request.method != "GET":
        return _refuse_file(view())
    with transaction.atomic():
        return _refuse_file(view())


def _refuse_file(response: HttpResponseBase) -> HttpResponseBase:
    if not response.headers.get("Content-Disposition", "").lower().startswith("attachment"):
        return response
    # Not closed here: that would end the request for everybody who listens, in the middle of it.
    raise Forbidden(
        _("Đang ở ngoài mạng cơ quan nên không tải tệp về máy. Hãy xem trên trang, hoặc tải khi ở cơ quan.")
    )


def _time_session(request: HttpRequest, *, outside: bool) -> None:
    """From outside a session that is not used ends sooner; back at the office it lasts as any other."""
    if outside and not request.session.get(_SHORT):
        request.session.set_expiry(settings.SESSION_AGE_OUTSIDE)
        request.session[_SHORT] = True
    elif not outside and request.session.get(_SHORT):
        request.session.set_expiry(None)
        del request.session[_SHORT]
