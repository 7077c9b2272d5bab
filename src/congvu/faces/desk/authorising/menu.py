"""Authorisations to sign in the menu of those who keep them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.faces.desk.discovery import MenuEntry


def keeps(actor: Actor) -> bool:
    return actor.has_role("registrar", "chair", "center_head")


MENU = (MenuEntry("desk_authorisations", gettext_lazy("Ủy quyền ký"), "sign", 26, shown=keeps),)
