"""Pages on which an official signs in and looks after the own login. The rules are django-allauth's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden, Invalid
from congvu.faces.desk.outside import served
from congvu.ground.accounts import services as accounts
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.types import SESSION_POST

View = Callable[..., HttpResponseBase]


class _SignIn(account.LoginView):  # type: ignore[misc]
    """Name and password. An official already signed in goes on; a citizen's session ends when the password is right."""

    template_name = "desk/signin/sign_in.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _actor(request).kind is ActorKind.STAFF:
            return redirect(self.get_success_url() or settings.STAFF_HOME)
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        if self.request.user.is_authenticated:
            logout(self.request)
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


class _ChangePassword(account.PasswordChangeView):  # type: ignore[misc]
    template_name = "desk/signin/change_password.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            accounts.record_security(_actor(self.request), change="password")
        messages.success(self.request, _("Đã đổi mật khẩu."))
        return response


class _Recorded:
    """Leaves an entry in the trail with what the form has changed, both or neither."""

    change = ""
    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            accounts.record_security(_actor(self.request), change=self.change)
        return response


class _Activate(_Recorded, totp.ActivateTOTPView):  # type: ignore[misc]
    change = "totp_on"


class _Deactivate(_Recorded, totp.DeactivateTOTPView):  # type: ignore[misc]
    change = "totp_off"


class _NewCodes(_Recorded, codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    change = "recovery_codes"


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _staff_only(view: View) -> View:
    """Citizens have no password and no second factor here: the identity service looks after theirs."""

    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and _actor(request).kind is not ActorKind.STAFF:
            raise Forbidden(_("Trang này dành cho cán bộ."))
        return view(request, *args, **kwargs)

    return gate


def _under_factor(view: View) -> View:
    """From outside the office nobody who only knows a password changes how the login is guarded."""

    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = _actor(request)
        if actor.kind is not ActorKind.STAFF:
            return view(request, *args, **kwargs)
        return served(request, actor, lambda: view(request, *args, **kwargs))

    return _staff_only(gate)


sign_in = _SignIn.as_view()
second_factor = mfa.AuthenticateView.as_view(template_name="desk/signin/second_factor.html")
security = _under_factor(mfa.IndexView.as_view(template_name="desk/signin/security.html"))
activate = _under_factor(_Activate.as_view(template_name="desk/signin/activate.html"))
deactivate = _under_factor(_Deactivate.as_view(template_name="desk/signin/deactivate.html"))
recovery_codes = _under_factor(codes.ViewRecoveryCodesView.as_view(template_name="desk/signin/recovery_codes.html"))
new_recovery_codes = _under_factor(_NewCodes.as_view(template_name="desk/signin/new_recovery_codes.html"))
password_again = _staff_only(account.ReauthenticateView.as_view(template_name="desk/signin/password_again.html"))
code_again = _staff_only(mfa.ReauthenticateView.as_view(template_name="desk/signin/code_again.html"))
change_password = _under_factor(_ChangePassword.as_view())


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; staff come back to their sign-in page, citizens to the portal."""
    actor = _actor(request)
    staff = actor.kind is ActorKind.STAFF
    if actor.user_id is not None:
        accounts.record_sign_out(actor)
    get_adapter().logout(request)
    return redirect("staff_sign_in" if staff else settings.CITIZEN_HOME)


@require_POST
def switch_post(request: HttpRequest) -> HttpResponse:
    """Act in another of the own posts (or stand in) from now on. Raises Forbidden for a post not held."""
    actor, wanted = _actor(request), request.POST.get("post", "")
    if actor.kind is not ActorKind.STAFF or actor.user_id is None:
        raise Forbidden(_("Chỉ cán bộ mới có vị trí công tác để chọn."))
    if not wanted.isascii() or not wanted.isdigit() or len(wanted) > 18:
        raise Invalid(_("Hãy chọn một vị trí trong danh sách."))
    chosen = orgs.staff_actor(actor.user_id, int(wanted))
    accounts.record_post(actor, position=chosen.position_id)
    request.session[SESSION_POST] = chosen.position_id
    after = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    return redirect(after if safe else settings.STAFF_HOME)
