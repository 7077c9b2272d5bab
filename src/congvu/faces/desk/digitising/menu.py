"""Digitising in the menu, for who plans it and who scans."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.domains.digitising import selectors as digitising
from congvu.faces.desk.discovery import MenuEntry


def shown(actor: Actor) -> bool:
    """Who plans, and whoever has something to scan again."""
    return digitising.may_plan(actor) or digitising.scans_for(actor)


MENU = (
    MenuEntry(
        "desk_digitising", gettext_lazy("Số hóa tài liệu"), "layers", 52, shown=shown, count=digitising.to_do
    ),
)  # fmt: skip
