"""Refusals of this room."""

from __future__ import annotations

from congvu.common.errors import Conflict


class NoWorkingTime(Conflict):
    """The calendar has no office hours, or a whole year off: no working day can be found."""

    code = "no_working_time"
