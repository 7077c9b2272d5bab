"""Tokens with which programs outside act in a post; given and taken by administrators of the post's agency."""
# ruff: noqa: ARG001 - an act takes the actor for its policy and its entry, even where the body needs it not

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Invalid, Problem
from congvu.ground.accounts import services as accounts
from congvu.ground.accounts.types import IssuedToken
from congvu.ground.audit.services import act, note
from congvu.ground.orgs.policies import may_issue_token, may_revoke_token
from congvu.ground.orgs.selectors.posts import machine_actor


@act("orgs.issue_token", policy=may_issue_token, label="Cấp khóa truy cập cho hệ thống ngoài")
def issue_token(
    actor: Actor, position_id: int, user_id: int, *, name: str, scopes: Sequence[str], expires_at: datetime,
    per_minute: int = 600,
) -> IssuedToken:  # fmt: skip
    """A token for a machine login in a post it holds; its secret is in the answer and nowhere else.

    Raises Invalid naming each field (``user_id`` when the login is no machine's or does not hold the post).
    """
    made = accounts.issue_token(
        user_id, position_id, name=name, scopes=list(scopes), expires_at=expires_at, per_minute=per_minute
    )
    try:
        machine_actor(user_id, position_id)
    except Forbidden as refusal:
        message = _("Tài khoản này không giữ vị trí đó. Hãy bố trí vào vị trí trước.")
        raise Invalid(message, problems=(Problem("user_id", message),)) from refusal
    note(token=made.id, name=name, user=user_id, position=position_id, scopes=sorted(scopes), expires_at=expires_at)
    return made


@act("orgs.revoke_token", policy=may_revoke_token, label="Thu hồi khóa truy cập")
def revoke_token(actor: Actor, token_id: int) -> None:
    """The token opens nothing from the next call on. Raises TokenNotFound, Conflict if it was revoked before."""
    accounts.revoke_token(token_id)
    note(token=token_id)
