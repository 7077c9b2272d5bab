"""The room's own addresses: reader controls without script, and the gallery of components."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from congvu.ground.ui import gallery
from congvu.ground.ui.readers import COOKIE, LANGUAGES, MAX_AGE, reader_of


@csrf_exempt  # sets this browser's display and nothing else; a token would make every page set a cookie
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember ``set=theme:dark`` (or ``lang:en``) on this device and go back to the page it was chosen on."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(wanted if safe else "/")
    setting = request.POST.get("set", "")
    name, _, value = setting.partition(":")
    if name == "lang" and value in LANGUAGES:
        _remember(response, settings.LANGUAGE_COOKIE_NAME, value)
    else:
        _remember(response, COOKIE, reader_of(request).choose(setting).cookie())
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    """A cookie that the page's script may read and write too: it holds no secret."""
    response.set_cookie(name, value, max_age=MAX_AGE, samesite="Lax", secure=settings.SECURE)


def _only_where_shown() -> None:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404


def show_gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, on a demonstration or a developer's machine only."""
    _only_where_shown()
    return render(request, "ui/gallery.html", gallery.context())


def show_gallery_desk(request: HttpRequest) -> HttpResponse:
    """The frame of the desk around a list, under the same condition."""
    _only_where_shown()
    return render(request, "ui/gallery_desk.html", gallery.desk_context())
