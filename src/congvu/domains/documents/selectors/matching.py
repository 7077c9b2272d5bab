"""What the book knows already: documents that look the same, and where documents like this one went before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import ExtractYear

from congvu.common.text import clean
from congvu.domains.documents.models import Direction, Incoming, InState, Kind
from congvu.domains.documents.scanned import Scanned, read_scanned
from congvu.domains.documents.selectors.rows import incoming_row
from congvu.domains.documents.types import IncomingInput, IncomingRow, Proposal
from congvu.ground.orgs import selectors as orgs

SEEN = 200


def duplicates(
    book: int, given: IncomingInput, *, besides: UUID | None = None, registered: bool = False
) -> list[IncomingRow]:
    """Documents of the book with the same identifier, or the same number, symbol and sender. One statement.

    ``registered`` leaves out those that still wait: of two arrivals that look the same one may be registered.

    Both tests are needed: identifiers are opaque and systems write them differently (NĐ 30/2020 Phụ lục VI III.1h).
    Series begin again every year, so the same number of another year is another document.
    """
    same = Q(document_id=given.document_id) if given.document_id else Q(pk__in=())
    number, symbol = clean(given.number), clean(given.symbol)
    if number and symbol:
        sender = Q(sender_code=given.sender_code) if given.sender_code else Q(sender__iexact=clean(given.sender))
        same |= Q(number=number, symbol=symbol) & sender & _of_the_year(given.issued_on)
    rows = Incoming.objects.filter(same, book=book).exclude(record__state=InState.SENT_BACK)
    if registered:
        rows = rows.exclude(record__state=InState.ARRIVED)
    if besides is not None:
        rows = rows.exclude(record_id=besides)
    return [incoming_row(row, "") for row in rows.select_related("record").order_by("arrived_at")[:5]]


def doubled(ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these have a twin in their book: the same number, symbol and sender in the same year. One statement.

    The twin may wait as they do: of two arrivals that look the same neither is ordinary.
    """
    rows = Incoming.objects.exclude(number="").exclude(symbol="").filter(pk__in=list(ids))
    twin = (
        Incoming.objects.filter(
            book=OuterRef("book"), number=OuterRef("number"), symbol=OuterRef("symbol"),
            sender__iexact=OuterRef("sender"),
        )
        .filter(Q(issued_on=None) | Q(issued_on__year=ExtractYear(OuterRef("issued_on"))))
        .exclude(pk=OuterRef("pk"))
        .exclude(record__state=InState.SENT_BACK)
    )  # fmt: skip
    return frozenset(rows.filter(Exists(twin)).values_list("pk", flat=True))


def _of_the_year(issued_on: date | None) -> Q:
    return Q() if issued_on is None else Q(issued_on=None) | Q(issued_on__year=issued_on.year)


def proposal(book: int, *, sender: str, sender_code: str = "", symbol: str = "") -> Proposal | None:
    """The unit that most often led on documents of this sender, of the same symbol if any; None for a new sender.

    Looks at the newest 200. Two statements, three with an answer.
    """
    who = Q(incoming__sender_code=sender_code) if sender_code else Q(incoming__sender__iexact=clean(sender))
    rows = Direction.objects.filter(
        who, incoming__book=book, role=Direction.Role.LEAD, parent=None, withdrawn_at=None
    ).order_by("-given_at")
    ending = clean(symbol).rpartition("-")[2] or clean(symbol)
    same = list(rows.filter(incoming__symbol__iendswith=ending).values_list("unit_id", flat=True)[:SEEN])
    found = same or list(rows.values_list("unit_id", flat=True)[:SEEN])
    there = orgs.tree()
    known = [unit for unit in found if there.get(unit) is not None]
    if not known:
        return None
    best = max(dict.fromkeys(known), key=known.count)
    return Proposal(best, there.unit(best).name, None, known.count(best), len(found))


def senders(book: int) -> tuple[str, ...]:
    """Names under which agencies wrote to this book, the newest first, to offer while one is typed. One statement."""
    rows = Incoming.objects.filter(book=book).order_by("-arrived_at").values_list("sender", flat=True)[:SEEN]
    return tuple(dict.fromkeys(rows))


def read_from_scan(book: int, text: str) -> Scanned:
    """What the words of a scan say of the document; known senders are named as the book has them. Two statements."""
    names = tuple(Kind.objects.values_list("name", flat=True))
    return read_scanned(text, kinds=names, senders=senders(book))


def next_number(book: int, year: int) -> int:
    """The number of arrival that would be taken now: a proposal, somebody else may be faster. One statement."""
    numbers = Incoming.objects.filter(book=book, arrival_year=year).order_by("-arrival_number")
    return (numbers.values_list("arrival_number", flat=True).first() or 0) + 1
