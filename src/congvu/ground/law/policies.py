"""Who may set figures and record comparisons."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden


def may_keep_law(actor: Actor, *_args: Any, **_kwargs: Any) -> None:
    """Administrators in office and the system itself. Raises Forbidden for everybody else."""
    if actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.STAFF and actor.has_role("admin")):
        return
    raise Forbidden(_("Chỉ người quản trị được đặt số liệu pháp lý và ghi nhận việc đối chiếu."))
