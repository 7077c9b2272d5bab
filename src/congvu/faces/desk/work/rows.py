"""Rows of the inbox as the screen shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers.types import DossierView
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.deadlines.types import DueChip
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import ItemView, WorkRow
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.formats import date_time
from congvu.ground.ui.types import SummaryRow, TrackStep

GROUPS = (("late", "Quá hạn"), ("today", "Hạn hôm nay"), ("week", "Trong tuần"), ("later", "Sau đó"))


@dataclass(frozen=True, slots=True)
class InboxRow:
    item: WorkRow
    chip: DueChip | None


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything needed to decide in the simple case."""

    item: ItemView
    dossier: DossierView
    chip: DueChip | None
    track: list[TrackStep]
    facts: list[SummaryRow]


def grouped(rows: Iterable[WorkRow]) -> list[tuple[str, str, list[InboxRow]]]:
    """Rows under their headings, each with its chip; the clocks are read in one statement."""
    listed = list(rows)
    chips = deadlines.chips([row.record_id for row in listed], timezone.now())
    by_group = {
        key: [InboxRow(row, chips.get(row.record_id)) for row in listed if row.group == key] for key, _l in GROUPS
    }
    return [(key, _(label), by_group[key]) for key, label in GROUPS if by_group[key]]


def preview_of(actor: Actor, item_id: UUID) -> Preview:
    """The item and its dossier. Raises NotFound when the post may see neither."""
    item = work.item(actor, item_id)
    view = dossiers.dossier(actor, item.record_id)
    chips = deadlines.chips([view.id], timezone.now())
    return Preview(item, view, chips.get(view.id), track_of(view.id), facts_of(view))


def track_of(record: UUID) -> list[TrackStep]:
    return [
        TrackStep(
            name=step.name,
            state=step.state,
            note=" · ".join(part for part in (holder_words(step.holder), when(step.at)) if part),
        )
        for step in work.path(record)
    ]


def holder_words(holder: str) -> str:
    """A person's name, or the role in Vietnamese where nobody has taken the step yet."""
    return str(orgs.ROLES[holder].label) if holder in orgs.ROLES else holder


def when(at: datetime | None) -> str:
    return date_time(at) if at else ""


def facts_of(view: DossierView) -> list[SummaryRow]:
    rows = [
        SummaryRow(_("Người nộp"), view.applicant.full_name),
        SummaryRow(_("Kênh nộp"), view.channel),
        SummaryRow(_("Cơ quan giải quyết"), view.authority_name),
    ]
    if view.request:
        rows.append(SummaryRow(_("Nội dung yêu cầu"), view.request))
    return rows
