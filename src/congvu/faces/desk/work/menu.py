"""The inbox in the menu; its count is what waits for the acting post, read by the frame."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.faces.desk.discovery import MenuEntry

MENU = (MenuEntry("desk_inbox", gettext_lazy("Việc của tôi"), "inbox", 0, key="i", phone=True),)
