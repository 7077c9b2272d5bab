"""Hooks of django-allauth: what it may decide is written here, in our words."""
# ruff: noqa: ARG002 - the signatures are allauth's

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congvu.common.actor import SYSTEM, Actor, ActorKind
from congvu.ground.accounts.brake import client_address
from congvu.ground.accounts.errors import LoginClosed, SignInFailed
from congvu.ground.accounts.models import User
from congvu.ground.accounts.oidc import merged, read_claims
from congvu.ground.accounts.signin import accept_identity, record_failed_sign_in, record_sign_in

_ACTOR_KINDS = {User.Kind.STAFF: ActorKind.STAFF, User.Kind.CITIZEN: ActorKind.CITIZEN}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Passwords are for staff; citizens come through the identity service; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng."),
        "too_many_login_attempts": _("Sai quá nhiều lần. Hãy đợi vài phút rồi thử lại."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "enter_current_password": _("Mật khẩu đang dùng không đúng."),
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn. Hãy nhập mã đang hiện."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def add_message(self, *_args: Any, **_values: Any) -> None:
        """Allauth's own messages stay out: pages say what happened."""

    def send_notification_mail(self, *_args: Any, **_values: Any) -> None:
        """Letters go out through ``notifications`` alone."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that allauth's brakes count by: the same as everywhere in the house."""
        return client_address(request)

    def pre_login(self, request: HttpRequest, user: User, **values: Any) -> HttpResponse | None:
        """Refuse closed logins and a password for anybody but staff, before any session begins."""
        by_identity = bool((values.get("signal_kwargs") or {}).get("sociallogin"))
        expected = User.Kind.CITIZEN if by_identity else User.Kind.STAFF
        if not user.is_active or user.kind != expected:
            raise LoginClosed(gettext("Tài khoản này đã khóa. Hãy liên hệ Bộ phận Một cửa hoặc người quản trị."))
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        record_failed_sign_in(SYSTEM, typed=str(credentials.get("username", "")))

    def post_login(self, request: HttpRequest, user: User, **values: Any) -> HttpResponse:
        actor = Actor(
            kind=_ACTOR_KINDS[User.Kind(user.kind)], name=user.full_name, user_id=user.id, subject_id=user.subject_id
        )
        record_sign_in(actor, method="identity" if actor.kind is ActorKind.CITIZEN else "password")
        response: HttpResponse = super().post_login(request, user, **values)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return settings.STAFF_HOME if getattr(request.user, "kind", "") == User.Kind.STAFF else settings.CITIZEN_HOME


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The identity service decides who it is; who that is here is decided by number, and no claim is stored."""

    def pre_social_login(self, _request: HttpRequest, sociallogin: Any) -> None:
        """Attach the login of the vouched identity. Raises ClaimsRefused, IdentityTaken: nothing is written then."""
        data = sociallogin.account.extra_data
        claims = merged(data.get("userinfo") or {}, data.get("id_token") or {})
        identity = read_claims(claims, least_level=settings.IDENTITY_LEAST_LEVEL)
        sociallogin.user = User.objects.get(id=accept_identity(SYSTEM, identity))

    def on_authentication_error(
        self, request: HttpRequest, _provider: Any, error: Any = None, exception: Any = None,
        extra_context: Any = None,
    ) -> None:  # fmt: skip
        """Cancelled: back to the sign-in page. The rest is told in words (a used or foreign state, a dead code)."""
        if error == AuthError.CANCELLED:
            messages.info(request, _("Đã dừng đăng nhập. Chưa có gì thay đổi."))
            raise ImmediateHttpResponse(redirect("citizen_sign_in"))
        raise SignInFailed(
            gettext("Lần đăng nhập này đã hết hạn hoặc không hợp lệ. Hãy đăng nhập lại từ đầu.")
        ) from exception


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trên ứng dụng."),
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_totp_issuer(self) -> str:
        return "Công Vụ"
