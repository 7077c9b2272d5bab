"""Cursors of lists that are paged by a moment and a record: where the page before ended."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, Problem
from congvu.common.zones import local


def write_cursor(moment: datetime, key: UUID) -> str:
    """The cursor of a page whose last row is this one."""
    return f"{moment.isoformat()}_{key}"


def read_cursor(text: str) -> tuple[datetime, UUID]:
    """Where a page begins. Raises Invalid for what is no cursor, or a moment without its zone."""
    moment, _sign, key = text.partition("_")
    try:
        return local(datetime.fromisoformat(moment)), UUID(key)
    except (ValueError, OverflowError):
        raise broken_cursor() from None


def broken_cursor() -> Invalid:
    """The refusal of an address that leads to no page."""
    message = _("Đường dẫn trang tiếp theo không hợp lệ. Hãy mở lại danh sách.")
    return Invalid(message, problems=(Problem("after", message),))
