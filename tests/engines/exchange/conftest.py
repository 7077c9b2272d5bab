"""Fixtures that need the rooms import them when they run."""

from __future__ import annotations

import pytest


@pytest.fixture
def office(world):
    from tests.engines.exchange.office import set_up

    return set_up(world)


@pytest.fixture
def jobs(office):
    """Queued jobs by task, those of the setting up left out."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    before = set(ProcrastinateJob.objects.values_list("id", flat=True))

    def found(task: str) -> list[dict]:
        rows = ProcrastinateJob.objects.filter(task_name=task).exclude(id__in=before).order_by("id")
        return [row.args for row in rows]

    return found
