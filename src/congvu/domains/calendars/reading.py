"""Rows and parts of a calendar as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from congvu.domains.calendars import clashes, times
from congvu.domains.calendars.clashes import Taken
from congvu.domains.calendars.models import Change, Entry, Seat, Series
from congvu.domains.calendars.types import (
    ChangeView,
    Clash,
    DayView,
    EntryRow,
    Ghost,
    Kind,
    Mark,
    SeatView,
    SeriesView,
    State,
)
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.worktime.types import Calendar

Seats = Mapping[UUID, Sequence[Seat]]


def listed(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same entries with what a line shows."""
    return rows.select_related("record", "room", "leader")


def seats_of(entries: Iterable[Entry]) -> Seats:
    """Who takes part in each and prepares it. One statement."""
    found: dict[UUID, list[Seat]] = defaultdict(list)
    ids = [entry.record_id for entry in entries]
    for seat in Seat.objects.filter(entry__in=ids).select_related("position").order_by("id"):
        found[seat.entry_id].append(seat)
    return found


def unit_name(tree: UnitTree, unit: int) -> str:
    """The short name of a unit today; empty for one that ended."""
    found = tree.get(unit)
    return found.short_name if found else ""


def _seat(seat: Seat, tree: UnitTree) -> SeatView:
    title = seat.position.title if seat.position else ""
    return SeatView(seat.unit_id, unit_name(tree, seat.unit_id), seat.position_id, title, seat.name)


def row_of(entry: Entry, seats: Sequence[Seat], tree: UnitTree) -> EntryRow:
    record = entry.record
    return EntryRow(
        id=record.id, version=record.version, kind=entry.kind, kind_label=str(Kind(entry.kind).label),
        content=record.title, session=entry.session, open_end=entry.open_end, starts_at=entry.starts_at,
        ends_at=entry.ends_at, place=entry.room.name if entry.room else entry.place, room_id=entry.room_id,
        leader_id=entry.leader_id, leader=entry.leader_name, leader_post=entry.leader.title if entry.leader else "",
        host=entry.host, guests=entry.guests,
        attendees=tuple(_seat(s, tree) for s in seats if s.role == Seat.Role.ATTEND),
        preparers=tuple(_seat(s, tree) for s in seats if s.role == Seat.Role.PREPARE), state=record.state,
        state_label=str(State(record.state).label), mark=entry.mark, mark_label=str(Mark(entry.mark).label),
        reason=entry.reason, unit=unit_name(tree, entry.unit_id), proposer=entry.proposer,
    )  # fmt: skip


def taken(row: EntryRow, *, open_words: bool = True) -> Taken:
    """The entry as others may clash with it."""
    people = {seat.position_id: seat.said for seat in row.attendees if seat.position_id is not None}
    if row.leader_id is not None:
        people[row.leader_id] = row.led_by
    return Taken(row.id, row.content if open_words else "", row.starts_at, row.ends_at, people, row.room_id)


def with_clashes(rows: Sequence[EntryRow], calendar: Calendar) -> list[EntryRow]:
    """Each with what it clashes with among the others; what was cancelled clashes with nothing."""
    live = [taken(row) for row in rows if row.state in (State.PROPOSED, State.APPROVED)]
    return [replace(row, clashes=_clashes(row, live, calendar)) for row in rows]


def _clashes(row: EntryRow, live: Sequence[Taken], calendar: Calendar) -> tuple[Clash, ...]:
    if row.state not in (State.PROPOSED, State.APPROVED):
        return ()
    found = clashes.of_time(row.kind, row.starts_at, row.ends_at, calendar)
    return (*found, *clashes.with_others(taken(row), live))


def days(
    monday: date, rows: Sequence[EntryRow], ghosts: Sequence[Ghost], calendar: Calendar, *, count: int = 7
) -> tuple[DayView, ...]:
    """The days of a week with what lies on them; an entry over several days stands on each."""
    by_day: dict[date, list[EntryRow]] = defaultdict(list)
    left: dict[date, list[Ghost]] = defaultdict(list)
    for row in rows:
        for day in times.days_of(row.starts_at, row.ends_at):
            by_day[day].append(row)
    for ghost in ghosts:
        for day in times.days_of(ghost.starts_at, ghost.ends_at):
            left[day].append(ghost)
    every = [monday + times.DAY * number for number in range(count)]
    return tuple(DayView(day, clashes.off_words(day, calendar), tuple(by_day[day]), tuple(left[day])) for day in every)


def ghost_of(change: Change) -> Ghost:
    entry = change.entry
    return Ghost(
        entry.record_id, entry.record.title, change.old_session, change.old_open_end, change.old_starts,
        change.old_ends, entry.starts_at, change.reason,
    )  # fmt: skip


def change_of(change: Change) -> ChangeView:
    return ChangeView(
        change.pk, change.kind, str(Mark(change.kind).label), change.at, change.by, change.reason, change.old_session,
        change.old_open_end, change.old_starts, change.old_ends, change.old_place,
    )  # fmt: skip


def series_of(series: Series, rule: str) -> SeriesView:
    return SeriesView(
        id=series.pk, kind_label=str(Kind(series.kind).label), content=series.content, rule=rule,
        leader=series.leader.title if series.leader else "",
        place=series.room.name if series.room else series.place, made_until=series.made_until,
    )  # fmt: skip
