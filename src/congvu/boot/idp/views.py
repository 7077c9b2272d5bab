"""Choosing an invented citizen instead of unlocking a phone, and the questions the real service asks."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.idp.oidc.views import authorization
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from congvu.boot.demo.people import CITIZENS
from congvu.boot.idp.claims import BY_KEY

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "idp/front.html")


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Who you are today. No password: these people do not exist."""
    after = request.GET.get("next", "")
    if request.method == "POST" and request.POST.get("citizen") in BY_KEY:
        user, _new = User.objects.get_or_create(username=request.POST["citizen"])
        login(request, user, backend=_BACKEND)  # type: ignore[arg-type]
        safe = url_has_allowed_host_and_scheme(after, {request.get_host()})
        return redirect(after if safe else "/")
    return render(request, "idp/choose.html", {"citizens": CITIZENS})


@csrf_exempt
def authorize(request: HttpRequest) -> HttpResponseBase:
    """Allauth's authorization endpoint; asked for the person anew each time, and never without ``state``."""
    if request.method == "GET" and not request.GET.get("state"):
        return render(request, "idp/oidc/error.html", {"missing_state": True}, status=400)
    if request.method == "GET" and "chosen" not in request.GET:
        query = request.GET.copy()
        query["chosen"] = "1"
        path = f"{request.path}?{query.urlencode()}"
        return redirect(f"/chon?{urlencode({'next': path})}")
    response: HttpResponseBase = authorization(request)
    return response
