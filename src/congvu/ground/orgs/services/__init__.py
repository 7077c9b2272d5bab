"""Changing units, posts and stand-ins. Everything here is an act of an administrator."""

from congvu.ground.orgs.services.posts import (
    assign,
    create_position,
    end_assignment,
    revoke_substitution,
    substitute,
)
from congvu.ground.orgs.services.tokens import issue_token, revoke_token
from congvu.ground.orgs.services.units import change_unit, create_unit, set_settings, succeed_unit

__all__ = [
    "assign", "change_unit", "create_position", "create_unit", "end_assignment", "issue_token",
    "revoke_substitution", "revoke_token", "set_settings", "substitute", "succeed_unit",
]  # fmt: skip
