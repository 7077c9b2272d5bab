"""Refusals that only this room makes."""

from __future__ import annotations

from congvu.common.errors import Conflict


class WrongState(Conflict):
    """The file, list or council is not in a state in which this can be done."""

    code = "wrong_state"


class Frozen(Conflict):
    """The file is locked against any change until it is released."""

    code = "frozen"


class TooShort(Conflict):
    """The chosen retention is shorter than the table allows."""

    code = "retention"
