"""Documents made known in the menu; the count is what the person has still to read and confirm."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.counting import Counting
from congvu.domains.documents import selectors as documents
from congvu.faces.desk.discovery import MenuEntry


def to_confirm(actor: Actor) -> tuple[Counting, ...]:
    return (documents.count_to_confirm(actor),)


MENU = (MenuEntry("desk_spreading", gettext_lazy("Văn bản phổ biến"), "megaphone", 25, key="p", waits=to_confirm),)
