"""Tasks in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.faces.desk.discovery import MenuEntry

MENU = (MenuEntry("desk_tasks", gettext_lazy("Nhiệm vụ"), "flag", 40, key="k", phone=True),)
