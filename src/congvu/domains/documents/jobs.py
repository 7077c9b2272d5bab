"""Reminders about documents, every quarter of an hour; each is an act of its own, so a repeat tells nothing twice."""

from __future__ import annotations

from procrastinate.contrib.django import app

from congvu.common.actor import SYSTEM
from congvu.domains.documents.services import consulting


def remind_opinions_due() -> int:
    """Tell of opinions that are waited for. Returns how many rounds of asking were told of."""
    return sum(consulting.remind_opinion(SYSTEM, key) > 0 for key in consulting.due_rounds())


@app.periodic(cron="*/15 * * * *")
@app.task(name="documents.remind_opinions", queueing_lock="documents.remind_opinions")
def remind_opinions(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate passes it
    remind_opinions_due()
