"""The two kinds of process an installation runs: web and worker."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector

from congvu.boot import postgres
from congvu.boot.config import load


def web(*, host: str, port: int, workers: int) -> None:
    """Serve HTTP until told to stop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.boot.settings")
    if load().local_database:
        _prepare_new(postgres.Cluster(load().home))
    Granian(
        "congvu.boot.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=4, backpressure=64, log_access=False, log_level=LogLevels.warning,
    ).serve()  # fmt: skip


def _prepare_new(cluster: postgres.Cluster) -> None:
    """Start the local database, and make what a new one lacks in a process of its own. Raises RuntimeError."""
    postgres.start(cluster)
    with psycopg.connect(cluster.url()) as connection:
        row = connection.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone()
    if row is not None and row[0]:
        return
    command = [sys.executable, "-m", "congvu.boot.cli", "prepare"]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode != 0:
        raise RuntimeError("preparing the database failed; the reason stands above")


class WorkerConnector(PsycopgConnector):
    """The worker's own connections, for fetching jobs; what a job defers goes along with the job's transaction.

    Over a connection of its own a deferred job would be there before what it is about is committed: fetched at once,
    it would find nothing to do and be gone.
    """

    def get_sync_connector(self) -> BaseConnector:
        return DjangoConnector()


def worker(*, concurrency: int) -> None:
    """Run jobs until told to stop."""
    from django.conf import settings

    # Modules live as long as the process: full collections, several for each document signed, need not walk over them.
    gc.collect()
    gc.freeze()
    work_off(WorkerConnector(conninfo=settings.APPLICATION_URL, min_size=1, max_size=concurrency + 2), concurrency)


def work_off(connector: WorkerConnector, concurrency: int, *, wait: bool = True) -> None:
    """Run what is queued; with ``wait`` go on with what comes, until told to stop."""
    from procrastinate.contrib.django import app

    with app.replace_connector(connector) as live:
        asyncio.run(_work(live, concurrency, wait))


async def _work(app: App, concurrency: int, wait: bool) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=concurrency, wait=wait, delete_jobs="successful", listen_notify=wait,
            install_signal_handlers=wait,
        )  # fmt: skip
