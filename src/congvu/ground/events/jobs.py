"""Delivery jobs. A failed delivery is tried again with growing pauses; the outbox row stays the truth."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from congvu.ground.events import bus


@app.task(name="events.deliver", queue="events", retry=RetryStrategy(max_attempts=12, exponential_wait=3))
def deliver(event_id: str, consumer: str) -> None:
    bus.deliver_now(UUID(event_id), consumer)


@app.periodic(cron="*/2 * * * *")
@app.task(name="events.retry_stalled", queueing_lock="events.retry_stalled")
async def retry_stalled(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Jobs whose worker was killed stay 'doing' for ever; hand them to a living one."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
