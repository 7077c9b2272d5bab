"""Reading calendars: every function takes the actor and goes through ``records.visible_to``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.spoken import WEEKDAYS
from congvu.common.zones import local_date
from congvu.domains.calendars import clashes, policies, reading, times
from congvu.domains.calendars.invitations import Invited, read_invitation
from congvu.domains.calendars.models import Change, Entry, Room, Seat, Series, Week
from congvu.domains.calendars.times import monday_of
from congvu.domains.calendars.types import (
    Clash,
    DayView,
    EntryRow,
    EntryView,
    Ghost,
    Mark,
    RoomView,
    SeriesView,
    SourceView,
    State,
    WeekView,
)
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.records.selectors import visible_ids, visible_to
from congvu.ground.worktime import selectors as worktime

__all__ = [
    "Invited", "concerned", "count_proposals", "entry", "from_source", "keeps_calendar", "mine", "monday_of",
    "proposals", "read_invitation", "recurring", "rooms", "week", "week_days",
]  # fmt: skip

MOST = 500


def keeps_calendar(actor: Actor) -> bool:
    """Whether the post keeps the calendar of its agency."""
    if actor.unit_id is None:
        return False
    tree = orgs.tree()
    return policies.keeps(actor, policies.agency_of(actor, tree), tree)


def week(actor: Actor, monday: date, *, own: bool = False) -> WeekView:
    """The week of the actor's agency, or only what the acting post and its unit take part in (``own``).

    What was cancelled or moved to another day stays where it stood; proposals are not in it. Six statements.
    """
    tree = orgs.tree()
    agency = policies.agency_of(actor, tree)
    calendar = worktime.calendar(tree.calendar_of(agency))
    first, last = times.edges(monday, monday + 6 * times.DAY)
    rows = Entry.objects.filter(starts_at__lt=last, ends_at__gt=first, record__in=visible_ids(actor))
    rows = rows.filter(_part_of(actor)) if own else rows.filter(agency=agency)
    found = list(reading.listed(rows.filter(_stood())).order_by("starts_at", "record_id")[:MOST])
    seats = reading.seats_of(found)
    lines = [reading.row_of(entry, seats.get(entry.record_id, ()), tree) for entry in found]
    published = Week.objects.filter(agency=agency, monday=monday).first()
    return WeekView(
        agency_id=agency, agency=tree.unit(agency).name, monday=monday,
        days=reading.days(
            monday, reading.with_clashes(lines, calendar), _ghosts(actor, agency, first, last, own=own), calendar
        ),
        published_at=published.published_at if published else None,
        published_by=published.published_by if published else "",
    )  # fmt: skip


def _stood() -> Q:
    """What stands in the calendar, or stood there until it was cancelled; a proposal that was withdrawn never did."""
    cancelled = Change.objects.filter(kind=Mark.CANCELLED).values("entry_id")
    return Q(record__state=State.APPROVED) | Q(record__state=State.CANCELLED, record_id__in=cancelled)


def _part_of(actor: Actor) -> Q:
    """Entries in which the acting post leads or takes part, or its whole unit does."""
    post = actor.position_id or 0
    seats = Seat.objects.filter(Q(position=post) | Q(position=None, unit=actor.unit_id or 0)).values("entry_id")
    return Q(leader=post) | Q(record_id__in=seats)


def _ghosts(actor: Actor, agency: int, first: datetime, last: datetime, *, own: bool) -> list[Ghost]:
    """What stood in these days and was moved to another day, told only where it is still marked. One statement."""
    rows = Change.objects.filter(
        kind=Mark.MOVED, entry__mark=Mark.MOVED, old_starts__lt=last, old_ends__gt=first,
        entry__record__in=visible_ids(actor),
    )  # fmt: skip
    if not own:
        rows = rows.filter(entry__agency=agency)
    else:
        rows = rows.filter(entry__in=Entry.objects.filter(_part_of(actor)).values("record_id"))
    found = rows.select_related("entry__record").order_by("old_starts", "id")
    return [
        reading.ghost_of(change) for change in found
        if local_date(change.old_starts) != local_date(change.entry.starts_at)
    ]  # fmt: skip


def mine(actor: Actor, first: date, last: date) -> tuple[EntryRow, ...]:
    """Approved entries of the acting post between two days, for its own calendar. Three statements."""
    begin, end = times.edges(first, last)
    rows = Entry.objects.filter(
        _part_of(actor), starts_at__lt=end, ends_at__gt=begin, record__in=visible_ids(actor),
        record__state=State.APPROVED,
    )  # fmt: skip
    return _rows(rows.order_by("starts_at", "record_id")[:MOST])


def proposals(actor: Actor) -> tuple[EntryRow, ...]:
    """What waits for the office: all of the agency's for who keeps it, else one's own. Four statements at most."""
    tree = orgs.tree()
    agency = policies.agency_of(actor, tree)
    rows = Entry.objects.filter(agency=agency, record__state=State.PROPOSED, record__in=visible_ids(actor))
    if not policies.keeps(actor, agency, tree):
        rows = rows.filter(position=actor.position_id)
    found = _rows(rows.order_by("starts_at", "record_id")[:MOST])
    return tuple(reading.with_clashes(found, worktime.calendar(tree.calendar_of(agency))))


def count_proposals(actor: Actor) -> int:
    """How many entries wait for the office; 0 for who does not keep the calendar. One statement beside the tree's."""
    if actor.unit_id is None or not actor.has_role("registrar", "head", "chair"):
        return 0
    tree = orgs.tree()
    agency = policies.agency_of(actor, tree)
    if not policies.keeps(actor, agency, tree):
        return 0
    return Entry.objects.filter(agency=agency, record__state=State.PROPOSED, record__in=visible_ids(actor)).count()


