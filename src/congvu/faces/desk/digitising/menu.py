"""Digitising in the menu, for who plans it and who may be given a batch; by role, so that no page pays for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.faces.desk.discovery import MenuEntry


def shown(actor: Actor) -> bool:
    """Records clerks, leaders, and officials who scan."""
    return actor.has_role("registrar", "head", "chair", "center_head", "specialist")


MENU = (MenuEntry("desk_digitising", gettext_lazy("Số hóa tài liệu"), "layers", 52, shown=shown),)
