"""Who may change the catalogue: administrators and the system. Everybody may read it; it is public by law."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden


def may_administer(actor: Actor, *_args: Any, **_kwargs: Any) -> None:
    """Raises Forbidden unless the actor is the system or holds the role ``admin``."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has_role("admin"):
        raise Forbidden(_("Chỉ người quản trị được thay đổi danh mục thủ tục hành chính."))
