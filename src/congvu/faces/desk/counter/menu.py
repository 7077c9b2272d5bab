"""Reception in the menu of those who receive."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.faces.desk.discovery import MenuEntry


def receives(actor: Actor) -> bool:
    return actor.has_role("clerk")


MENU = (MenuEntry("desk_counter", gettext_lazy("Tiếp nhận tại quầy"), "plus", 10, key="n", phone=True, shown=receives),)
