"""Incoming documents in the menu; records clerks see how many wait to be registered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.counting import Counting
from congvu.domains.documents import selectors as documents
from congvu.faces.desk.discovery import MenuEntry


def arrived(actor: Actor) -> tuple[Counting, ...]:
    return (documents.count_waiting(actor, "cho-vao-so"),) if actor.has_role("registrar") else ()


MENU = (
    MenuEntry("desk_incoming", gettext_lazy("Văn bản đến"), "docin", 20, key="v", phone=True, waits=arrived),
)  # fmt: skip
