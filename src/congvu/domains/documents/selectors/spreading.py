"""Reading what was made known: one's own list, the lists of who gave it, one in full with its report.

Every figure is counted from the rows of the persons asked; nothing is kept as a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from congvu.common.actor import Actor
from congvu.common.counting import Counting, reusable
from congvu.common.cursors import read_cursor, write_cursor
from congvu.common.zones import utc_now
from congvu.domains.documents import readership
from congvu.domains.documents.models import Confirmation, Dissemination
from congvu.domains.documents.policies import LEADERS
from congvu.domains.documents.readership import SPREAD, state_of
from congvu.domains.documents.spreading_types import (
    LEFT,
    MyReading,
    ReaderRow,
    SpreadRow,
    SpreadView,
    Tally,
    UnitShare,
)
from congvu.ground.audit import selectors as trail
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.types import Member, UnitView
from congvu.ground.records.selectors import get_visible, visible_ids

PAGE = 30


@reusable
def count_to_confirm(actor: Actor) -> Counting:
    """How much the person has still to read and confirm in this post."""
    return Counting.of(_to_confirm(actor).values("id"))


def to_confirm(actor: Actor, *, limit: int = 200) -> tuple[MyReading, ...]:
    """What the person has still to read and confirm in this post, the nearest term first. One statement."""
    rows = _to_confirm(actor).select_related("dissemination__record")
    return tuple(map(_my_reading, rows.order_by("due_at", "id")[:limit]))


def confirmed(actor: Actor, *, after: str = "", limit: int = PAGE) -> tuple[tuple[MyReading, ...], str]:
    """What the person has confirmed in this post, the newest first, and the cursor of the next page. One statement."""
    rows = _mine(actor).exclude(confirmed_at=None)
    if after:
        at, key = read_cursor(after)
        rows = rows.filter(Q(confirmed_at__lt=at) | Q(confirmed_at=at, id__lt=key))
    found = list(rows.order_by("-confirmed_at", "-id")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return tuple(map(_my_reading, found[:limit])), _next(last.confirmed_at, last.id) if last else ""


def asked_to_read(actor: Actor, document_id: UUID) -> tuple[MyReading, ...]:
    """What the person is asked to confirm about one document, the nearest term first. One statement."""
    rows = _mine(actor).filter(confirmed_at=None, dissemination__ended_at=None, dissemination__document=document_id)
    return tuple(map(_my_reading, rows.order_by("due_at", "id")))


def _mine(actor: Actor) -> QuerySet[Confirmation]:
    return _of(actor).select_related("dissemination__record")


def _to_confirm(actor: Actor) -> QuerySet[Confirmation]:
    return _of(actor).filter(confirmed_at=None, dissemination__ended_at=None)


def _of(actor: Actor) -> QuerySet[Confirmation]:
    """Only the person's own, in the post acted in: in another's post nothing is one's own."""
    return Confirmation.objects.filter(user=actor.user_id or 0, position=actor.position_id)


def _my_reading(one: Confirmation) -> MyReading:
    row = one.dissemination
    return MyReading(
        row.pk, row.code, row.record.title, row.given_at, row.given_by, row.given_as, one.due_at, one.confirmed_at,
        row.ended_at,
    )  # fmt: skip


def addressable(actor: Actor) -> tuple[tuple[UnitView, tuple[Member, ...]], ...]:
    """The units whose people this post may ask, each with its people; without the person itself. Two statements."""
    tree = orgs.tree()
    units = [tree.unit(key) for key in readership.addressable(actor, tree)]
    people = [one for one in orgs.members(units=[unit.id for unit in units]) if one.user_id != actor.user_id]
    return tuple((unit, tuple(one for one in people if one.unit_id == unit.id)) for unit in units)


def disseminations(
    actor: Actor, *, ended: bool = False, own_unit: bool = False, after: str = "", limit: int = PAGE
) -> tuple[tuple[SpreadRow, ...], str]:
    """What the post answers for, the newest first, and the cursor of the next page. Four statements at most,
    six for ``own_unit``.

    For leaders and records clerks all of the agency, for others what their post gave. ``own_unit``: what the people of
    the unit one heads are asked to read, ended or not, with their figures alone.
    """
    rows = Dissemination.objects.filter(record__in=visible_ids(actor)).select_related("record")
    led = readership.led_by(actor, readership.agency_of(actor)) if own_unit else None
    if led is None:
        rows = rows.filter(_managed(actor), ended_at__isnull=not ended)
    else:
        asked = Confirmation.objects.filter(dissemination=OuterRef("pk"), unit__in=led)
        rows = rows.filter(Exists(asked), agency=readership.agency_of(actor))
    if after:
        at, key = read_cursor(after)
        rows = rows.filter(Q(given_at__lt=at) | Q(given_at=at, record__lt=key))
    found = list(rows.order_by("-given_at", "-record")[: limit + 1])
    shown = found[:limit]
    tallies = _tallies(shown, led)
    listed = tuple(_row(row, tallies[row.pk]) for row in shown)
    return listed, _next(shown[-1].given_at, shown[-1].pk) if len(found) > limit else ""


def _managed(actor: Actor) -> Q:
    own = Q(post=actor.position_id or 0)
    if actor.has_role("registrar", *LEADERS):
        return own | Q(agency=readership.agency_of(actor))
    return own


