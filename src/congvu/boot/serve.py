"""The two kinds of process an installation runs: web and worker."""

from __future__ import annotations

import asyncio
import os

from procrastinate import App

from congvu.boot import postgres
from congvu.boot.config import load


def web(*, host: str, port: int, workers: int) -> None:
    """Serve HTTP until told to stop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.boot.settings")
    if load().local_database:
        postgres.start(postgres.Cluster(load().home))
    Granian(
        "congvu.boot.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=4, backpressure=64, log_access=False, log_level=LogLevels.warning,
    ).serve()  # fmt: skip


def worker(*, concurrency: int) -> None:
    """Run jobs until told to stop."""
    from django.conf import settings
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app

    connector = PsycopgConnector(conninfo=settings.APPLICATION_URL, min_size=1, max_size=concurrency + 2)
    with app.replace_connector(connector) as live:
        asyncio.run(_work(live, concurrency))


async def _work(app: App, concurrency: int) -> None:
    async with app.open_async():
        await app.run_worker_async(concurrency=concurrency, delete_jobs="successful", listen_notify=True)
