"""Recurring entries are made ahead, once a night; each series is an act of its own, so a repeat makes nothing twice."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from congvu.common.actor import SYSTEM
from congvu.common.zones import local_date
from congvu.domains.calendars.services import series


def extend_all() -> int:
    """Make what is missing up to the horizon. Returns how many entries were made."""
    return sum(series.extend_series(SYSTEM, one) for one in series.waiting(local_date(timezone.now())))


@app.periodic(cron="20 19 * * *")
@app.task(name="calendars.extend", queueing_lock="calendars.extend")
def extend_series(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate passes it
    extend_all()
