"""Outgoing documents in the menu, with what waits there for the post."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.counting import Counting
from congvu.domains.documents import selectors as documents
from congvu.faces.desk.discovery import MenuEntry


def waits(actor: Actor) -> tuple[Counting, ...]:
    """Drafts that wait for an opinion, and for records clerks what waits to be issued."""
    issue = (documents.count_out(actor, "cho-phat-hanh"),) if actor.has_role("registrar") else ()
    return (*issue, documents.count_consulted(actor))


MENU = (
    MenuEntry("desk_outgoing", gettext_lazy("Văn bản đi"), "docout", 21, key="d", waits=waits),
)  # fmt: skip
