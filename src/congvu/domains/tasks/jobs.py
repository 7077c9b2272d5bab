"""Reminders of tasks, every quarter of an hour; each task is an act of its own, so a repeat tells nothing twice."""

from __future__ import annotations

from procrastinate.contrib.django import app

from congvu.common.actor import SYSTEM
from congvu.domains.tasks.services import reminding


def remind_due() -> int:
    """Tell what is due to be told. Returns how many tasks were told of."""
    return sum(reminding.remind(SYSTEM, task) > 0 for task in reminding.waiting())


@app.periodic(cron="*/15 * * * *")
@app.task(name="tasks.remind", queueing_lock="tasks.remind")
def remind_tasks(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate passes it
    remind_due()
