"""Looking documents up: by every field of theirs, by what looks like a number, by the text of their files.

The newest first, page by page; another order is made of the newest thousand. Every record comes through ``visible_to``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from congvu.common.actor import Actor
from congvu.common.cursors import read_cursor, write_cursor
from congvu.common.symbols import written
from congvu.common.text import clean, fold, sort_key, words_asked
from congvu.common.zones import at
from congvu.domains.documents.models import Direction, Incoming, InState, Outgoing, OutState, Recipient
from congvu.domains.documents.policies import INCOMING, OUTGOING
from congvu.domains.documents.selectors import lines_of_books as lines
from congvu.ground.files import selectors as files
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import selectors as records

Place = tuple[datetime, UUID]
Match = tuple[datetime, UUID, str]
# Before every record: nothing older is left.
EVERYTHING: Place = (datetime.min.replace(tzinfo=UTC), UUID(int=0))
PAGE = 20
SORTED = 1000
EXPORTED = 5000
ORDERS = ("newest", "oldest", "number", "party")
# "15/QĐ-UBND", "12/UBND", "số 7/": a number, a slash, the beginning of a symbol.
_NUMBER = re.compile(r"(?:số\s*:?\s*)?(\d{1,6}[a-z]?)\s*/\s*([\w.\-–/&]*)", re.IGNORECASE)
_ALONE = re.compile(r"(?:số\s*:?\s*)?(\d{1,6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FindQuery:
    """What is looked for. ``text`` is read as a number and symbol where it looks like one, else as words of code,
    subject, names; ``content`` are words of the files, in quotes as they stand there. ``fields`` narrow by name
    (see ``FIELDS``); ``scope`` is ``in``, ``out`` or both.
    """

    text: str = ""
    content: str = ""
    scope: str = ""
    order: str = "newest"
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.text.strip() or self.content.strip() or self.fields)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A document that was found; ``piece`` is the text around the words in its files."""

    id: UUID
    kind: str
    at: datetime
    code: str
    title: str
    kind_name: str
    party: str
    signer: str
    unit: str
    issued_on: date | None
    arrival_number: int | None
    priority: int
    state: str
    due_at: datetime | None
    piece: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found; ``cut``: another order than the newest first was made of the newest thousand."""

    rows: tuple[FoundRow, ...]
    next: str
    cut: bool = False


Condition = Callable[[Any], Q]


@dataclass(frozen=True, slots=True)
class Field:
    """How a field narrows incoming and outgoing documents; None where that side has no such field."""

    incoming: Condition | None
    outgoing: Condition | None


def _is(column: str) -> Condition:
    return lambda value: Q(**{column: value})


def _since(column: str) -> Condition:
    return lambda day: Q(**{f"{column}__gte": at(day) if column.endswith("_at") else day})


def _until(column: str) -> Condition:
    def until(day: date) -> Q:
        if column.endswith("_at"):
            return Q(**{f"{column}__lt": at(day + timedelta(days=1))})
        return Q(**{f"{column}__lte": day})

    return until


def _days(incoming: str | None, outgoing: str | None) -> tuple[Field, Field]:
    sides = (incoming, outgoing)
    first, last = ([None if one is None else make(one) for one in sides] for make in (_since, _until))
    return Field(*first), Field(*last)


def _lead(unit: int) -> Q:
    slips = Direction.objects.filter(incoming=OuterRef("pk"), unit=unit, withdrawn_at=None)
    return Q(Exists(slips))


_ISSUED, _TAKEN = _days("issued_on", "issued_on"), _days("arrived_at", None)
_SENT, _REPLY = _days(None, "issued_at"), _days("reply_by", "reply_by")
FIELDS: Mapping[str, Field] = {
    "number": Field(lambda text: Q(number__in=_written(text)), lambda text: Q(number__in=_figures(text))),
    "any_number": Field(
        lambda text: Q(number__in=_written(text)) | Q(arrival_number=int(text)), lambda text: Q(number=int(text))
    ),
    "arrival_number": Field(_is("arrival_number"), None),
    "priority": Field(_is("priority"), _is("priority")),
    "secrecy": Field(_is("secrecy"), None),
    "channel": Field(_is("channel"), None),
    "state_in": Field(_is("record__state"), None),
    "state_out": Field(None, _is("record__state")),
    "capacity": Field(None, _is("capacity")),
    "unit": Field(_lead, _is("drafting_unit")),
    "paper": Field(_is("paper_follows"), _is("paper")),
    "copies": Field(_is("copies"), _is("copies")),
    "pages": Field(_is("pages"), _is("pages")),
    "issued_since": _ISSUED[0], "issued_until": _ISSUED[1], "arrived_since": _TAKEN[0], "arrived_until": _TAKEN[1],
    "sent_since": _SENT[0], "sent_until": _SENT[1], "reply_since": _REPLY[0], "reply_until": _REPLY[1],
}  # fmt: skip
# Fields of words: the columns of each side they stand in, compared without marks.
WORDS: Mapping[str, tuple[str, str]] = {
    "symbol": ("symbol", "symbol"), "kind": ("kind_name", "kind__name"), "sender": ("sender", ""),
    "sender_code": ("sender_code", ""), "signer": ("signer", "signer_name"),
    "signer_position": ("signer_position", "signer__title"), "drafter": ("", "drafter_name"),
    "description": ("description", ""), "document_id": ("document_id", "document_id"),
    "registered_by": ("registered_by", ""), "result": ("result", ""), "language": ("language", ""),
}  # fmt: skip
# Of these the record's own words know too, and their index narrows first.
_INDEXED = {"symbol", "sender", "signer", "drafter"}


def _written(text: str) -> list[str]:
    """A number as it may be written: ``5``, ``05``, ``005``."""
    bare = text.strip().lower().lstrip("0") or "0"
    return [bare, bare.zfill(2), bare.zfill(3)]


def _figures(text: str) -> list[int]:
    bare = text.strip()
    return [int(bare)] if bare.isascii() and bare.isdecimal() and len(bare) <= 6 else []


def find(actor: Actor, query: FindQuery, *, after: str = "", limit: int = PAGE) -> Found:
    """A page of documents that answer the question. Raises Invalid for a broken cursor.

    For each side one statement, with words of files one for each span of time looked through until the page is full;
    then one for the rows of each side, their recipients, the tree of units, two for the pieces of text.
    """
    if query.order != "newest":
        return _sorted(actor, query, after, limit)
    begin = read_cursor(after) if after else None
    found = _newest(actor, query, begin, limit + 1)
    rows = _rows(found[:limit], query.content)
    more = write_cursor(rows[-1].at, rows[-1].id) if len(found) > limit else ""
    return Found(rows, more)


def found_at_once(actor: Actor, query: FindQuery) -> tuple[FoundRow, ...]:
    """What is exported: the newest five thousand, in the order asked for."""
    if query.order == "newest":
        return _rows(_newest(actor, query, None, EXPORTED), "")
    return tuple(sorted(_rows(_newest(actor, query, None, EXPORTED), ""), key=_order(query.order)))


def _sorted(actor: Actor, query: FindQuery, after: str, limit: int) -> Found:
    newest = _newest(actor, query, None, SORTED)
    skip = int(after) if after.isascii() and after.isdecimal() and len(after) <= 4 else 0
    rows = sorted(_rows(newest, ""), key=_order(query.order))
    shown = tuple(rows[skip : skip + limit])
    more = str(skip + limit) if len(rows) > skip + limit else ""
    return Found(_with_pieces(shown, query.content), more, cut=len(newest) == SORTED)


def _order(name: str) -> Callable[[FoundRow], Any]:
    if name == "number":
        return lambda row: (int((re.match(r"\d+", row.code) or ["0"])[0]), row.code)
    if name == "party":
        return lambda row: sort_key(row.party)
    return lambda row: row.at


def _newest(actor: Actor, query: FindQuery, begin: Place | None, limit: int) -> list[Match]:
    """Moment, record and kind of the newest, both sides together: frequent words by looking through the newest, what
    is then still missing along the indexes. One statement a side and span of time."""
    question = records.asked(query.content) if query.content.strip() else ""
    if query.content.strip() and not question:
        return []
    words, asked = _numbers(query)
    found: list[Match] = []
    at_once = not question
    if not asked:
        frequency = records.frequency(words, question)
        at_once = at_once or frequency.few
        found, begin = _looked_through(actor, query, question, begin, limit, frequency.enough(limit))
        if begin is EVERYTHING or len(found) >= limit:
            return found
    spans = iter(((None, None),)) if at_once else records.windows(begin[0] if begin else None)
    for first, last in spans:
        room = limit - len(found)
        for rows in _sides(actor, query):
            if question:
                rows = rows.filter(id__in=records.holding(question, since=first, until=last).values("record"))
            if begin is not None:
                rows = rows.filter(Q(opened_at__lt=begin[0]) | Q(opened_at=begin[0], id__lt=begin[1]))
            found += rows.order_by("-opened_at", "-id").values_list("opened_at", "id", "kind")[:room]
        found = sorted(found, reverse=True)[:limit]
        if len(found) >= limit:
            break
    return found


def _looked_through(
    actor: Actor, query: FindQuery, question: str, begin: Place | None, limit: int, enough: int
) -> tuple[list[Match], Place | None]:
    """What the newest hold, where words are so frequent that looking through them is the shortest way; and where it
    ended, ``EVERYTHING`` when nothing older is left. First so many as should be enough, then more and more."""
    words, _asked = _numbers(query)
    found: list[Match] = []
    for most in _steps(enough):
        looks = {
            kind: records.look_through(
                records.visible_to(actor).filter(kind=kind), most, limit, words=words, question=question, before=begin
            )
            for kind in _kinds(query)
        }
        # One side may reach further back than the other: what lies behind the nearer end is looked up later.
        end = max((look.end for look in looks.values() if look.end is not None), default=EVERYTHING)
        found += [(*place, kind) for kind, look in looks.items() for place in look.found if place >= end]
        found, begin = sorted(found, reverse=True)[:limit], end
        if len(found) >= limit or end is EVERYTHING:
            break
    return found, begin


def _steps(enough: int) -> Iterator[int]:
    """How many to look through at a time; the newest often have no text yet."""
    while 0 < enough < records.MOST:
        yield enough
        enough *= 4
    if enough:
        yield records.MOST


def _kinds(query: FindQuery) -> tuple[str, ...]:
    return tuple(kind for scope, kind in (("in", INCOMING), ("out", OUTGOING)) if query.scope in ("", scope))


def _sides(actor: Actor, query: FindQuery) -> Iterator[QuerySet[Any]]:
    """The readable records of each side that answers at all, narrowed by everything but the words of files; both in
    one where nothing is asked of either."""
    words, asked = _numbers(query)
    if not asked:
        rows = records.visible_to(actor).filter(kind__in=_kinds(query))
        for word in words:
            rows = rows.filter(folded__contains=word)
        yield rows
        return
    for scope, kind, model in (("in", INCOMING, Incoming), ("out", OUTGOING, Outgoing)):
        if query.scope not in ("", scope):
            continue
        rows = records.visible_to(actor).filter(kind=kind)
        for word in words:
            rows = rows.filter(folded__contains=word)
        wanted = _narrowed(model, scope, asked)
        if wanted is None:
            continue
        for name in _INDEXED & asked.keys():
            for word in words_asked(str(asked[name])):
                rows = rows.filter(folded__contains=word)
        yield rows.filter(Exists(wanted))


def _numbers(query: FindQuery) -> tuple[list[str], dict[str, Any]]:
    """The words of the quick question, and the fields asked for; what looks like a number is a field."""
    text, asked = clean(query.text), dict(query.fields)
    whole, alone = _NUMBER.fullmatch(text), _ALONE.fullmatch(text)
    if whole is not None:
        symbol = whole[2].strip("-–/")
        # The record's words hold "05/qd-ubnd": the index finds them by "5/qd-ubnd".
        words = [fold(f"{whole[1].lstrip('0')}/{symbol}")]
        return words, {**asked, "number": whole[1], **({"symbol": symbol} if symbol else {})}
    if alone is not None:
        return [], {**asked, "any_number": alone[1]}
    return words_asked(text), asked


def _narrowed(model: type[Model], scope: str, asked: Mapping[str, Any]) -> QuerySet[Any] | None:
    """Rows of one side under the outer record; None where a field is asked for that this side has not."""
    rows = model._default_manager.filter(record=OuterRef("pk"))
    for name, value in asked.items():
        if name in ("recipient", "subject"):
            if name == "recipient" and scope == "in":
                return None
            rows = _recipient(rows, value) if name == "recipient" else rows.filter(_like("record__title", value))
            continue
        if name in WORDS:
            column = WORDS[name][scope == "out"]
            if not column:
                return None
            rows = rows.filter(_like(column, value))
            continue
        known = FIELDS[name]
        condition = known.incoming if scope == "in" else known.outgoing
        if condition is None:
            return None
        rows = rows.filter(condition(value))
    return rows


def _recipient(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(Exists(Recipient.objects.filter(_like("name", value), outgoing=OuterRef("pk"))))


def _like(column: str, value: str) -> Q:
    """Every word stands in the column, without marks."""
    met = Q()
    for word in words_asked(str(value)):
        met &= Q(**{f"{column}__unaccent__icontains": word})
    return met


def _rows(found: Iterable[tuple[datetime, UUID, str]], content: str) -> tuple[FoundRow, ...]:
    """The documents of these records, in their order."""
    listed = list(found)
    tree = orgs.tree() if listed else None
    taken = _by_key(Incoming.objects.select_related("record"), listed, INCOMING)
    sent = _by_key(Outgoing.objects.select_related("record", "kind"), listed, OUTGOING)
    slips, to = lines.handlers(taken.values()), lines.recipients(sent.values()) if sent else {}
    made = []
    for moment, key, kind in listed:
        if kind == INCOMING and key in taken:
            made.append(_incoming(taken[key], moment, slips.get(key, ())))
        elif key in sent and tree is not None:
            made.append(_outgoing(sent[key], moment, to.get(key, []), tree))
    return _with_pieces(tuple(made), content)


def _by_key(rows: QuerySet[Any], listed: Iterable[tuple[datetime, UUID, str]], kind: str) -> dict[UUID, Any]:
    keys = [key for _moment, key, of in listed if of == kind]
    return {row.pk: row for row in rows.filter(pk__in=keys)} if keys else {}


def _with_pieces(rows: tuple[FoundRow, ...], content: str) -> tuple[FoundRow, ...]:
    if not content.strip() or not rows:
        return rows
    pieces = files.around([row.id for row in rows], content)
    return tuple(replace(row, piece=pieces.get(row.id, "")) for row in rows)


def _incoming(row: Incoming, moment: datetime, slip: Iterable[Direction]) -> FoundRow:
    lead = next((line.named for line in slip if line.role == Direction.Role.LEAD), "")  # type: ignore[attr-defined]
    return FoundRow(
        row.pk, INCOMING, moment, written(row.number, row.symbol), row.record.title, row.kind_name, row.sender,
        row.signer, lead, row.issued_on, row.arrival_number, row.priority, str(InState(row.record.state).label),
        row.record.due_at,
    )  # fmt: skip


def _outgoing(row: Outgoing, moment: datetime, to: list[str], tree: orgs.UnitTree) -> FoundRow:
    unit = tree.get(row.drafting_unit_id)
    return FoundRow(
        row.pk, OUTGOING, moment, lines.code(row), row.record.title, row.kind.name, "; ".join(to), row.signer_name,
        (unit.short_name or unit.name) if unit else "", row.issued_on, None, row.priority,
        str(OutState(row.record.state).label), row.record.due_at,
    )  # fmt: skip
