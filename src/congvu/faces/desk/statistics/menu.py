"""Statistics in the menu, for whoever keeps or oversees the books."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.faces.desk.books.shelves import may_open
from congvu.faces.desk.discovery import MenuEntry


def shown(actor: Actor) -> bool:
    return may_open(actor) or actor.has_role("province_reader")


MENU = (MenuEntry("desk_statistics", gettext_lazy("Thống kê"), "chart", 31, key="y", shown=shown),)
