"""The citizen's way in: one page that explains, then the identity service, then back to where it began."""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from congvu.common.actor import Actor, ActorKind
from congvu.ground.accounts.errors import SignInFailed
from congvu.ground.ui.types import Shell

PROVIDER = "dinh-danh"


def _next(request: HttpRequest) -> str:
    """Where the citizen came from, if it is a page of ours; else the portal's home."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else settings.CITIZEN_HOME


@require_GET
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Explain and offer the identity service. A citizen already signed in goes on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.kind is ActorKind.CITIZEN and actor.user_id is not None:
        return redirect(_next(request))
    context = {
        "shell": Shell(), "identity": settings.IDENTITY, "provider": PROVIDER, "next": _next(request),
        "staff": actor.kind is ActorKind.STAFF,
    }  # fmt: skip
    return render(request, "portal/signin/sign_in.html", context)


@require_POST
def start(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the identity service. Raises SignInFailed when it does not answer."""
    return _talk(openid.login, request, provider_id)


@require_GET
@never_cache
def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back with a code, exchange it, and be signed in. Raises SignInFailed, ClaimsRefused, IdentityTaken."""
    return _talk(openid.callback, request, provider_id)


def _talk(view: object, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        response: HttpResponseBase = view(request, provider_id=provider_id)  # type: ignore[operator]
    except RequestException as error:
        raise SignInFailed(
            _("Chưa kết nối được dịch vụ định danh. Hãy thử lại sau ít phút; bản kê khai đang làm dở vẫn được giữ.")
        ) from error
    return response
