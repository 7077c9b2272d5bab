"""Reading what came, carrying what goes, fetching from partners, and brooms for lost jobs."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from congvu.engines.exchange import transports
from congvu.engines.exchange.models import Partner
from congvu.engines.exchange.services import accepting, delivering

LOST_AFTER = timedelta(minutes=2)


@app.task(name="exchange.read", queue="exchange", retry=RetryStrategy(max_attempts=10, exponential_wait=3))
def read(message_id: str) -> None:
    accepting.read_message(UUID(message_id))


@app.task(name="exchange.deliver", queue="exchange", retry=RetryStrategy(max_attempts=10, exponential_wait=3))
def deliver(delivery_id: str) -> None:
    """One attempt; the next one is planned by the attempt itself. Retried only when the database was lost."""
    delivering.deliver(UUID(delivery_id))


@app.task(name="exchange.poll", queue="exchange", pass_context=False)
def poll(partner: str) -> None:
    delivering.poll(partner)


@app.periodic(cron="* * * * *")
@app.task(name="exchange.poll_all", queueing_lock="exchange.poll_all", pass_context=False)
def poll_all(timestamp: int) -> None:  # noqa: ARG001
    """Each minute one job for each partner that messages are fetched from; a slow one holds up no other."""
    keys = Partner.objects.filter(active=True, transport__in=transports.PULLED).values_list("key", flat=True)
    for key in keys:
        with contextlib.suppress(AlreadyEnqueued):
            poll.configure(queueing_lock=f"exchange.poll:{key}").defer(partner=key)


@app.periodic(cron="*/2 * * * *")
@app.task(name="exchange.sweep", queueing_lock="exchange.sweep", pass_context=False)
def sweep(timestamp: int) -> None:  # noqa: ARG001
    """Messages and deliveries whose job is gone get a new one; a second job finds nothing to do."""
    accepting.read_waiting(LOST_AFTER)
    delivering.requeue_lost(LOST_AFTER)
