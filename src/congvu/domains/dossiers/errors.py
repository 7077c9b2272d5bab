"""Refusals that only this room makes."""

from __future__ import annotations

from congvu.common.errors import Conflict


class NotRunnable(Conflict):
    """The procedure cannot run here yet: no time limit, no complete process, or not in force."""

    code = "not_runnable"


class WrongState(Conflict):
    """The dossier is not in a state in which this can be done."""

    code = "wrong_state"


class AlreadyAsked(Conflict):
    """A supplement was asked before; the law allows one request."""

    code = "supplement_once"
