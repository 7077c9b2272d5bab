"""Incoming documents as the screens show them: lines of lists, tags, chips, facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import DirectionView, IncomingRow, IncomingView
from congvu.domains.tasks.types import TaskRow
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.deadlines.types import DueChip, Term
from congvu.ground.audit.types import TrailLine
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.formats import date_time, table_date
from congvu.ground.ui.types import SummaryRow, TimelineEntry
from congvu.ground.worktime import selectors as worktime

PRIORITIES = (
    gettext_lazy("Thường"), gettext_lazy("Khẩn"), gettext_lazy("Thượng khẩn"), gettext_lazy("Hỏa tốc"),
    gettext_lazy("Hỏa tốc hẹn giờ"),
)  # fmt: skip
SECRECIES = (
    gettext_lazy("Không mật"), pgettext_lazy("secrecy", "Mật"), gettext_lazy("Tối mật"), gettext_lazy("Tuyệt mật"),
)  # fmt: skip
CHANNELS = {
    "exchange": gettext_lazy("Trục liên thông"), "paper": gettext_lazy("Bản giấy"),
    "mail": gettext_lazy("Thư điện tử công vụ"), "hand": gettext_lazy("Nhập tay"),
}  # fmt: skip
TAGS = {
    "arrived": "warn", "registered": "warn", "processing": "info", "done": "ok", "sent_back": "line", "recalled": "bad"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list. ``ordinary``: nothing on it asks for a look before it is registered with others."""

    row: IncomingRow
    chip: DueChip | None
    doubled: bool = False

    @property
    def urgency(self) -> str:
        return str(PRIORITIES[self.row.priority]) if self.row.priority else ""

    @property
    def tag(self) -> str:
        return TAGS.get(self.row.state, "line")

    @property
    def ordinary(self) -> bool:
        row = self.row
        return row.state == "arrived" and not (row.priority or row.warnings or row.checking or self.doubled)

    @property
    def document(self) -> str:
        """Kind, number and day as a line of text."""
        on = _("ngày %(day)s") % {"day": table_date(self.row.issued_on)} if self.row.issued_on else ""
        return " ".join(part for part in (self.row.kind_name, self.row.code, on) if part)


def lines(rows: Iterable[IncomingRow], unit: int | None) -> list[Line]:
    """Rows with their chips by the calendar of the reader's unit, which is read once."""
    listed = list(rows)
    ends = {row.id: (row.arrived_at, row.due_at, row.closed_at) for row in listed if row.due_at}
    chips = _chips(ends, unit)
    waiting = [row.id for row in listed if row.state == "arrived"]
    twins = documents.doubled(waiting) if waiting else frozenset()
    return [Line(row, chips.get(row.id), row.id in twins) for row in listed]


def line_of(view: IncomingView) -> Line:
    return lines([view.row], view.book.unit_id)[0]


def _chips(ends: Mapping[UUID, tuple[datetime, datetime | None, datetime | None]], unit: int | None) -> dict[UUID, Any]:
    if not ends:
        return {}
    days = worktime.calendar(orgs.calendar_of(unit) if unit is not None else "vn")
    terms = {key: Term(since, due, days, closed) for key, (since, due, closed) in ends.items() if due is not None}
    return deadlines.term_chips(terms, timezone.now())


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line of the slip; ``inside``: handed on within the unit above it."""

    line: DirectionView
    chip: DueChip | None
    state: str
    tag: str
    task: TaskRow | None = None

    @property
    def inside(self) -> bool:
        return self.line.parent is not None

    @property
    def who(self) -> str:
        return ", ".join(part for part in (self.line.position, self.line.unit) if part)


def slip_of(view: IncomingView, tasks: Iterable[TaskRow] = ()) -> list[SlipLine]:
    """The direction slip, each line with those handed on from it right below; a line done as a task tells its own."""
    known_tasks = {row.id: row for row in tasks}
    ends = {d.id: (d.given_at, d.due_at, d.done_at) for d in view.directions if d.due_at}
    chips = _chips(ends, view.book.unit_id)
    known = {line.id for line in view.directions}
    tops = [line for line in view.directions if line.parent not in known]
    return [
        replace(_slip_line(line, chips, view), task=known_tasks.get(line.task) if line.task else None)
        for top in tops
        for line in _below(view, top)
    ]


def _below(view: IncomingView, top: DirectionView) -> list[DirectionView]:
    inner = [line for line in view.directions if line.parent == top.id]
    return [top, *(found for line in inner for found in _below(view, line))]


def _slip_line(line: DirectionView, chips: Mapping[UUID, DueChip], view: IncomingView) -> SlipLine:
    if line.role == "inform":
        words, tag = _("Được xem"), "line"
    elif line.done_at:
        words, tag = _("Đã xong"), "ok"
    elif view.row.state == "done":
        words, tag = _("Kết thúc cùng văn bản"), "line"
    elif line.handed_on_at:
        words, tag = _("Đã phân công trong đơn vị"), "info"
    else:
        words, tag = _("Đang làm"), "info"
    return SlipLine(line, chips.get(line.id), words, tag)


def facts_of(view: IncomingView) -> list[SummaryRow]:
    """The envelope as the register has it."""
    row = view.row
    facts = [
        SummaryRow(_("Nơi gửi"), row.sender),
        SummaryRow(_("Số, ký hiệu"), row.code),
        SummaryRow(_("Ngày văn bản"), table_date(row.issued_on) if row.issued_on else ""),
        SummaryRow(_("Loại văn bản"), row.kind_name),
        SummaryRow(_("Người ký"), ", ".join(part for part in (view.signer, view.signer_position) if part)),
        SummaryRow(_("Đến bằng"), str(CHANNELS.get(row.channel, row.channel))),
    ]
    if view.reply_by:
        facts.append(SummaryRow(_("Hạn trả lời"), table_date(view.reply_by)))
    if view.pages or view.copies > 1:
        facts.append(SummaryRow(_("Số trang, số bản"), f"{view.pages or '–'}, {view.copies}"))
    if view.description:
        facts.append(SummaryRow(_("Ghi chú"), view.description))
    return facts


def entry_of(line: TrailLine) -> TimelineEntry:
    """One thing that happened, as the history tells it."""
    who = line.actor_name or _("Hệ thống")
    if line.on_behalf_of:
        who = _("%(who)s (thay %(absent)s)") % {"who": who, "absent": line.on_behalf_of}
    words = [str(line.detail[key]) for key in ("opinion", "reason", "result") if line.detail.get(key)]
    return TimelineEntry(
        title=f"{line.label}: {who}" + (f", {line.position_title}" if line.position_title else ""),
        text="; ".join(words), when=date_time(line.at),
    )  # fmt: skip
