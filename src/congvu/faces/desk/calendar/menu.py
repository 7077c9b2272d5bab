"""The calendar in the menu. What waits to be approved stands in the inbox of the office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.faces.desk.discovery import MenuEntry

MENU = (MenuEntry("desk_calendar", gettext_lazy("Lịch công tác"), "cal", 45, key="l"),)
