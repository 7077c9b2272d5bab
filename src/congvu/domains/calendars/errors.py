"""Refusals that only this room makes."""

from __future__ import annotations

from congvu.common.errors import Conflict


class WrongState(Conflict):
    """The entry is not in a state in which this can be done."""

    code = "wrong_state"


class RoomTaken(Conflict):
    """The room is held by another entry of the calendar at that time."""

    code = "room_taken"
