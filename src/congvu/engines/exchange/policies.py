"""Who may set the exchange up, send again, read again, and bring messages in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden
from congvu.engines.exchange.models import Partner


def may_administer(actor: Actor, *_args: Any, **_values: Any) -> None:
    """The administrator, or the system itself. Raises Forbidden."""
    if actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.STAFF and actor.has_role("admin")):
        return
    raise Forbidden(_("Chỉ người quản trị được làm việc này trên trục liên thông."))


def may_resend(actor: Actor, delivery_id: UUID) -> None:
    """The administrator, or a records clerk, whose documents these are. Raises Forbidden."""
    if actor.kind is ActorKind.STAFF and actor.has_role("admin", "registrar"):
        return
    raise Forbidden(_("Chỉ người quản trị hoặc văn thư được gửi lại."))


def partner_of(actor: Actor) -> Partner:
    """The partner that a program calls as, told by its login. Raises Forbidden for everybody else."""
    found = None
    if actor.user_id is not None:
        found = Partner.objects.filter(machine_user=actor.user_id, active=True).first()
    if found is None:
        raise Forbidden(_("Khóa truy cập này không thuộc hệ thống đối tác nào được gửi văn bản tới đây."))
    return found
