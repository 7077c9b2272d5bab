"""Refusals of this room."""

from __future__ import annotations

from congvu.common.errors import Conflict


class AlreadyCompared(Conflict):
    """Somebody has compared this; withdraw that first."""

    code = "already_compared"


class NotCompared(Conflict):
    """There is no comparison in force to withdraw."""

    code = "not_compared"
