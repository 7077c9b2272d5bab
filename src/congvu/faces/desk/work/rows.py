"""Rows of the inbox as the screen shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers.types import DossierRow, DossierView
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.deadlines.types import DueChip
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import ItemView, StepView, WorkRow
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.formats import clock, short_date
from congvu.ground.ui.types import SummaryRow, TrackStep

GROUPS = (
    ("late", gettext_lazy("Quá hạn")),
    ("today", gettext_lazy("Hạn hôm nay")),
    ("week", gettext_lazy("Trong tuần")),
    ("later", gettext_lazy("Sau đó")),
    ("give", gettext_lazy("Chờ trả kết quả")),
)
APPROVALS = ("approve", "review")


@dataclass(frozen=True, slots=True)
class InboxRow:
    item: WorkRow
    chip: DueChip | None

    @property
    def tickable(self) -> bool:
        """Only approvals are done in bulk."""
        return self.item.step_kind in APPROVALS

    @property
    def group(self) -> str:
        """The heading of the row. Handing over has no term: the oldest first, under a heading of its own."""
        return "give" if self.item.step_kind == "return" and self.item.due_at is None else self.item.group


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything needed to decide in the simple case."""

    item: ItemView
    dossier: DossierView
    chip: DueChip | None
    track: list[TrackStep]
    facts: list[SummaryRow]

    @property
    def may_send_back(self) -> bool:
        return self.dossier.state == "processing" and "send_back" in self.item.outcomes


def grouped(rows: Iterable[WorkRow]) -> list[tuple[str, str, list[InboxRow]]]:
    """Rows under their headings, each with its chip; the clocks are read in one statement."""
    listed = list(rows)
    chips = deadlines.chips([row.record_id for row in listed], timezone.now())
    shown = [InboxRow(row, chips.get(row.record_id)) for row in listed]
    by_group = {key: [row for row in shown if row.group == key] for key, _label in GROUPS}
    return [(key, str(label), by_group[key]) for key, label in GROUPS if by_group[key]]


def with_chips(rows: Iterable[DossierRow]) -> list[tuple[DossierRow, DueChip | None]]:
    """Rows of a list of dossiers, each with its chip. One statement."""
    listed = list(rows)
    chips = deadlines.chips([row.id for row in listed], timezone.now())
    return [(row, chips.get(row.id)) for row in listed]


def preview_of(actor: Actor, item_id: UUID) -> Preview:
    """The item and its dossier. Raises NotFound when the post may see neither."""
    item = work.item(actor, item_id)
    view = dossiers.dossier(actor, item.record_id)
    chips = deadlines.chips([view.id], timezone.now())
    return Preview(item, view, chips.get(view.id), track_of(view.id), facts_of(view))


def track_of(record: UUID) -> list[TrackStep]:
    """The tracker: the path taken and what is still planned; a step taken again says so."""
    return [_step(step) for step in work.path(record)]


def _step(step: StepView) -> TrackStep:
    name = f"{step.name} ({_('lần')} {step.round})" if step.round > 1 else step.name
    note = " · ".join(part for part in (holder_words(step.holder), when(step.at)) if part)
    return TrackStep(name=name, state=step.state, note=note)


def holder_words(holder: str) -> str:
    """A person's name, or the role in Vietnamese where nobody has taken the step yet."""
    return str(orgs.ROLES[holder].label) if holder in orgs.ROLES else holder


def when(at: datetime | None) -> str:
    """``9:05 19/11/2026``, short enough for a narrow column."""
    return f"{clock(at)} {short_date(at)}" if at else ""


def facts_of(view: DossierView) -> list[SummaryRow]:
    rows = [
        SummaryRow(_("Người nộp"), view.applicant.full_name),
        SummaryRow(_("Kênh nộp"), view.channel),
        SummaryRow(_("Cơ quan giải quyết"), view.authority_name),
    ]
    if view.request:
        rows.append(SummaryRow(_("Nội dung yêu cầu"), view.request))
    return rows
