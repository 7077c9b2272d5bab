"""The inbox in the menu, with what waits for the acting post."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.counting import Counting
from congvu.engines.workflow import selectors as work
from congvu.faces.desk.discovery import MenuEntry


def waits(actor: Actor) -> tuple[Counting, ...]:
    return (work.count_waiting(actor),)


MENU = (MenuEntry("desk_inbox", gettext_lazy("Việc của tôi"), "inbox", 0, key="i", phone=True, waits=waits),)
