"""Entries that come again: citizen reception on fixed days, the weekly briefing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Problem
from congvu.common.spoken import say_day
from congvu.common.text import clean
from congvu.common.zones import local_date, utc_now
from congvu.domains.calendars import policies, times
from congvu.domains.calendars.clashes import off_words
from congvu.domains.calendars.errors import RoomTaken, WrongState
from congvu.domains.calendars.models import Entry, Series
from congvu.domains.calendars.services import checking, steps
from congvu.domains.calendars.types import EntryInput, SeriesInput, State, When
from congvu.ground.audit.services import act, note
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime.types import Calendar

# How far ahead entries are made: the week being planned is always there.
HORIZON = timedelta(days=35)


@act("calendar.add_series", policy=policies.may_keep, label="Đặt lịch lặp lại")
def add_series(actor: Actor, given: SeriesInput, *, first: date) -> int:
    """Entries of this kind on its days from ``first`` on. On a day off an entry proposes to move to the next working
    day, where the room is taken it waits without one; the office decides.

    Raises Invalid naming each field.
    """
    agency, (unit, post) = policies.agency_of(actor), policies.seat_of(actor)
    days = _days_wrong(given)
    sample = _entry_of(given, first)
    checking.refuse([*days, *checking.words_of(sample)])
    tree = orgs.tree()
    checking.span_of(sample.when, checking.calendar_of(agency, tree))
    checking.place_of(sample, agency, tree)
    checking.room_of(given.room, agency)
    series = Series.objects.create(
        agency_id=agency, unit_id=unit, position_id=post, by=actor.name, kind=given.kind,
        content=clean(given.content), session=given.session, start=given.start, end=given.end,
        weekdays=sorted(set(given.weekdays)), month_days=sorted(set(given.month_days)), place=clean(given.place),
        room_id=given.room, leader_id=given.leader, guests=clean(given.guests), made_until=first - times.DAY,
    )  # fmt: skip
    made = _make(actor, series)
    note(series=series.pk, entries=made)
    return int(series.pk)


def _days_wrong(given: SeriesInput) -> list[Problem]:
    days_right = all(0 <= day <= 6 for day in given.weekdays) and all(1 <= day <= 31 for day in given.month_days)
    if bool(given.weekdays) != bool(given.month_days) and days_right:
        return []
    return [Problem("weekdays", _("Chọn các thứ trong tuần, hoặc ghi các ngày trong tháng."), "required")]


def _entry_of(given: SeriesInput | Series, day: date) -> EntryInput:
    """The entry of one day."""
    room, leader = (given.room_id, given.leader_id) if isinstance(given, Series) else (given.room, given.leader)
    return EntryInput(
        kind=given.kind, content=given.content, when=When(day, given.session, start=given.start, end=given.end),
        place=given.place, room=room, leader=leader, guests=given.guests,
    )  # fmt: skip


def _make(actor: Actor, series: Series) -> int:
    """Make the entries up to the horizon; how many."""
    until = local_date(timezone.now()) + HORIZON
    calendar = checking.calendar_of(series.agency_id, orgs.tree())
    days = times.occurrences(series.weekdays, series.month_days, series.made_until + times.DAY, until)
    made = sum(_one(actor, series, day, calendar) for day in days)
    series.made_until = max(series.made_until, until)
    series.save(update_fields=["made_until"])
    return made


def _one(actor: Actor, series: Series, day: date, calendar: Calendar) -> int:
    free = times.working_day(day, calendar)
    given = _entry_of(series, free)
    reason = ""
    if free != day:
        # Stored, so in Vietnamese whoever sets the series.
        with translation.override("vi"):
            reason = f"{off_words(day, calendar)} Đề nghị dời sang {say_day(free)}."
    try:
        steps.register_entry(actor, given, approved=not reason, series=series, reason=reason)
    except RoomTaken as taken:
        bare = replace(given, room=None)
        steps.register_entry(actor, bare, approved=False, series=series, reason=f"{reason} {taken.message}".strip())
    return 1


@act("calendar.end_series", policy=policies.may_keep_series, label="Kết thúc lịch lặp lại")
def end_series(actor: Actor, series_id: int, *, reason: str) -> int:
    """No further entries; those that have not begun are cancelled with the reason. Returns how many were.

    Raises Invalid, WrongState for one that ended.
    """
    said = checking.reason_of(reason)
    series = Series.objects.select_for_update().get(id=series_id)
    if series.ended_at is not None:
        raise WrongState(_("Lịch lặp lại này đã kết thúc."))
    series.ended_at = timezone.now()
    series.save(update_fields=["ended_at"])
    rows = Entry.objects.filter(series=series, starts_at__gt=utc_now())
    rows = rows.filter(record__state__in=(State.PROPOSED, State.APPROVED)).order_by("record_id")
    for entry_id in (found := list(rows.values_list("record_id", flat=True))):
        record, entry = steps.load(entry_id)
        steps.cancel_entry(actor, record, entry, reason=said)
    note(series=series_id, cancelled=len(found), reason=said)
    return len(found)


@act("calendar.extend_series", policy=policies.only_system, label="Lập tiếp lịch lặp lại")
def extend_series(actor: Actor, series_id: int) -> int:
    """Make the entries up to the horizon. Returns how many were made; 0 for a series that ended."""
    series = Series.objects.select_for_update().get(id=series_id)
    made = 0 if series.ended_at is not None else _make(actor, series)
    note(series=series_id, entries=made)
    return made


def waiting(on: date) -> list[int]:
    """Series whose entries do not reach the horizon."""
    rows = Series.objects.filter(ended_at=None, made_until__lt=on + HORIZON)
    return list(rows.order_by("id").values_list("id", flat=True))
