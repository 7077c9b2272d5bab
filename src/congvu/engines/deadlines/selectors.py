"""Reading clocks. Callers have already asked ``visible_to`` for the records they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from congvu.common.zones import at, local_date, utc_now
from congvu.engines.deadlines import words
from congvu.engines.deadlines.chips import chip, term_chip
from congvu.engines.deadlines.errors import NoClock
from congvu.engines.deadlines.figures import soon_of, soon_on, with_soon
from congvu.engines.deadlines.models import Clock
from congvu.engines.deadlines.rules import derive
from congvu.engines.deadlines.types import (
    ClockKind,
    ClockState,
    ClockView,
    DueChip,
    Effect,
    Extension,
    Pause,
    PauseReason,
    Term,
    Terms,
)
from congvu.ground.worktime import selectors as worktime
from congvu.ground.worktime.types import Budget, Calendar

K = TypeVar("K")
# Pauses, and extensions with their old due time where a pause has its end.
_HAPPENED = """SELECT clock_id, id, reason, effect, since AS at, until, cancelled_at, NULL::timestamptz, note, basis, by
  FROM deadlines_interval WHERE clock_id = ANY(%(clocks)s)
UNION ALL SELECT clock_id, id, reason, '', at, old_due, NULL, new_due, '', '', by
  FROM deadlines_extension WHERE clock_id = ANY(%(clocks)s)
ORDER BY at, id"""
_NOTHING: tuple[tuple[Pause, ...], Extension | None] = ((), None)
__all__ = [
    "affected", "chip", "chips", "clock", "clocks", "legal_clocks", "moved", "term_chips", "views", "would_move",
]  # fmt: skip


def clock(record: UUID, kind: ClockKind = ClockKind.LEGAL) -> ClockView:
    """One clock of a record. Raises NoClock when the record has none."""
    found = next((view for view in clocks(record) if view.kind is kind), None)
    if found is None:
        raise NoClock(_("Hồ sơ này chưa có thời hạn giải quyết."))
    return found


def clocks(record: UUID) -> tuple[ClockView, ...]:
    """The clocks of a record, the legal one first; empty before reception."""
    return views(with_soon("c.record_id = %s ORDER BY c.kind DESC", (record,), local_date(utc_now())))


def legal_clocks(records: Iterable[UUID]) -> dict[UUID, ClockView]:
    """The legal clocks of many records, for lists. Three statements, whatever the number; none for no records."""
    asked = list(set(records))
    if not asked:
        return {}
    rows = with_soon("c.record_id = ANY(%s) AND c.kind = %s", (asked, ClockKind.LEGAL), local_date(utc_now()))
    return {view.record: view for view in views(rows)}


def chips(records: Iterable[UUID], now: datetime) -> dict[UUID, DueChip]:
    """The chips of many records by id; records without clocks are missing. Three statements."""
    return {record: chip(view, now) for record, view in legal_clocks(records).items()}


def term_chips(terms: Mapping[K, Term], now: datetime) -> dict[K, DueChip]:
    """The chips of terms without clocks: directions, tasks. Two statements, none for no terms."""
    if not terms:
        return {}
    soon = soon_on(local_date(now))
    return {key: term_chip(term, now, soon) for key, term in terms.items()}


def views(rows: Iterable[Clock], supposed: Mapping[str, Calendar] | None = None) -> tuple[ClockView, ...]:
    """Clock rows as values, with their pauses, extensions and calendars; ``supposed`` calendars instead of the kept."""
    rows = list(rows)
    if not rows:
        return ()
    calendars = supposed if supposed is not None else worktime.calendars(row.calendar for row in rows)
    happened = _happened(rows)
    return tuple(_view(row, *happened.get(row.id, _NOTHING), calendars[row.calendar]) for row in rows)


def _happened(rows: Iterable[Clock]) -> dict[int, tuple[tuple[Pause, ...], Extension | None]]:
    """Pauses in order and the last extension of each clock that has any. One statement."""
    found: dict[int, tuple[tuple[Pause, ...], Extension | None]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_HAPPENED, {"clocks": [row.id for row in rows]})
        for clock, _id, reason, effect, at_, until, cancelled, new_due, note, basis, by in cursor.fetchall():
            pauses, extension = found.get(clock, _NOTHING)
            if new_due is None:
                pauses += (Pause(PauseReason(reason), Effect(effect), at_, until, cancelled, note, basis, by),)
            else:
                extension = Extension(at_, until, new_due, reason, by)
            found[clock] = pauses, extension
    return found


def affected(calendar: str, first: date, last: date) -> Iterator[UUID]:
    """Records with a running clock whose span touches the days, in order of id."""
    rows = Clock.objects.filter(calendar=calendar, state=ClockState.RUNNING, due_at__gte=at(first))
    if last < date.max:
        rows = rows.filter(start__lt=at(last + timedelta(days=1)))
    return rows.order_by("record_id").values_list("record_id", flat=True).distinct().iterator(chunk_size=2000)


def would_move(supposed: Mapping[str, Calendar], first: date, last: date, *, limit: int = 5000) -> tuple[int, bool]:
    """How many open records would be promised another time under these calendars, which differ in these days.

    At most ``limit`` records are looked at; the second value tells that there are more. Changes nothing.
    """
    ids = list(islice((record for key in supposed for record in affected(key, first, last)), limit + 1))
    rows = Clock.objects.filter(record_id__in=ids[:limit], kind=ClockKind.LEGAL, state=ClockState.RUNNING)
    listed = list(rows)
    pairs = zip(listed, views(listed, supposed), strict=True)
    return sum(row.due_at != view.due for row, view in pairs), len(ids) > limit


def moved(records: Iterable[UUID]) -> list[UUID]:
    """Those of the records with a running clock whose kept due time is no longer what follows from its rows."""
    rows = list(Clock.objects.filter(record_id__in=set(records), state=ClockState.RUNNING).order_by("record_id"))
    pairs = zip(rows, views(rows), strict=True)
    return list(dict.fromkeys(row.record_id for row, view in pairs if row.due_at != view.due))


def _view(row: Clock, pauses: tuple[Pause, ...], extension: Extension | None, calendar: Calendar) -> ClockView:
    """A running clock shows what follows from its rows now, a stopped one keeps the due time it stopped with."""
    budget, state, rule = Budget.parse(row.budget), ClockState(row.state), Effect(row.rule)
    derived = derive(Terms(row.start, budget, row.until, row.outside), calendar, pauses, extension)
    due = {ClockState.RUNNING: derived.due, ClockState.PAUSED: None, ClockState.STOPPED: row.due_at}[state]
    waiting = next((p for p in reversed(pauses) if p.counts and p.until is None), None)
    asked = sum(p.counts and p.reason is PauseReason.SUPPLEMENT for p in pauses)
    return ClockView(
        record=row.record_id, kind=ClockKind(row.kind), rule=rule, state=state, started=row.start,
        term_start=derived.term_start, due=due, budget=budget, basis=row.basis, calendar=calendar,
        sentence=words.sentence(rule, waiting), pauses=pauses, extension=extension, stopped_at=row.stopped_at,
        outcome=row.outcome, late_by_rule=row.kind == ClockKind.INDEX and asked > 1,
        provisional=derived.provisional, soon=soon_of(row),
    )  # fmt: skip
