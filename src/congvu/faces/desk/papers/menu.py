"""Changes of access that wait for a leader."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.counting import Counting
from congvu.domains.documents import selectors as documents
from congvu.faces.desk.discovery import MenuEntry


def to_settle(actor: Actor) -> tuple[Counting, ...]:
    return (documents.count_access_waiting(actor),)


MENU = (
    MenuEntry(
        "desk_access", gettext_lazy("Quyền xem văn bản"), "lock", 29, shown=lambda actor: actor.has_role("chair"),
        waits=to_settle,
    ),
)  # fmt: skip
