"""Who may keep trusted roots and the register of certificates, and who may sign with what."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden


def may_keep_trust(actor: Actor, *_args: Any, **_kwargs: Any) -> None:
    """Administrators and the system: whom the installation believes decides over every signature."""
    if actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.STAFF and actor.has_role("admin")):
        return
    raise Forbidden(_("Chỉ người quản trị được sửa danh sách chứng thư gốc tin cậy."))