def _rows(rows: QuerySet[Entry]) -> tuple[EntryRow, ...]:
    found = list(reading.listed(rows))
    seats, tree = reading.seats_of(found), orgs.tree()
    return tuple(reading.row_of(entry, seats.get(entry.record_id, ()), tree) for entry in found)


def entry(actor: Actor, entry_id: UUID) -> EntryView:
    """One entry whole, with everything it clashes with. Raises NotFound, whether missing or hidden."""
    policies.visible_entry(actor, entry_id)
    found = reading.listed(Entry.objects.filter(record_id=entry_id)).get()
    tree = orgs.tree()
    row = reading.row_of(found, reading.seats_of([found]).get(entry_id, ()), tree)
    source = None
    if found.source_id is not None:
        there = visible_to(actor).filter(id=found.source_id).values_list("id", "kind", "code", "title").first()
        source = SourceView(*there) if there else None
    mondays = {monday_of(day) for day in times.days_of(row.starts_at, row.ends_at)}
    posts = row.position_ids | {found.position_id}
    return EntryView(
        row=replace(row, clashes=_everything(actor, found, row, tree)), agency_id=found.agency_id,
        changes=tuple(reading.change_of(c) for c in Change.objects.filter(entry=found).order_by("-at", "-id")),
        source=source, has_source=found.source_id is not None,
        published=Week.objects.filter(agency=found.agency_id, monday__in=mondays).exists(), posts=tuple(sorted(posts)),
        proposed_by=found.position_id,
        abilities=_abilities(actor, found, tree),
    )  # fmt: skip


def _everything(actor: Actor, found: Entry, row: EntryRow, tree: UnitTree) -> tuple[Clash, ...]:
    """Hours, people and rooms at the same time, and who stands in for the leader; four statements."""
    if row.state not in (State.PROPOSED, State.APPROVED):
        return ()
    calendar = worktime.calendar(tree.calendar_of(found.agency_id))
    busy = Q(leader__in=row.position_ids)
    busy |= Q(record_id__in=Seat.objects.filter(position__in=row.position_ids).values("entry_id"))
    busy |= Q(room=found.room_id) if found.room_id else Q()
    others = Entry.objects.filter(
        busy, starts_at__lt=row.ends_at, ends_at__gt=row.starts_at, record__state__in=(State.PROPOSED, State.APPROVED)
    ).exclude(record_id=row.id)
    lines = _rows(others)
    seen = set(visible_to(actor).filter(id__in=[line.id for line in lines]).values_list("id", flat=True))
    with_them = clashes.with_others(
        reading.taken(row), [reading.taken(line, open_words=line.id in seen) for line in lines]
    )
    hours = clashes.of_time(row.kind, row.starts_at, row.ends_at, calendar)
    return (*hours, *_stand_ins(row), *with_them)


