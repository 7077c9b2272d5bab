"""The search in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.faces.desk.discovery import MenuEntry

MENU = (MenuEntry("desk_search", gettext_lazy("Tra cứu"), "search", 60, key="t"),)
