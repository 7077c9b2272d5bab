"""The five registers of NĐ 30/2020 Phụ lục IV, row by row, of the documents the actor may read.

What stands in a cell is printed and bound, so it is plain Vietnamese whatever the language of the screen. Registers
are paged by where the page before ended, along an index of their own: a page costs the same in a book of any size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Min, Model, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.cursors import broken_cursor
from congvu.common.errors import Invalid, Problem
from congvu.common.symbols import parted
from congvu.common.zones import at, local_date
from congvu.domains.documents.models import Incoming, Loan, Outgoing, Posting
from congvu.domains.documents.selectors import lines_of_books as lines
from congvu.domains.documents.selectors.requests import remarks
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import visible_ids

M = TypeVar("M", bound=Model)
PAGE = 50
# One volume: what is printed in one piece, bound and signed for. More is divided into volumes.
VOLUME = 5000


@dataclass(frozen=True, slots=True)
class BookQuery:
    """What is opened of a book: the issuer who keeps it, the year, and part of it by numbers or by days.

    ``series`` narrows the outgoing book to one series of numbers, where a scheme has several.
    """

    kind: str
    book: int
    year: int
    first: int | None = None
    last: int | None = None
    since: date | None = None
    until: date | None = None
    series: str = ""


@dataclass(frozen=True, slots=True)
class BookRow:
    """One line: its cells in the order of the decree, its number as the cover names it, its day, its record."""

    record: UUID
    number: str
    day: date | None
    cells: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class BookPage:
    """A page of rows; ``next`` is the cursor of the page after it, empty on the last."""

    rows: tuple[BookRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class _Book:
    """How one register is read: its rows, the order they stand in, and their lines."""

    rows: Callable[[Actor, BookQuery], QuerySet[Any]]
    order: tuple[str, ...]
    lines: Callable[[Actor, Sequence[Any]], list[BookRow]]


def register_page(actor: Actor, query: BookQuery, *, after: str = "", limit: int = PAGE) -> BookPage:
    """A page of a book. Five statements at most. Raises Invalid for a broken cursor."""
    kept = _book(query)
    rows = kept.rows(actor, query)
    if after:
        rows = rows.filter(TupleGreaterThan(kept.order, _read(kept.order, after)))
    found = list(rows.order_by(*kept.order)[: limit + 1])
    more = _write(kept.order, found[limit - 1]) if len(found) > limit else ""
    return BookPage(tuple(kept.lines(actor, found[:limit])), more)


def register_rows(actor: Actor, query: BookQuery) -> tuple[BookRow, ...]:
    """All rows of one volume. Five statements at most. Raises Invalid when it would be thicker than a volume."""
    kept = _book(query)
    found = list(kept.rows(actor, query).order_by(*kept.order)[: VOLUME + 1])
    if len(found) > VOLUME:
        message = _("Một quyển có nhiều nhất %(most)s dòng. Hãy chọn khoảng số hoặc khoảng ngày để in từng quyển.")
        problem = Problem("den-so", message % {"most": VOLUME}, "too_many")
        raise Invalid(problem.message, problems=(problem,))
    return tuple(kept.lines(actor, found))


def _book(query: BookQuery) -> _Book:
    kept = BOOKS.get(query.kind)
    if kept is None:
        message = _("Không có sổ này.")
        raise Invalid(message, problems=(Problem("kind", message, "unknown"),))
    return kept


def _incoming_rows(actor: Actor, query: BookQuery) -> QuerySet[Incoming]:
    rows = Incoming.objects.filter(record__in=visible_ids(actor), book=query.book, arrival_year=query.year)
    rows = _numbered(rows.filter(arrival_number__isnull=False), "arrival_number", query)
    if query.since is not None:
        rows = rows.filter(arrived_at__gte=at(query.since))
    if query.until is not None:
        rows = rows.filter(arrived_at__lt=at(query.until + timedelta(days=1)))
    return rows.select_related("record")


def _outgoing_rows(actor: Actor, query: BookQuery) -> QuerySet[Outgoing]:
    rows = Outgoing.objects.filter(record__in=visible_ids(actor), issuer=query.book, number_year=query.year)
    rows = _on_days(_numbered(rows.filter(number__isnull=False), "number", query), "issued_on", query)
    if query.series:
        rows = rows.filter(series=query.series)
    return rows.select_related("record", "kind")


def _posting_rows(actor: Actor, query: BookQuery) -> QuerySet[Posting]:
    rows = Posting.objects.filter(outgoing__record__in=visible_ids(actor), book=query.book)
    rows = _numbered(_on_days(_of_year(rows, "sent_on", query), "sent_on", query), "outgoing__number", query)
    return rows.select_related("outgoing")


def _loan_rows(actor: Actor, query: BookQuery) -> QuerySet[Loan]:
    rows = Loan.objects.filter(outgoing__record__in=visible_ids(actor), book=query.book)
    rows = _numbered(_on_days(_of_year(rows, "lent_on", query), "lent_on", query), "outgoing__number", query)
    return rows.select_related("outgoing__record", "outgoing__kind")


def _numbered(rows: QuerySet[M], field: str, query: BookQuery) -> QuerySet[M]:
    if query.first is not None:
        rows = rows.filter(**{f"{field}__gte": query.first})
    if query.last is not None:
        rows = rows.filter(**{f"{field}__lte": query.last})
    return rows


def _on_days(rows: QuerySet[M], field: str, query: BookQuery) -> QuerySet[M]:
    if query.since is not None:
        rows = rows.filter(**{f"{field}__gte": query.since})
    if query.until is not None:
        rows = rows.filter(**{f"{field}__lte": query.until})
    return rows


def _of_year(rows: QuerySet[M], field: str, query: BookQuery) -> QuerySet[M]:
    return rows.filter(**{f"{field}__range": (date(query.year, 1, 1), date(query.year, 12, 31))})


def _incoming_lines(_actor: Actor, rows: Sequence[Incoming]) -> list[BookRow]:
    to, asked = lines.handlers(rows), remarks(row.pk for row in rows)
    return [
        BookRow(
            row.pk, str(row.arrival_number), local_date(row.arrived_at),
            lines.incoming(row, to.get(row.pk, ()), asked.get(row.pk, "")),
        )
        for row in rows
    ]  # fmt: skip


def _followed_lines(actor: Actor, rows: Sequence[Incoming]) -> list[BookRow]:
    to, replies = lines.handlers(rows), lines.replies(actor, rows)
    return [
        BookRow(
            row.pk, str(row.arrival_number), local_date(row.arrived_at),
            lines.followed(row, to.get(row.pk, ()), replies.get(row.pk, ())),
        )
        for row in rows
    ]  # fmt: skip


def _outgoing_lines(_actor: Actor, rows: Sequence[Outgoing]) -> list[BookRow]:
    to, tree, asked = lines.recipients(rows), orgs.tree(), remarks(row.pk for row in rows)
    return [
        BookRow(
            row.pk, lines.code(row), row.issued_on,
            lines.outgoing(row, to.get(row.pk, ()), tree, asked.get(row.pk, "")),
        )
        for row in rows
    ]  # fmt: skip


def _posting_lines(_actor: Actor, rows: Sequence[Posting]) -> list[BookRow]:
    return [BookRow(row.outgoing.pk, lines.code(row.outgoing), row.sent_on, lines.posted(row)) for row in rows]


def _loan_lines(_actor: Actor, rows: Sequence[Loan]) -> list[BookRow]:
    return [
        BookRow(row.outgoing.pk, lines.code(row.outgoing), row.lent_on, lines.lent(row), open=row.returned_on is None)
        for row in rows
    ]


def _write(order: tuple[str, ...], row: Any) -> str:
    return "~".join(str(getattr(row, name.replace("record", "record_id"))) for name in order)


def _read(order: tuple[str, ...], text: str) -> tuple[Any, ...]:
    parts = text.split("~")
    if len(parts) != len(order):
        raise broken_cursor()
    try:
        return tuple(_READ[name](part) for name, part in zip(order, parts, strict=True))
    except ValueError:
        raise broken_cursor() from None


def _whole(text: str) -> int:
    """A number as the database keeps it. Raises ValueError for anything else."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise ValueError(text)
    return int(text)