def _tallies(rows: Iterable[Dissemination], led: frozenset[int] | None = None) -> dict[UUID, Tally]:
    """The share of each, among the people of ``led`` if given; those that ended count the posts of their last day."""
    listed, now = list(rows), utc_now()
    found = Confirmation.objects.filter(dissemination__in=[row.pk for row in listed])
    asked = list(found if led is None else found.filter(unit__in=led))
    present = {day: readership.present_in(asked, day) for day in {readership.day_of(row, now) for row in listed}}
    return {
        row.pk: Tally.of(
            state_of(one, row, now, present[readership.day_of(row, now)])
            for one in asked
            if one.dissemination_id == row.pk
        )
        for row in listed
    }


def _row(row: Dissemination, tally: Tally) -> SpreadRow:
    return SpreadRow(
        row.pk, row.code, row.record.title, row.given_at, row.given_by, row.given_as, row.record.due_at, row.ended_at,
        row.end_reason, tally,
    )  # fmt: skip


def dissemination(actor: Actor, dissemination_id: UUID) -> SpreadView:
    """One in full; the report for who answers for it, and for the head of a unit that of the own people. Ten statements
    at most.

    Raises NotFound, whether it is missing or hidden.
    """
    get_visible(actor, dissemination_id, kind=SPREAD)
    row = Dissemination.objects.select_related("record", "document").get(record_id=dissemination_id)
    readers = _readers(row)
    mine = next((one for one in readers if one.user_id == actor.user_id), None)
    manages = readership.manages(actor, row)
    led = frozenset() if manages else readership.led_by(actor, row.agency_id)
    told = tuple(one for one in readers if manages or one.unit_id in led)
    found = set()
    if row.ended_at is None:
        found |= {"manage"} if manages else set()
        found |= {"confirm"} if mine is not None and mine.confirmed_at is None else set()
    return SpreadView(
        row=_row(row, Tally.of(one.state for one in told)), agency_id=row.agency_id, document_id=row.document_id,
        document_kind=row.document.kind if row.document else "", note=row.note, text=row.text, days=row.days,
        ended_by=row.ended_by, nudged_at=row.nudged_at, mine=mine,
        manages=manages, reports=bool(told), readers=told, shares=_shares(told),
        joined=_joined(actor, row, readers) if "manage" in found else (), abilities=frozenset(found),
    )  # fmt: skip


def _readers(row: Dissemination) -> tuple[ReaderRow, ...]:
    now = utc_now()
    day = readership.day_of(row, now)
    asked = list(row.confirmations.all())
    present = readership.present_in(asked, day)
    tree = orgs.tree(day)
    opened = trail.opened_since(row.document_id or row.pk, row.given_at)
    order = {unit.id: place for place, unit in enumerate(tree)}
    asked.sort(key=lambda one: (order.get(one.unit_id, len(order)), one.unit_id, one.position_id, one.name))
    return tuple(_reader(one, state_of(one, row, now, present), opened, tree) for one in asked)


def _reader(one: Confirmation, state: str, opened: Mapping[int, datetime], tree: orgs.UnitTree) -> ReaderRow:
    why = ""
    if state == LEFT:
        why = "left_post" if tree.get(one.unit_id) is not None else "unit_ended"
    return ReaderRow(
        one.id, one.user, one.name, one.position_id, one.position_title, one.unit_id, one.unit_name, one.added_at,
        one.due_at, opened.get(one.user), one.confirmed_at, state, why,
    )  # fmt: skip


def _shares(readers: Iterable[ReaderRow]) -> tuple[UnitShare, ...]:
    """By unit, in the order of the rows."""
    states: dict[tuple[int, str], list[str]] = {}
    for one in readers:
        states.setdefault((one.unit_id, one.unit), []).append(one.state)
    return tuple(UnitShare(unit, name, Tally.of(found)) for (unit, name), found in states.items())


def _joined(actor: Actor, row: Dissemination, readers: Iterable[ReaderRow]) -> tuple[Member, ...]:
    """Who has come to the units addressed as a whole and is not asked yet, as far as this post may ask them."""
    if not row.units:
        return ()
    reach = set(readership.addressable(actor, orgs.tree()))
    known = {one.user_id for one in readers} | {row.giver, actor.user_id}
    found: dict[int, Member] = {}
    for one in orgs.members(units=reach & set(row.units)):
        if one.user_id not in known:
            found.setdefault(one.user_id, one)
    return tuple(found.values())


def _next(at: datetime | None, key: UUID) -> str:
    return write_cursor(at, key) if at is not None else ""


def told_of(dissemination_id: UUID) -> tuple[SpreadRow, int, tuple[ReaderRow, ...]]:
    """For journeys: one making known, the post that gave it, and everybody asked. Seven statements."""
    row = Dissemination.objects.select_related("record").get(record_id=dissemination_id)
    readers = _readers(row)
    return _row(row, Tally.of(one.state for one in readers)), row.post_id, readers


def reader_of(confirmation_id: UUID) -> UUID:
    """For journeys: the making known that a person was asked by. One statement."""
    return Confirmation.objects.values_list("dissemination_id", flat=True).get(id=confirmation_id)
