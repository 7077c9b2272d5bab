"""Copies in the menu of those who make them and answer for them."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from congvu.common.actor import Actor
from congvu.faces.desk.discovery import MenuEntry


def copies(actor: Actor) -> bool:
    return actor.has_role("registrar")


MENU = (MenuEntry("desk_copies", pgettext_lazy("danh sách", "Bản sao"), "doc", 24, shown=copies),)
