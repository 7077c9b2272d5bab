"""Who may."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden
from congvu.engines.workflow import selectors


def may_publish(actor: Actor, /, *_args: Any, **_values: Any) -> None:
    """Administrators, and the system itself (imports)."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has_role("admin"):
        raise Forbidden(_("Chỉ quản trị hệ thống được công bố quy trình."))


def only_system(actor: Actor, /, *_args: Any, **_values: Any) -> None:
    """Automatic steps and timers."""
    if actor.kind is not ActorKind.SYSTEM:
        raise Forbidden(_("Bước này do hệ thống tự chạy."))


def may_put_off(actor: Actor, item_id: UUID, *, until: datetime | None) -> None:
    """Whoever the item waits for."""
    selectors.item(actor, item_id)
