"""Work files in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.faces.desk.discovery import MenuEntry

MENU = (MenuEntry("desk_workfiles", gettext_lazy("Hồ sơ công việc"), "archive", 50, key="w"),)
