"""Who may publish a form: the administrator of the system, and the system itself for those it ships with."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden


def may_publish(actor: Actor, *_args: Any, **_kwargs: Any) -> None:
    """Raises Forbidden for everybody but administrators and the system."""
    if actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.STAFF and actor.has_role("admin")):
        return
    raise Forbidden(_("Chỉ quản trị hệ thống được ban hành biểu mẫu điện tử."))
