"""Refusals that only this room makes."""

from __future__ import annotations

from django.utils.translation import gettext as _

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


class TextChanged(Conflict):
    """Somebody saved another version of the draft since the one that was being changed."""

    code = "text_changed"

    @classmethod
    def since(cls, base: int, newest: int, by: str) -> TextChanged:
        """``base`` is the version that was changed, ``newest`` the one that ``by`` has saved since."""
        words = _(
            "%(by)s đã lưu bản %(newest)s trong lúc bản %(base)s đang được sửa. Chưa lưu gì; phần vừa gõ còn nguyên."
        )
        return cls(words % {"by": by, "newest": newest, "base": base})


class NotOpened(Conflict):
    """Nobody confirms having read what the program has not seen opened by him."""

    code = "not_opened"
