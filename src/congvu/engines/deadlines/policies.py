"""Who may have clocks recomputed. All other steps here belong to acts of the domains, with their policies."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden


def may_recompute(actor: Actor, *_args: Any, **_kwargs: Any) -> None:
    """The system after a calendar change, or an administrator. Raises Forbidden for everybody else."""
    if actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.STAFF and actor.has_role("admin")):
        return
    raise Forbidden(_("Chỉ hệ thống hoặc người quản trị được tính lại hạn."))
