"""What the inbox shows of an outgoing document that waits to be drafted, initialled, signed or issued."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import ConsultationView
from congvu.engines.workflow.types import ItemView
from congvu.faces.desk.discovery import Waiting
from congvu.faces.desk.outgoing.rows import facts_of, lines, marks_of, sent_back
from congvu.ground.audit import selectors as trail


def preview(actor: Actor, item: ItemView) -> Mapping[str, Any]:
    """Everything needed to decide in the simple case. Raises NotFound when the post may not see the document."""
    view = documents.outgoing(actor, item.record_id)
    return {
        "doc": view, "line": lines([view.row])[0], "facts": facts_of(view), "marks": marks_of(view),
        "asked": _asked(actor, item), "annexes": documents.annexes_of(view),
        "returned": sent_back(trail.trail_of(view.id)),
    }  # fmt: skip


def _asked(actor: Actor, item: ItemView) -> ConsultationView | None:
    """The round in which the post is asked, where the item is that question."""
    if item.step_kind != "consult":
        return None
    rounds = documents.consultations(actor, item.record_id)
    return next((asked for asked in rounds if asked.mine and not asked.mine.opinions), None)


WAITING = (
    Waiting(
        kind="doc_out", address="desk_outgoing_document", icon="docout", label=gettext_lazy("Văn bản đi"),
        template="desk/outgoing/_preview.html", preview=preview,
    ),
)  # fmt: skip
