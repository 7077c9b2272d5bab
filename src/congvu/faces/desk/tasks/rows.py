"""Tasks as the screens show them: chips, facts, lines of lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.domains.tasks.types import PartView, SourceView, Standing, TaskRow, TaskView
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.deadlines.types import DueChip, Term
from congvu.faces.desk.discovery import waiting
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.formats import date_time
from congvu.ground.ui.types import SummaryRow
from congvu.ground.worktime import selectors as worktime

TAGS = {
    Standing.WAITING: "line", Standing.WAITING_LATE: "bad", Standing.DOING: "info", Standing.DOING_LATE: "bad",
    Standing.RETURNED: "warn", Standing.JUDGING: "warn", Standing.DONE: "ok", Standing.DONE_LATE: "warn",
    Standing.FAILED: "bad", Standing.CANCELLED: "line",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list with its chip and the colour of its state."""

    task: TaskRow
    chip: DueChip | None

    @property
    def tag(self) -> str:
        return TAGS[self.task.standing]


def lines(rows: Iterable[TaskRow]) -> list[Line]:
    """Rows with their chips; calendars and thresholds are read once for all of them."""
    listed = list(rows)
    dated = [row for row in listed if row.due_at is not None and row.state != "cancelled"]
    if not dated:
        return [Line(row, None) for row in listed]
    tree = orgs.tree()
    keys = {row.id: tree.calendar_of(row.owner_unit_id) for row in dated if tree.get(row.owner_unit_id)}
    days = worktime.calendars(set(keys.values()))
    terms = {
        row.id: Term(row.given_at, row.due_at, days[keys[row.id]], row.finished_at)
        for row in dated
        if row.due_at is not None and row.id in keys
    }
    chips = deadlines.term_chips(terms, timezone.now())
    return [Line(row, chips.get(row.id)) for row in listed]


def chip_of(view: TaskView) -> DueChip | None:
    """The chip of one task; None without a term, and for one that was cancelled."""
    if view.due_at is None or view.state == "cancelled":
        return None
    term = Term(view.given_at, view.due_at, worktime.calendar(view.calendar), view.finished_at)
    return deadlines.term_chips({view.id: term}, timezone.now())[view.id]


def facts_of(view: TaskView) -> list[SummaryRow]:
    """Who, what, until when: the panel beside the thread and in the preview."""
    rows = [
        SummaryRow(_("Chủ trì"), _person(view.owner)),
        SummaryRow(_("Người giao"), _person(view.assigner)),
        SummaryRow(_("Hạn"), date_time(view.due_at) if view.due_at else _("Không thời hạn")),
        SummaryRow(_("Kết quả phải có"), view.output),
    ]
    helpers = [_helper(part) for part in view.supports if part.part == "support"]
    watchers = [_person(part) for part in view.supports if part.part == "watch"]
    if helpers:
        rows.append(SummaryRow(_("Phối hợp"), "\n".join(helpers)))
    if watchers:
        rows.append(SummaryRow(_("Theo dõi"), "\n".join(watchers)))
    if view.task_code:
        rows.append(SummaryRow(_("Mã nhiệm vụ cấp trên"), view.task_code))
    return rows


def _person(part: PartView) -> str:
    """Name, post, unit: never a name alone."""
    named = [part.name] if part.name != part.post else []
    return ", ".join([*named, part.post, part.unit])


def _helper(part: PartView) -> str:
    if part.done_at:
        return _person(part) + _(" (đã xong phần phối hợp)")
    own = _(", hạn %(due)s") % {"due": date_time(part.due_at)} if part.due_at else ""
    return f"{_person(part)}{own}"


def address_of(source: SourceView | None) -> str:
    """The page of the record a task came from, where its kind has one on this desk."""
    shown = waiting().get(source.kind) if source else None
    return reverse(shown.address, args=[source.id]) if source and shown else ""
