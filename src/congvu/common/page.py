"""Places on paper: what a typesetter hands to whoever signs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Zone:
    """A rectangle on a page, in millimetres from the top left corner; pages count from 1."""

    page: int
    x: float
    y: float
    w: float
    h: float
