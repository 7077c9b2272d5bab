"""Reminders about documents, every quarter of an hour; each is an act of its own, so a repeat tells nothing twice."""

from __future__ import annotations

from procrastinate.contrib.django import app

from congvu.common.actor import SYSTEM
from congvu.domains.documents.services import consulting, spread_watching


def remind_opinions_due() -> int:
    """Tell of opinions that are waited for. Returns how many rounds of asking were told of."""
    return sum(consulting.remind_opinion(SYSTEM, key) > 0 for key in consulting.due_rounds())


@app.periodic(cron="*/15 * * * *")
@app.task(name="documents.remind_opinions", queueing_lock="documents.remind_opinions")
def remind_opinions(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate passes it
    remind_opinions_due()


def remind_readers() -> int:
    """Tell who has not confirmed that he read. Returns how many were told."""
    return sum(spread_watching.remind_reader(SYSTEM, one) > 0 for one in spread_watching.waiting_reminders())


@app.periodic(cron="5-59/15 * * * *")
@app.task(name="documents.remind_readers", queueing_lock="documents.remind_readers")
def remind_all_readers(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate passes it
    remind_readers()
