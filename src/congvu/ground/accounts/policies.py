"""Who may change logins and the facts of persons."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden
from congvu.ground.accounts.models import User

_COUNTER = ("clerk", "specialist", "head", "center_head")


def may_update_contact(actor: Actor, subject_id: int, **_values: Any) -> None:
    """The person themselves, an official who serves them at the counter, or the system."""
    if actor.kind is ActorKind.SYSTEM or (actor.subject_id is not None and actor.subject_id == subject_id):
        return
    if actor.kind is ActorKind.STAFF and actor.has_role(*_COUNTER):
        return
    raise Forbidden(_("Chỉ được sửa thông tin liên hệ của chính mình."))


def may_manage_logins(actor: Actor, *_args: Any, **_values: Any) -> None:
    if actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.STAFF and actor.has_role("admin")):
        return
    raise Forbidden(_("Chỉ người quản trị được mở hoặc khóa tài khoản."))


def may_accept_identity(actor: Actor, *_args: Any, **_values: Any) -> None:
    """Only the program itself, after it has spoken to the identity service."""
    if actor.kind is not ActorKind.SYSTEM:
        raise Forbidden(_("Danh tính chỉ được nhận từ dịch vụ định danh."))


def may_record_sign_in(actor: Actor, **_values: Any) -> None:
    """The person who has just signed in, with an open login of that kind."""
    if not User.objects.filter(id=actor.user_id or 0, kind=actor.kind.value, is_active=True).exists():
        raise Forbidden(_("Tài khoản đã khóa."))
