"""What tests of layout share: the text block in millimetres, how a piece is set, and how close is close."""

from __future__ import annotations

import pytest

LEFT, RIGHT, WIDTH = 30.0, 195.0, 210.0
LEFT_COLUMN = LEFT + 165 * 0.4 / 2
RIGHT_COLUMN = LEFT + 165 * 0.7


def styled(piece):
    return piece.size, piece.bold, piece.italic


def near(value, expected, by=0.6):
    return value == pytest.approx(expected, abs=by)
