"""Rows of the inbox as the screen shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.domains.dossiers.types import DossierRow
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.deadlines.types import DueChip, Term
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import ItemView, StepView, WorkRow
from congvu.faces.desk.discovery import Waiting, waiting
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.formats import clock, date_time, short_date
from congvu.ground.ui.types import TrackStep
from congvu.ground.worktime import selectors as worktime

GROUPS = (
    ("late", gettext_lazy("Quá hạn")),
    ("today", gettext_lazy("Hạn hôm nay")),
    ("week", gettext_lazy("Trong tuần")),
    ("later", gettext_lazy("Sau đó")),
    ("give", gettext_lazy("Chờ trả kết quả")),
)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line of the inbox. Its words are put together here and not by the template: there are many lines."""

    item: WorkRow
    chip: DueChip | None
    shown: Waiting
    current: bool

    @property
    def css(self) -> str:
        plain = "" if self.tickable else " d-item--plain"
        return f"{plain}{'' if self.item.seen else ' is-new'}{' is-current' if self.current else ''}"

    @property
    def step(self) -> str:
        """The step, and who has taken it."""
        return f"{self.item.name} · {self.item.assignee}" if self.item.assignee else self.item.name

    @property
    def when(self) -> str:
        """When it comes back, since when the result waits, or when it came."""
        if self.item.snoozed_until:
            return f"{_('nhắc lại')} {date_time(self.item.snoozed_until)}"
        came = short_date(self.item.created_at)
        return f"{_('chờ từ')} {came}" if self.group == "give" else came

    @property
    def tickable(self) -> bool:
        """Only approvals are done in bulk."""
        return self.item.step_kind in self.shown.bulk

    @property
    def group(self) -> str:
        """The heading of the row. Handing over has no term: the oldest first, under a heading of its own."""
        return "give" if self.item.step_kind == "return" and self.item.due_at is None else self.item.group


@dataclass(frozen=True, slots=True)
class Preview:
    """An item, and what its kind of record shows of it."""

    item: ItemView
    shown: Waiting
    parts: Mapping[str, Any]


def approved_together(row: WorkRow) -> bool:
    """Whether the row is an approval that may be ticked with others."""
    shown = waiting().get(row.record_kind)
    return shown is not None and row.step_kind in shown.bulk


def grouped(rows: Iterable[WorkRow], current: UUID | None = None) -> list[tuple[str, str, list[InboxRow]]]:
    """Rows under their headings, each with its chip; ``current`` is the item that is open beside them."""
    kinds = waiting()
    listed = list(rows)
    chips = _chips(listed)
    shown = [InboxRow(row, chips.get(row.id), kinds[row.record_kind], row.id == current) for row in listed]
    by_group = {key: [row for row in shown if row.group == key] for key, _label in GROUPS}
    return [(key, str(label), by_group[key]) for key, label in GROUPS if by_group[key]]


def _chips(rows: Iterable[WorkRow]) -> dict[UUID, DueChip]:
    """Chips by item: of the record's clock where it has one, else of the term somebody set for the item."""
    listed, now = list(rows), timezone.now()
    clocks = deadlines.chips([row.record_id for row in listed], now)
    plain = {row.id: row for row in listed if row.record_id not in clocks and row.due_at is not None}
    if not plain:
        return {row.id: clocks[row.record_id] for row in listed if row.record_id in clocks}
    tree = orgs.tree()
    keys = {row.id: tree.calendar_of(row.unit_id) for row in plain.values()}
    calendars = worktime.calendars(set(keys.values()))
    terms = {key: Term(row.created_at, row.due_at, calendars[keys[key]]) for key, row in plain.items() if row.due_at}
    found = {row.id: clocks[row.record_id] for row in listed if row.record_id in clocks}
    return found | deadlines.term_chips(terms, now)


def with_chips(rows: Iterable[DossierRow]) -> list[tuple[DossierRow, DueChip | None]]:
    """Rows of a list of dossiers, each with its chip. One statement."""
    listed = list(rows)
    chips = deadlines.chips([row.id for row in listed], timezone.now())
    return [(row, chips.get(row.id)) for row in listed]


def preview_of(actor: Actor, item_id: UUID) -> Preview:
    """The item and what its kind shows. Raises NotFound when the post may see neither."""
    item = work.item(actor, item_id)
    shown = waiting()[item.record_kind]
    return Preview(item, shown, shown.preview(actor, item))


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
