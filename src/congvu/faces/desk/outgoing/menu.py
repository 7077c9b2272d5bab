"""Outgoing documents in the menu; records clerks see how many wait to be issued."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.domains.documents import selectors as documents
from congvu.faces.desk.discovery import MenuEntry


def to_issue(actor: Actor) -> int:
    return documents.count_out(actor, "cho-phat-hanh") if actor.has_role("registrar") else 0


MENU = (
    MenuEntry("desk_outgoing", gettext_lazy("Văn bản đi"), "docout", 21, key="d", count=to_issue),
)  # fmt: skip
