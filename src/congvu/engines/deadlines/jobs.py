"""After a calendar changed: open clocks over the changed days are derived again, in batches of one act each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from uuid import UUID

from procrastinate.contrib.django import app

from congvu.common.actor import SYSTEM
from congvu.engines.deadlines import selectors, services
from congvu.ground.events.services import consumes
from congvu.ground.worktime.events import CalendarChanged

BATCH = 200


@consumes(CalendarChanged)
def calendar_changed(event: CalendarChanged) -> None:
    """Queue one job for each batch of records whose open clocks touch the changed days."""
    first, last = date.fromisoformat(event.first), date.fromisoformat(event.last)
    for batch in _batches(selectors.affected(event.calendar, first, last)):
        recompute_batch.defer(records=[str(record) for record in batch], calendar=event.calendar)


@app.task(name="deadlines.recompute", queue="default")
def recompute_batch(records: list[str], calendar: str) -> None:
    """Recompute those of the records whose due time moved; each is an act of its own, so a repeat does nothing."""
    for record in selectors.moved(UUID(text) for text in records):
        services.recompute(SYSTEM, record, calendar=calendar)


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    source = iter(ids)
    while batch := list(islice(source, BATCH)):
        yield batch
