"""What acts read from a form, whatever the room: the version that was shown, the step it was about, where to go on."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from congvu.common.errors import Conflict, NotFound
from congvu.engines.workflow import selectors as work

# Figures of the widest number the database holds.
DIGITS = 18


def whole(post: QueryDict, name: str) -> int | None:
    """A whole number of the page that was shown; None when the form did not send one."""
    return whole_of(post.get(name, ""))


def whole_of(text: str) -> int | None:
    """The number a text is; None for anything else: thousands of digits are no number here."""
    words = text.strip()
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= DIGITS else None


def uuid_or_none(text: str) -> UUID | None:
    """The id a text is; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def item_of(record: UUID, post: QueryDict, *, still_open: bool = False) -> UUID:
    """The step of this record that the form was about. Raises NotFound; Conflict once it is done, where that is asked
    before anything else happens."""
    item = uuid_or_none(post.get("item", ""))
    if item is None or work.record_of(item) != record:
        raise NotFound(_("Không tìm thấy việc này."))
    if still_open and item not in {found.id for found in work.open_items(record)}:
        raise Conflict(_("Bước này đã làm xong, có thể bởi người khác. Trang dưới đây là tình trạng mới nhất."))
    return item


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The page of this program that the form names to go on with, else the one given."""
    wanted = request.POST.get("ve", "")
    inside = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if wanted and inside else otherwise
