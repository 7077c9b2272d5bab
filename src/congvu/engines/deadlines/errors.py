"""Refusals of this room."""

from __future__ import annotations

from congvu.common.errors import Conflict, NotFound


class NoClock(NotFound):
    """The record has no clocks: it was never received."""

    code = "no_clock"


class WrongClockState(Conflict):
    """The clocks are not in the state the step needs: running, paused, not yet stopped."""

    code = "clock_state"


class ExtensionRefused(Conflict):
    """A new appointment is not lawful: given before, or too late (NĐ 61/2018, Điều 19 khoản 9)."""

    code = "extension"
