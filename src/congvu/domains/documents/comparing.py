"""What changed between two texts, word by word. Pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from congvu.domains.documents.values import Piece

# A word goes with the space after it, so that a changed phrase is one piece.
_PARTS = re.compile(r"\n|\S+[^\S\n]*|[^\S\n]+")
SAME, ADDED, REMOVED = "same", "added", "removed"


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """The later text in pieces: the same, added, removed; put together, same and added pieces are the later text, same
    and removed ones the earlier."""
    old, new = _PARTS.findall(before), _PARTS.findall(after)
    found: list[Piece] = []
    for move, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if move == "equal":
            found.append(Piece(SAME, "".join(new[c:d])))
            continue
        found += [Piece(REMOVED, "".join(old[a:b]))] if b > a else []
        found += [Piece(ADDED, "".join(new[c:d]))] if d > c else []
    return tuple(found)
