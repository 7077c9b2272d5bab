"""Documents made known as the screens show them: chips, states of people, addresses behind the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.domains.documents.types import MyReading, ReaderRow, SpreadRow, SpreadView
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.deadlines.types import DueChip, Term
from congvu.faces.desk.discovery import waiting
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import selectors as worktime

STATES = {
    "confirmed": (gettext_lazy("Đã xác nhận"), "ok"), "confirmed_late": (gettext_lazy("Xác nhận sau hạn"), "warn"),
    "lacking": (gettext_lazy("Chưa xác nhận"), "line"), "late": (gettext_lazy("Quá hạn, chưa xác nhận"), "bad"),
}  # fmt: skip
LEFT = {"left_post": gettext_lazy("Đã rời vị trí"), "unit_ended": gettext_lazy("Đơn vị đã kết thúc")}
# What a figure opens: the states of the people behind it.
GROUPS = {
    "tat-ca": ("confirmed", "confirmed_late", "lacking", "late"), "da": ("confirmed", "confirmed_late"),
    "chua": ("lacking", "late"), "qua-han": ("late",), "roi": ("left",),
}  # fmt: skip
LABELS = {
    "tat-ca": gettext_lazy("Phải xác nhận"), "da": gettext_lazy("Đã xác nhận"), "chua": gettext_lazy("Chưa xác nhận"),
    "qua-han": gettext_lazy("Quá hạn"), "roi": gettext_lazy("Không còn tính"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mine:
    """What one person is asked to read, with its chip."""

    reading: MyReading
    chip: DueChip | None


@dataclass(frozen=True, slots=True)
class Given:
    """One line of what was made known, with its chip; none once everybody has confirmed or it ended."""

    row: SpreadRow
    chip: DueChip | None


@dataclass(frozen=True, slots=True)
class Person:
    """One person asked, as the list tells it."""

    reader: ReaderRow
    state: str
    tag: str


def mine_of(actor: Actor, readings: Iterable[MyReading]) -> list[Mine]:
    listed = list(readings)
    ends = {
        one.id: (one.given_at, one.due_at, one.confirmed_at) for one in listed if one.confirmed_at or not one.ended_at
    }
    chips = _chips(ends, actor.unit_id)
    return [Mine(one, chips.get(one.id)) for one in listed]


def given_of(actor: Actor, rows: Sequence[SpreadRow]) -> list[Given]:
    open_ones = [row for row in rows if row.ended_at is None and row.tally.lacking and row.due_at]
    ends = {row.id: (row.given_at, row.due_at, None) for row in open_ones}
    chips = _chips(ends, actor.unit_id)
    return [Given(row, chips.get(row.id)) for row in rows]


def chip_of(view: SpreadView) -> DueChip | None:
    """The chip of the reader's own line, while it is asked or once confirmed."""
    mine = view.mine
    if mine is None or (view.row.ended_at and not mine.confirmed_at):
        return None
    return _chips({mine.id: (mine.added_at, mine.due_at, mine.confirmed_at)}, mine.unit_id).get(mine.id)


def _chips(ends: dict[UUID, tuple], unit: int | None) -> dict[UUID, DueChip]:  # type: ignore[type-arg]
    if not ends:
        return {}
    days = worktime.calendar(orgs.calendar_of(unit) if unit is not None else "vn")
    terms = {key: Term(since, due, days, closed) for key, (since, due, closed) in ends.items()}
    return deadlines.term_chips(terms, timezone.now())


def address_of(view: SpreadView) -> str:
    """The page of the document, where it has one on this desk; an own notice has none."""
    shown = waiting().get(view.document_kind)
    return reverse(shown.address, args=[view.document_id]) if shown else ""


def people_of(readers: Iterable[ReaderRow], group: str, unit: int | None) -> list[Person]:
    """The people behind a figure, by state and unit; everybody where none is asked for."""
    states = GROUPS.get(group)
    return [
        _person(one)
        for one in readers
        if (states is None or one.state in states) and (unit is None or one.unit_id == unit)
    ]


def _person(one: ReaderRow) -> Person:
    if one.state == "left":
        return Person(one, _("%(why)s, không tính") % {"why": LEFT[one.why]}, "line")
    label, tag = STATES[one.state]
    return Person(one, str(label), tag)


def behind(group: str, unit: int | None = None) -> str:
    """The address on the page that opens the people behind a figure."""
    return f"?{urlencode({'tt': group} | ({'don-vi': unit} if unit is not None else {}))}#nguoi"
