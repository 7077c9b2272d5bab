"""Figures over documents: each is the number of rows of one list, and that list opens from it.

A figure is a name for a condition. ``figures``, ``by_unit``, ``by_kind`` and ``by_month`` count with it, ``behind``
lists with it, so a figure cannot say one thing and its list another. Only records the actor may read are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.cursors import read_cursor, write_cursor
from congvu.common.errors import Invalid, Problem
from congvu.common.symbols import written
from congvu.common.zones import VN, at, utc_now
from congvu.domains.documents.models import (
    Channel,
    Direction,
    Incoming,
    InState,
    Loan,
    Outgoing,
    OutState,
    Posting,
    Recipient,
)
from congvu.domains.documents.selectors import lines_of_books as lines
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import visible_ids

M = TypeVar("M", bound=Model)
PAGE = 50


@dataclass(frozen=True, slots=True)
class StatQuery:
    """What is counted: the books of one issuer, from the first to the last day, narrowed to a unit or a kind.

    ``unit`` is the one that leads on incoming documents, that drafted outgoing ones.
    """

    book: int
    since: date
    until: date
    unit: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A document behind a figure."""

    id: UUID
    kind: str
    code: str
    title: str
    at: datetime
    unit: str
    state: str


@dataclass(frozen=True, slots=True)
class CountedPage:
    """A page of what a figure counts; ``next`` is the cursor of the page after it."""

    rows: tuple[CountedRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One line of a table: what it is about (``key`` narrows a query to it) and its figures by name."""

    key: str
    label: str
    figures: Mapping[str, int]


Condition = Callable[[datetime], Q]
_DONE, _OPEN = Q(record__state=InState.DONE), Q(record__state__in=(InState.REGISTERED, InState.PROCESSING))
_PAPERLESS = Q(paper=False, on_paper=False, posted=False)

INCOMING: Mapping[str, Condition] = {
    "in": lambda _now: Q(),
    "in_done_on_time": lambda _now: _DONE & (Q(record__due_at=None) | Q(record__closed_at__lte=F("record__due_at"))),
    "in_done_late": lambda _now: _DONE & Q(record__closed_at__gt=F("record__due_at")),
    "in_open_in_time": lambda now: _OPEN & (Q(record__due_at=None) | Q(record__due_at__gte=now)),
    "in_open_late": lambda now: _OPEN & Q(record__due_at__lt=now),
    "in_back": lambda _now: Q(record__state__in=(InState.SENT_BACK, InState.RECALLED)),
    "in_electronic": lambda _now: Q(channel__in=(Channel.EXCHANGE, Channel.MAIL), paper_follows=False),
}
OUTGOING: Mapping[str, Condition] = {
    "out": lambda _now: Q(),
    "out_electronic": lambda _now: _PAPERLESS,
    "out_paper": lambda _now: ~_PAPERLESS,
    "out_recalled": lambda _now: Q(record__state=OutState.RECALLED),
}
LOANS: Mapping[str, Condition] = {"loans": lambda _now: Q(), "loans_open": lambda _now: Q(returned_on=None)}


@dataclass(frozen=True, slots=True)
class _Source:
    """Rows of one kind in a period, the moment they are counted by, their unit and kind as columns."""

    rows: Callable[[Actor, StatQuery], QuerySet[Any]]
    figures: Mapping[str, Condition]
    moment: str
    record: str
    kind: str


def _incoming(actor: Actor, query: StatQuery) -> QuerySet[Incoming]:
    first = Direction.objects.filter(
        incoming=OuterRef("pk"), role=Direction.Role.LEAD, parent=None, withdrawn_at=None
    ).values("unit_id")[:1]
    rows = Incoming.objects.filter(record__in=visible_ids(actor), book=query.book, arrival_number__isnull=False)
    return _narrowed(_in(rows, "registered_at", query).annotate(at_unit=Subquery(first)), query, "kind_name")


def _outgoing(actor: Actor, query: StatQuery) -> QuerySet[Outgoing]:
    rows = _in(Outgoing.objects.filter(record__in=visible_ids(actor), issuer=query.book), "issued_at", query)
    rows = rows.annotate(
        at_unit=F("drafting_unit"), posted=Exists(Posting.objects.filter(outgoing=OuterRef("pk"))),
        on_paper=Exists(Recipient.objects.filter(outgoing=OuterRef("pk"), way=Recipient.Way.PAPER)),
    )  # fmt: skip
    return _narrowed(rows, query, "kind__name")


def _loans(actor: Actor, query: StatQuery) -> QuerySet[Loan]:
    rows = Loan.objects.filter(outgoing__record__in=visible_ids(actor), book=query.book)
    rows = rows.filter(lent_on__range=(query.since, query.until)).annotate(at_unit=F("outgoing__drafting_unit"))
    return _narrowed(rows, query, "outgoing__kind__name")


SOURCES = (
    _Source(_incoming, INCOMING, "registered_at", "record", "kind_name"),
    _Source(_outgoing, OUTGOING, "issued_at", "record", "kind__name"),
    _Source(_loans, LOANS, "at", "outgoing__record", "outgoing__kind__name"),
)


def _in(rows: QuerySet[M], moment: str, query: StatQuery) -> QuerySet[M]:
    until = at(query.until + timedelta(days=1))
    return rows.filter(**{f"{moment}__gte": at(query.since), f"{moment}__lt": until})


def _narrowed(rows: QuerySet[M], query: StatQuery, kind: str) -> QuerySet[M]:
    if query.unit is not None:
        rows = rows.filter(at_unit=query.unit) if query.unit else rows.filter(at_unit=None)
    return rows.filter(**{kind: query.kind}) if query.kind else rows


def figures(actor: Actor, query: StatQuery) -> dict[str, int]:
    """Every figure of a period. One statement for each kind of row."""
    found: dict[str, int] = {}
    for source in SOURCES:
        found |= source.rows(actor, query).aggregate(**_counts(source))
    return found


def _counts(source: _Source) -> dict[str, Count]:
    now = utc_now()
    return {key: Count("pk", filter=condition(now)) for key, condition in source.figures.items()}


def by_unit(actor: Actor, query: StatQuery, name: str) -> tuple[GroupRow, ...]:
    """The figures that stand beside ``name``, for each unit; ``0`` is the line of those no unit has yet."""
    tree = orgs.tree()
    found = []
    for unit, counted in _grouped(actor, query, name, "at_unit"):
        view = tree.get(unit) if unit else None
        label = (view.short_name or view.name) if view else "Lãnh đạo cơ quan"
        found.append(GroupRow(str(unit or 0), label, counted))
    return tuple(sorted(found, key=lambda row: (row.key == "0", row.label)))


def by_kind(actor: Actor, query: StatQuery, name: str) -> tuple[GroupRow, ...]:
    """The figures that stand beside ``name``, for each kind of document, the most frequent first."""
    rows = [GroupRow(kind, kind, counted) for kind, counted in _grouped(actor, query, name, _source(name).kind) if kind]
    return tuple(sorted(rows, key=lambda row: (-row.figures[name], row.label)))


def by_month(actor: Actor, query: StatQuery, name: str) -> tuple[GroupRow, ...]:
    """The figures that stand beside ``name``, for each month of one year."""
    source = _source(name)
    rows = source.rows(actor, query).annotate(month=ExtractMonth(source.moment, tzinfo=VN)).values("month")
    found = {row.pop("month"): row for row in rows.annotate(**_counts(source)).order_by("month")}
    return tuple(GroupRow(str(month), f"Tháng {month}", counted) for month, counted in found.items())


def _grouped(actor: Actor, query: StatQuery, name: str, column: str) -> list[tuple[Any, dict[str, int]]]:
    source = _source(name)
    rows = source.rows(actor, query).values(grouped=F(column)).annotate(**_counts(source)).order_by("grouped")
    return [(row.pop("grouped"), row) for row in rows]


def month_of(query: StatQuery, month: int) -> StatQuery:
    """The part of a period that lies in one month of its first year."""
    first = date(query.since.year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return replace(query, since=max(first, query.since), until=min(last, query.until))


def _source(name: str) -> _Source:
    found = next((source for source in SOURCES if name in source.figures), None)
    if found is None:
        message = _("Không có chỉ tiêu này.")
        raise Invalid(message, problems=(Problem("figure", message, "unknown"),))
    return found


def behind(actor: Actor, query: StatQuery, name: str, *, after: str = "", limit: int = PAGE) -> CountedPage:
    """The documents a figure counts, the newest first. Two statements. Raises Invalid for an unknown figure."""
    source = _source(name)
    rows = source.rows(actor, query).filter(source.figures[name](utc_now()))
    key = "pk" if source.record == "record" else f"{source.record.removesuffix('record')}pk"
    if after:
        moment, record = read_cursor(after)
        older = Q(**{f"{source.moment}__lt": moment}) | Q(**{source.moment: moment, f"{key}__lt": record})
        rows = rows.filter(older)
    found = list(rows.select_related(source.record).order_by(f"-{source.moment}", f"-{key}")[: limit + 1])
    tree = orgs.tree()
    shown = tuple(_row(row, source.moment, tree) for row in found[:limit])
    return CountedPage(shown, write_cursor(shown[-1].at, shown[-1].id) if len(found) > limit else "")


def _row(row: Any, moment: str, tree: orgs.UnitTree) -> CountedRow:
    document = row.outgoing if isinstance(row, Loan) else row
    record, unit = document.record, tree.get(row.at_unit) if row.at_unit else None
    code = written(row.number, row.symbol) if isinstance(row, Incoming) else lines.code(document)
    states = {**dict(InState.choices), **dict(OutState.choices)}
    return CountedRow(
        record.id, record.kind, code, record.title, getattr(row, moment),
        (unit.short_name or unit.name) if unit else "", str(states[record.state]),
    )  # fmt: skip
