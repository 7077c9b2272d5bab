"""Marks of secrecy as they stand in a text (Luật Bảo vệ bí mật nhà nước; TT 24/2020/TT-BCA)."""

from __future__ import annotations

import re

from congvu.common.text import fold

MARKS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
_GAP = re.compile(r"\s{2,}|[\t|\[\]]")
# A mark of secrecy stands by itself: on a line of its own, or with a gap on both sides; in capitals.
_MARK = re.compile(r"(?:^|\s{2,}|[|\[])(TUYỆT MẬT|TỐI MẬT|MẬT)(?=\s{2,}|[|\]]|\s*$)", re.MULTILINE)


def marks_in(text: str) -> list[str]:
    """Marks of secrecy that stand in a text, the gravest first."""
    found = set(_MARK.findall(text))
    return [mark for mark in MARKS if mark in found]


def stamps_in(text: str, *, exact: bool = False) -> list[str]:
    """``marks_in`` for words a machine recognised: accents may be lost, strokes of the frame stand beside them.

    ``exact``: the letters are the file's own, so that MẶT is another word; without any accents it still is the mark.
    """
    pieces = (piece.strip(" _-—–=*()") for line in text.splitlines() for piece in _GAP.split(line))
    capital = {piece for piece in pieces if piece.isupper()}
    found = {piece if exact and piece != fold(piece).upper() else fold(piece) for piece in capital}
    return [mark for mark in MARKS if fold(mark) in found or mark in found]
