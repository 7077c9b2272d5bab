"""Refusals that only this room makes."""

from __future__ import annotations

from congvu.common.errors import Conflict


class WrongState(Conflict):
    """The task is not in a state in which this can be done."""

    code = "wrong_state"


class AlreadyAsked(Conflict):
    """An extension was asked for and waits for its answer."""

    code = "extension_open"
