"""Chờ ký in the menu of those who sign, with how many documents and results wait."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.counting import Counting
from congvu.domains.documents import selectors as documents
from congvu.domains.dossiers import selectors as dossiers
from congvu.faces.desk.discovery import MenuEntry


def signs(actor: Actor) -> bool:
    return actor.has_role("chair", "head", "center_head")


def to_sign(actor: Actor) -> tuple[Counting, ...]:
    return (documents.count_to_sign(actor), dossiers.count_to_sign(actor))


MENU = (
    MenuEntry(
        "desk_signing", gettext_lazy("Chờ ký"), "sign", 15, key="s", phone=True, shown=signs,
        waits=to_sign,
    ),
)  # fmt: skip
