"""Reminders to people who have not confirmed; each is an act of its own, so a repeat tells nothing twice."""

from __future__ import annotations

from procrastinate.contrib.django import app

from congvu.common.actor import SYSTEM
from congvu.domains.documents.services import spread_watching


def remind_readers() -> int:
    """Tell who is due to be told. Returns how many were told."""
    return sum(spread_watching.remind_reader(SYSTEM, one) > 0 for one in spread_watching.waiting_reminders())


@app.periodic(cron="5-59/15 * * * *")
@app.task(name="documents.remind_readers", queueing_lock="documents.remind_readers")
def remind_all_readers(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate passes it
    remind_readers()
