"""Outgoing documents as the screens show them: lines of lists, tags, facts, signatures in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from congvu.domains.documents.types import OutgoingRow, OutgoingView, RecipientView
from congvu.faces.desk.incoming.rows import PRIORITIES
from congvu.ground.audit.types import TrailLine
from congvu.ground.ui.formats import date_time, table_date
from congvu.ground.ui.types import SummaryRow

TAGS = {
    "drafting": "line", "reviewing": "info", "signing": "warn", "issuing": "warn", "issued": "ok", "dropped": "line",
    "recalled": "bad",
}  # fmt: skip
# How far a recipient got, by the newest wire code (QCVN 102:2016).
REACHED = {"02": "bad", "06": "ok", "13": "warn", "15": "bad", "16": "warn"}
MOVES = ("document.submit", "document.endorse", "document.send_back")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list."""

    row: OutgoingRow

    @property
    def urgency(self) -> str:
        return str(PRIORITIES[self.row.priority]) if self.row.priority else ""

    @property
    def tag(self) -> str:
        return TAGS.get(self.row.state, "line")


@dataclass(frozen=True, slots=True)
class Mark:
    """One signature or initial in the order of the law. ``tag`` colours ``state``."""

    name: str
    who: str
    state: str
    tag: str
    icon: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A recipient with how far the document got there."""

    to: RecipientView

    @property
    def state(self) -> str:
        return self.to.state_words or (_("Đã gửi") if self.to.way == "exchange" else "")

    @property
    def tag(self) -> str:
        return REACHED.get(self.to.state, "info" if self.to.state else "line")


def lines(rows: Iterable[OutgoingRow]) -> list[Line]:
    return [Line(row) for row in rows]


def facts_of(view: OutgoingView) -> list[SummaryRow]:
    row = view.row
    facts = [
        SummaryRow(_("Loại văn bản"), view.kind.name),
        SummaryRow(_("Cơ quan ban hành"), row.issuer),
        SummaryRow(_("Người soạn thảo"), row.drafter),
        SummaryRow(_("Người ký"), ", ".join(part for part in (row.signer, view.signer) if part)),
    ]
    if row.issued_on:
        facts.insert(0, SummaryRow(_("Số, ký hiệu"), row.code, table_date(row.issued_on)))
    if view.reply_by:
        facts.append(SummaryRow(_("Hạn trả lời"), table_date(view.reply_by)))
    return facts


def marks_of(view: OutgoingView) -> list[Mark]:
    """Initials for content and layout, then the two signatures that make an original (NĐ 30/2020 Điều 5, 12)."""
    initials, signed, issued = view.current.initials, view.signed_at, view.issued_at
    held = view.held is not None
    return [
        _mark(_("Ký nháy nội dung"), initials.get("content", ""), "", now=view.step == "noi_dung"),
        _mark(_("Ký nháy thể thức"), initials.get("layout", ""), "", now=view.step == "the_thuc"),
        _mark(
            _("Chữ ký số của người có thẩm quyền"), view.row.signer if signed else "",
            date_time(signed) if signed else "", now=view.step == "ky", expected=view.signer, held=held,
        ),
        _mark(
            _("Chữ ký số của cơ quan"), view.row.issuer if issued else "", date_time(issued) if issued else "",
            now=view.step == "phat_hanh", expected=view.row.issuer, held=held,
        ),
    ]  # fmt: skip


def _mark(name: str, who: str, when: str, *, now: bool, expected: str = "", held: bool = False) -> Mark:
    if who:
        words = _("Đã ký, %(when)s") % {"when": when} if when else _("Đã ký")
        return Mark(name, who, words, "ok", "okc")
    if now and held:
        return Mark(name, expected, _("Đang đóng dấu thời gian"), "info", "clock")
    return Mark(name, expected, _("Chờ ký") if now else _("Sau đó"), "warn" if now else "line", "clock")


def sent_back(history: Iterable[TrailLine]) -> TrailLine | None:
    """The newest move of the draft, newest first, if it was a return: what has to be changed stands in its detail."""
    newest = next((line for line in history if line.verb in MOVES), None)
    return newest if newest is not None and newest.verb == "document.send_back" else None
