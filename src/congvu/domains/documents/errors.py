"""Refusals that only this room makes."""

from __future__ import annotations

from congvu.common.errors import Conflict, Invalid


class WrongState(Conflict):
    """The document is not in a state in which this can be done."""

    code = "wrong_state"


class Secret(Invalid):
    """State secrets do not enter this system (Luật Bảo vệ bí mật nhà nước; documents.md §6)."""

    code = "secret"


class Duplicate(Conflict):
    """The same document seems to be in the book already; the clerk must say that it is another."""

    code = "duplicate"


class NoIssuer(Conflict):
    """Nobody issues documents, or keeps a book, in the name of this unit on that day."""

    code = "no_issuer"


class NotApproved(Conflict):
    """The version lacks initials for content or layout (NĐ 30/2020 Điều 12)."""

    code = "not_approved"


class NotOpened(Conflict):
    """Nobody confirms having read what the program has not seen opened by him."""

    code = "not_opened"
