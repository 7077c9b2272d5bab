"""What the inbox shows of an incoming document that waits for a direction or for work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.domains.documents import selectors as documents
from congvu.engines.workflow.types import ItemView
from congvu.faces.desk.discovery import Waiting
from congvu.faces.desk.incoming import slip
from congvu.faces.desk.incoming.forms import proposal_of
from congvu.faces.desk.incoming.rows import facts_of, line_of, slip_of
from congvu.ground.files import selectors as files


def preview(actor: Actor, item: ItemView) -> Mapping[str, Any]:
    """Everything needed to decide in the simple case. Raises NotFound when the post may not see the document."""
    view = documents.incoming(actor, item.record_id)
    line = next((line for line in view.directions if line.item == item.id), None)
    parts: dict[str, Any] = {
        "doc": view, "line": line_of(view), "facts": facts_of(view)[:5], "files": files.visible_files(actor, view.id),
        "slip": slip_of(view), "given": line, "may_direct": item.kind == "direct" and "direct" in view.abilities,
        "may_hand_on": line is not None and "hand_on" in view.abilities,
    }  # fmt: skip
    parts["asked"] = item.kind == "answer"
    if parts["may_direct"]:
        parts |= slip.form_of(view, QueryDict(), {}, proposal_of(view))
    return parts


WAITING = (
    Waiting(
        kind="doc_in", address="desk_incoming_document", icon="docin", label=gettext_lazy("Văn bản đến"),
        template="desk/incoming/_preview.html", preview=preview,
    ),
)  # fmt: skip
