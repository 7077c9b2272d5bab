"""Whose messages are whose."""

from __future__ import annotations

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden


def recipients_of(actor: Actor) -> list[str]:
    """Addresses the actor reads: the person, the login, and the post he acts in now (also as a stand-in)."""
    if actor.kind is ActorKind.CITIZEN:
        named = [("s", actor.subject_id), ("u", actor.user_id)]
    else:
        named = [("u", actor.user_id), ("p", actor.position_id)]
    return [f"{letter}:{number}" for letter, number in named if number is not None]


def own_address(actor: Actor) -> str:
    """Where the actor's own choices are kept. Raises Forbidden for nobody in particular."""
    own = recipients_of(actor)
    if not own:
        raise Forbidden(_("Hãy đăng nhập để chọn cách nhận thông báo."))
    return own[0]


def may_choose(actor: Actor, *, kind: str, channel: str, muted: bool) -> None:
    own_address(actor)