def _stand_ins(row: EntryRow) -> tuple[Clash, ...]:
    """The leader is absent at that time and somebody else acts in the post."""
    if row.leader_id is None:
        return ()
    others = [person.name for person in orgs.holders_of(row.leader_id, row.starts_at) if person.stand_in]
    words = _("%(who)s đang có người thay: %(other)s.")
    return tuple(Clash("stand_in", words % {"who": row.led_by, "other": name}) for name in others)


def _abilities(actor: Actor, found: Entry, tree: UnitTree) -> frozenset[str]:
    """The acts open to the actor now; the policies say the same when the act is called."""
    if actor.kind is not ActorKind.STAFF:
        return frozenset()
    keeps, own = policies.keeps(actor, found.agency_id, tree), policies.proposed_by(actor, found)
    if found.record.state == State.PROPOSED:
        able = {"approve", "decline"} if keeps else set()
        return frozenset(able | ({"amend", "cancel"} if keeps or own else set()))
    return frozenset({"move", "cancel"} if keeps and found.record.state == State.APPROVED else set())


def from_source(actor: Actor, source: UUID) -> tuple[EntryRow, ...]:
    """Entries that came from one record, whatever became of them, earliest first. Three statements."""
    rows = Entry.objects.filter(source=source, record__in=visible_ids(actor))
    return _rows(rows.order_by("starts_at", "record_id"))


def concerned(actor: Actor, week_id: int) -> tuple[WeekView, dict[int, int]]:
    """A published week, and how many entries each post has in it, for journeys that tell them."""
    found = Week.objects.get(pk=week_id)
    first, last = times.edges(found.monday, found.monday + 6 * times.DAY)
    rows = Entry.objects.filter(
        agency=found.agency_id, starts_at__lt=last, ends_at__gt=first, record__state=State.APPROVED,
        record__in=visible_ids(actor),
    )  # fmt: skip
    count: dict[int, int] = {}
    for row in _rows(rows):
        for post in row.position_ids:
            count[post] = count.get(post, 0) + 1
    tree = orgs.tree()
    view = WeekView(
        found.agency_id, tree.unit(found.agency_id).name, found.monday, week_days(found.monday), found.published_at,
        found.published_by,
    )  # fmt: skip
    return view, count


def week_days(monday: date) -> tuple[DayView, ...]:
    """The seven days of a week with nothing on them."""
    return tuple(DayView(monday + times.DAY * number, "", ()) for number in range(7))


def rooms(actor: Actor) -> tuple[RoomView, ...]:
    """The open rooms of the actor's agency. One statement beside the tree's."""
    rows = Room.objects.filter(agency=policies.agency_of(actor), closed_at=None).order_by("name")
    return tuple(RoomView(room.pk, room.name, room.seats) for room in rows)


def recurring(actor: Actor) -> tuple[SeriesView, ...]:
    """What recurs in the actor's agency. One statement beside the tree's."""
    rows = Series.objects.filter(agency=policies.agency_of(actor), ended_at=None).select_related("leader", "room")
    return tuple(reading.series_of(series, _rule(series)) for series in rows.order_by("id"))


def _rule(series: Series) -> str:
    if series.weekdays:
        return _("%(days)s hằng tuần") % {"days": ", ".join(str(WEEKDAYS[day]) for day in series.weekdays)}
    return _("ngày %(days)s hằng tháng") % {"days": ", ".join(str(day) for day in series.month_days)}
