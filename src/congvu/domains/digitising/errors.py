"""Refusals that only this room makes."""

from __future__ import annotations

from congvu.common.errors import Conflict


class WrongState(Conflict):
    """The batch or scan is not in a state in which this can be done."""

    code = "wrong_state"