def _plain(text: str) -> str:
    return text[:48].replace("\x00", "")


_READ: dict[str, Callable[[str], Any]] = {
    "arrival_number": _whole, "issued_on": date.fromisoformat, "series": _plain, "number": _whole, "record": UUID,
    "sent_on": date.fromisoformat, "lent_on": date.fromisoformat, "id": _whole,
}  # fmt: skip

BOOKS: dict[str, _Book] = {
    "incoming": _Book(_incoming_rows, ("arrival_number",), _incoming_lines),
    "follow_up": _Book(_incoming_rows, ("arrival_number",), _followed_lines),
    "outgoing": _Book(_outgoing_rows, ("issued_on", "series", "number", "record"), _outgoing_lines),
    "post": _Book(_posting_rows, ("sent_on", "id"), _posting_lines),
    "loans": _Book(_loan_rows, ("lent_on", "id"), _loan_lines),
}


def issued_as(actor: Actor, book: int, text: str) -> UUID | None:
    """The document an issuer issued under a number and symbol as typed (``15/QĐ-UBND``), the newest. One statement."""
    number, symbol = parted(text)
    if not (number.isascii() and number.isdecimal() and len(number) <= 6 and symbol):
        return None
    rows = Outgoing.objects.filter(record__in=visible_ids(actor), issuer=book, number=int(number))
    rows = rows.filter(symbol__iexact=symbol, issued_at__isnull=False)
    return rows.order_by("-issued_on").values_list("pk", flat=True).first()


def issuers_series(actor: Actor, book: int, year: int) -> list[tuple[str, str]]:
    """The series numbers were taken from in a year's outgoing book, each with the symbol of its first document."""
    rows = Outgoing.objects.filter(record__in=visible_ids(actor), issuer=book, number_year=year, number__isnull=False)
    return list(rows.order_by("series").values_list("series").annotate(first=Min("symbol")))
