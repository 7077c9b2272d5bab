"""What a job defers is part of the job's transaction, as everywhere else in the house."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from congvu.boot.serve import WorkerConnector, work_off


def waiting(address: str) -> int:
    """Jobs that another worker could fetch."""
    with psycopg.connect(address) as other:
        return other.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'test.later'").fetchone()[0]


@pytest.fixture
def address() -> str:
    with connection.cursor() as cursor:
        return cursor.connection.info.dsn


@pytest.fixture
def own_tasks():
    """Tasks that a test registers are gone after it."""
    before = set(app.tasks)
    yield
    for name in app.tasks.keys() - before:
        del app.tasks[name]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("falls", "after"), [(False, ["later"]), (True, [])])
def test_a_job_deferred_by_a_job_comes_with_its_commit_and_goes_with_its_rollback(own_tasks, address, falls, after):
    seen: list[int] = []
    ran: list[str] = []

    @app.task(name="test.later", pass_context=False)
    def later() -> None:
        ran.append("later")

    @app.task(name="test.first", pass_context=False)
    def first() -> None:
        try:
            with transaction.atomic():
                later.defer()
                seen.append(waiting(address))
                if falls:
                    raise ZeroDivisionError
        finally:
            connection.close()

    first.defer()
    for _time in range(2):  # what comes of the first round is left for the second
        work_off(WorkerConnector(conninfo=address), 1, wait=False)
    assert (seen, ran) == ([0], after)
