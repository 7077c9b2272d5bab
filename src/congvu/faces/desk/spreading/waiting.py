"""What the inbox shows of a document that somebody is asked to read and to confirm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.domains.documents import selectors as documents
from congvu.engines.workflow.types import ItemView
from congvu.faces.desk.discovery import Waiting
from congvu.faces.desk.spreading.rows import address_of, chip_of
from congvu.ground.files import selectors as files


def preview(actor: Actor, item: ItemView) -> Mapping[str, Any]:
    """The note and the way to the document. Raises NotFound when the post may not see it."""
    view = documents.dissemination(actor, item.record_id)
    return {
        "view": view, "chip": chip_of(view), "document_url": address_of(view), "asked": item.assignee,
        "files": files.visible_files(actor, view.row.id),
    }  # fmt: skip


WAITING = (
    Waiting(
        kind="doc_spread", address="desk_spread", icon="megaphone", label=gettext_lazy("Văn bản phổ biến"),
        template="desk/spreading/_preview.html", preview=preview,
    ),
)  # fmt: skip
