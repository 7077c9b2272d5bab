"""Copies in the menu of those who make them and answer for them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.faces.desk.discovery import MenuEntry


def copies(actor: Actor) -> bool:
    return actor.has_role("registrar")


MENU = (MenuEntry("desk_copies", gettext_lazy("Bản sao"), "doc", 24, shown=copies),)
