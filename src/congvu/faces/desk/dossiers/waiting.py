"""What the inbox shows of a dossier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services
from congvu.domains.dossiers.types import DossierView
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.workflow.types import ItemView
from congvu.faces.desk.discovery import Waiting
from congvu.faces.desk.work.rows import track_of
from congvu.ground.ui.types import SummaryRow


def preview(actor: Actor, item: ItemView) -> Mapping[str, Any]:
    """Everything needed to decide in the simple case. Raises NotFound when the post may not see the dossier."""
    view = dossiers.dossier(actor, item.record_id)
    return {
        "view": view,
        "chip": deadlines.chips([view.id], timezone.now()).get(view.id),
        "track": track_of(view.id),
        "facts": facts_of(view),
        "may_send_back": view.state == "processing" and "send_back" in item.outcomes,
        "may_ask": "ask_supplement" in view.abilities,
    }


def facts_of(view: DossierView) -> list[SummaryRow]:
    rows = [
        SummaryRow(_("Người nộp"), view.applicant.full_name),
        SummaryRow(_("Kênh nộp"), view.channel),
        SummaryRow(_("Cơ quan giải quyết"), view.authority_name),
    ]
    if view.request:
        rows.append(SummaryRow(_("Nội dung yêu cầu"), view.request))
    return rows


def approve(actor: Actor, item_id: UUID) -> None:
    services.approve(actor, item_id)


WAITING = (
    Waiting(
        kind="dossier", address="desk_dossier", icon="folder", label=gettext_lazy("Hồ sơ một cửa"),
        template="desk/dossiers/_preview.html", preview=preview, bulk=frozenset({"approve", "review"}), approve=approve,
    ),
)  # fmt: skip
