"""Dossiers in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.counting import Counting
from congvu.domains.dossiers import selectors as dossiers
from congvu.faces.desk.discovery import MenuEntry


def receives(actor: Actor) -> bool:
    return actor.has_role("clerk")


def submitted(actor: Actor) -> tuple[Counting, ...]:
    return (dossiers.count(actor, "submitted"),)


MENU = (
    MenuEntry(
        "desk_online", gettext_lazy("Trực tuyến mới"), "globe", 11, key="t", phone=True, shown=receives, waits=submitted
    ),
    MenuEntry("desk_dossiers", gettext_lazy("Hồ sơ một cửa"), "folder", 12, key="h", phone=True),
)
