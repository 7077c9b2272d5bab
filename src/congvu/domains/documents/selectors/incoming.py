"""Reading incoming documents: lists, the book, one in full. Every function goes through ``visible_to``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.counting import Counting, reusable, totals
from congvu.common.cursors import broken_cursor, read_cursor, write_cursor
from congvu.common.errors import Invalid, Problem
from congvu.common.symbols import written
from congvu.common.text import words_asked
from congvu.domains.documents import policies
from congvu.domains.documents.issuers import issuer_view, shown_number
from congvu.domains.documents.models import (
    Channel,
    Direction,
    Incoming,
    InState,
    Link,
    Opinion,
    Outgoing,
    OutState,
    Priority,
)
from congvu.domains.documents.selectors.rows import direction_view, file_check, incoming_row
from congvu.domains.documents.types import IncomingRow, IncomingView, LinkView, OpinionView, Rows
from congvu.engines.workflow import selectors as work
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.records.selectors import get_visible, newest, standing, urgent_first, visible_ids, visible_to
from congvu.ground.records.services import Record

PAGE = 30
# The order of ``records.urgent_first``; without the first column that of ``records.newest``.
_URGENT_FIRST = ("-priority", "-arrived_at", "-record_id")
_RANK = (Direction.Role.LEAD, Direction.Role.SUPPORT, Direction.Role.INFORM)
VIEWS = {
    "cho-vao-so": (InState.ARRIVED,),
    "cho-chi-dao": (InState.REGISTERED,),
    "dang-xu-ly": (InState.PROCESSING,),
    "da-xong": (InState.DONE,),
    "tra-lai": (InState.SENT_BACK, InState.RECALLED),
}


@dataclass(frozen=True, slots=True)
class IncomingQuery:
    """What a list is narrowed to. ``text`` looks in number, symbol, sender, signer and subject, without marks.

    ``urgent_first`` puts the more urgent before the newer, as lists of open work want it: a view of one state.
    """

    view: str = ""
    text: str = ""
    urgent_first: bool = False


def incoming_list(actor: Actor, query: IncomingQuery, *, after: str = "", limit: int = PAGE) -> Rows:
    """Documents the actor may read, newest arrival first. Three statements. Raises Invalid for a broken cursor.

    What is shown is a short range of an index, however long the book.
    """
    begin = _cursor(after) if after else None
    records, states = _narrowed(actor, query)
    if query.urgent_first and len(states) == 1:
        rows = _listed(urgent_first(records, limit + 1, state=states[0], before=begin)).order_by(*_URGENT_FIRST)
    else:
        before = begin[1:] if begin is not None else None
        rows = _listed(newest(records, limit + 1, states=states, before=before)).order_by(*_URGENT_FIRST[1:])
    found = list(rows[: limit + 1])
    shown = found[:limit]
    return Rows(_with_leads(shown), _next(shown[-1]) if len(found) > limit else "")


def arrivals(actor: Actor, *, limit: int = 200) -> tuple[IncomingRow, ...]:
    """What waits for the records clerk, the most urgent first, then the newest. Three statements."""
    keys = urgent_first(visible_to(actor).filter(kind=policies.INCOMING), limit, state=InState.ARRIVED)
    return _with_leads(list(_listed(keys).order_by(*_URGENT_FIRST)[:limit]))


@reusable
def count_waiting(actor: Actor, view: str) -> Counting:
    """How many documents stand in a view."""
    return standing(actor, policies.INCOMING, VIEWS[view])


def counts(actor: Actor) -> dict[str, int]:
    """How many documents stand in each view, to 1,001 at most. One statement for all."""
    return totals({view: count_waiting(actor, view) for view in VIEWS})


def incoming(actor: Actor, document_id: UUID) -> IncomingView:
    """One document with its slip, opinions and links. Raises NotFound, whether it is missing or hidden."""
    record = get_visible(actor, document_id, kind=policies.INCOMING)
    row = Incoming.objects.select_related("record", "book").get(record_id=document_id)
    tree = orgs.tree()
    found = row.directions.filter(withdrawn_at=None).select_related("position")
    lines = sorted(found, key=lambda line: (line.given_at, _RANK.index(line.role), line.id))
    directions = tuple(direction_view(line, tree) for line in lines)
    lead = next((d.position or d.unit for d in directions if d.role == Direction.Role.LEAD and d.parent is None), "")
    return IncomingView(
        row=incoming_row(row, lead), version=record.version, book=issuer_view(row.book), number=row.number,
        symbol=row.symbol, sender_code=row.sender_code, signer=row.signer, signer_position=row.signer_position,
        secrecy=row.secrecy, pages=row.pages, copies=row.copies, paper_follows=row.paper_follows,
        reply_by=row.reply_by, description=row.description, document_id=row.document_id, message=row.message,
        registered_at=row.registered_at, registered_by=row.registered_by, sent_back_reason=row.sent_back_reason,
        result=row.result, checks=tuple(map(file_check, row.file_checks)), directions=directions,
        opinions=opinions(document_id), links=links(actor, document_id),
        abilities=_abilities(actor, row, tree),
    )  # fmt: skip


def opinions(record: UUID) -> tuple[OpinionView, ...]:
    """What was said about a document the caller may read, oldest first. One statement."""
    rows = Opinion.objects.filter(record=record).order_by("at", "id")
    return tuple(OpinionView(r.text, r.leader, r.at, r.by, r.by_position, r.on_behalf_of) for r in rows)


def links(actor: Actor, record: UUID) -> tuple[LinkView, ...]:
    """Documents that stand to this one in some relation, of those the actor may read. Three statements."""
    readable = visible_ids(actor)
    rows = Link.objects.filter(Q(source=record, target__in=readable) | Q(target=record, source__in=readable))
    kept = rows.exclude(source__state=OutState.DROPPED, target=record)
    found = list(kept.select_related("source", "target").order_by("at", "id"))
    codes = _codes([row.source_id if row.target_id == record else row.target_id for row in found])
    return tuple(_link(row, record, codes) for row in found)


def _codes(records: list[UUID]) -> dict[UUID, str]:
    """What documents are called by number and symbol; other kinds of record have a code of their own."""
    if not records:
        return {}
    issued = Outgoing.objects.filter(record__in=records).exclude(number=None)
    came = Incoming.objects.filter(record__in=records).values_list("record_id", "number", "symbol")
    found = {key: written(number, symbol) for key, number, symbol in came}
    return found | {row.pk: written(shown_number(row.number), row.symbol) for row in issued if row.number is not None}


def _link(row: Link, record: UUID, codes: Mapping[UUID, str]) -> LinkView:
    """Seen from this page: what this one does to the other, or what the other does to it, if only as a draft."""
    outward = row.source_id == record
    other = row.target if outward else row.source
    relation = Link.Relation(row.relation)
    draft = other.kind == policies.OUTGOING and other.state not in (OutState.ISSUED, OutState.RECALLED)
    label = relation.label if outward else Link.INWARD[relation][draft]
    return LinkView(
        other.id, other.kind, codes.get(other.id) or other.code, other.title, row.relation, str(label), outward
    )


def _abilities(actor: Actor, row: Incoming, tree: UnitTree) -> frozenset[str]:
    """The verbs this actor may do now, as the policies and states decide."""
    state, found = row.record.state, {"speak"}
    own = actor.unit_id is not None and tree.agency_of(actor.unit_id).id == row.book.unit_id
    if own and actor.has_role("registrar") and state == InState.ARRIVED:
        found |= {"register", "send_back"}
    holds = bool(work.kinds_held(actor, row.record_id) & {"appraise", "assign"})
    if own and actor.has_role("registrar") and state == InState.REGISTERED:
        found.add("send_back")
    if state in (InState.REGISTERED, InState.PROCESSING) and (actor.has_role(*policies.LEADERS) and own):
        found.add("direct")
    if state == InState.PROCESSING and holds:
        found |= {"finish", "hand_on"} if actor.has_role(*policies.HEADS) else {"finish"}
    if state == InState.DONE and own and actor.has_role(*policies.LEADERS):
        found.add("reopen")
    return frozenset(found)


def _listed(records: QuerySet[Any]) -> QuerySet[Incoming]:
    return Incoming.objects.filter(record__in=records.values("id")).select_related("record")


def _narrowed(actor: Actor, query: IncomingQuery) -> tuple[QuerySet[Record], tuple[str, ...]]:
    """The readable records with the words asked for, and the states of the view, none for all."""
    if query.view and query.view not in VIEWS:
        message = _("Không có danh sách này.")
        raise Invalid(message, problems=(Problem("view", message, "unknown"),))
    rows = visible_to(actor).filter(kind=policies.INCOMING)
    for word in words_asked(query.text):
        rows = rows.filter(folded__contains=word)
    return rows, VIEWS[query.view] if query.view else ()


def _with_leads(rows: Iterable[Incoming]) -> tuple[IncomingRow, ...]:
    """Rows with the name of the unit that leads; one statement for all, one for the tree."""
    listed = list(rows)
    if not listed:
        return ()
    first = Direction.objects.filter(
        incoming=OuterRef("pk"), role=Direction.Role.LEAD, parent=None, withdrawn_at=None
    ).values("unit_id")[:1]
    units = dict(
        Incoming.objects.filter(pk__in=[row.pk for row in listed])
        .annotate(lead=Subquery(first))
        .exclude(lead=None)
        .values_list("pk", F("lead"))
    )
    tree = orgs.tree()
    names = {key: view.short_name or view.name for key, unit in units.items() if (view := tree.get(unit)) is not None}
    return tuple(incoming_row(row, names.get(row.pk, "")) for row in listed)


def _next(row: Incoming) -> str:
    return f"{row.priority}_{write_cursor(row.arrived_at, row.pk)}"


def _cursor(text: str) -> tuple[int, datetime, UUID]:
    priority, _sign, rest = text.partition("_")
    if priority not in map(str, Priority.values):
        raise broken_cursor()
    return int(priority), *read_cursor(rest)


def message_of(document_id: UUID) -> tuple[UUID | None, int]:
    """The exchanged message an incoming document came by, if any, and the unit in whose book it stands.

    A mail is no exchanged message: its sender is told nothing by codes. For journeys, which act for the program. One
    statement.
    """
    row = Incoming.objects.values_list("message", "book__unit_id", "channel").get(record_id=document_id)
    return row[0] if row[2] == Channel.EXCHANGE else None, row[1]


def lines_of_task(task: UUID) -> tuple[UUID, tuple[tuple[str, int, int | None, bool], ...]] | None:
    """The document whose slip gave a task, and its lines as (role, unit, post, done); None for other tasks.

    For journeys, which act for the program. One statement.
    """
    rows = Direction.objects.filter(task=task, withdrawn_at=None).order_by("id")
    found = list(rows.values_list("incoming_id", "role", "unit_id", "position_id", "done_at"))
    if not found:
        return None
    return found[0][0], tuple((role, unit, post, done is not None) for _doc, role, unit, post, done in found)


def has_message(book: int, message: UUID) -> bool:
    """Whether the message was kept in this book before."""
    return Incoming.objects.filter(book=book, message=message).exists()


def is_incoming(record: UUID) -> bool:
    """Whether the record is an incoming document. For journeys."""
    return Incoming.objects.filter(record_id=record).exists()
