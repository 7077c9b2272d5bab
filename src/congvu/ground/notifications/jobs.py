"""Sending mail: one job per message, tried again with growing pauses, and a broom for lost jobs."""

from __future__ import annotations

import contextlib
import smtplib
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from congvu.ground.notifications import services
from congvu.ground.notifications.models import Message
from congvu.ground.notifications.types import State

MOST_ATTEMPTS = 10
LOST_AFTER = timedelta(hours=2)
BATCH = 200


@app.task(
    name="notifications.send", queue="mail", pass_context=True,
    retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=4),
)  # fmt: skip
def send(context: JobContext, message_id: str) -> None:
    """Send one mail. A server that refuses for good ends it; anything else is tried again."""
    last = context.job.attempts + 1 >= MOST_ATTEMPTS
    try:
        services.deliver(UUID(message_id))
    except (smtplib.SMTPException, OSError) as error:
        final = last or _for_good(error)
        services.mark_failure(UUID(message_id), f"{type(error).__name__}: {error}", final=final)
        if not final:
            raise


def _for_good(error: Exception) -> bool:
    """Whether the server refused with a permanent code (5xx) for recipient, sender or content."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError) and error.smtp_code >= 500


@app.periodic(cron="*/15 * * * *")
@app.task(name="notifications.resend_lost", queueing_lock="notifications.resend_lost", pass_context=False)
def resend_lost(timestamp: int) -> None:  # noqa: ARG001
    """Queued mails whose job is gone, for example after a restore, get a new job."""
    older = timezone.now() - LOST_AFTER
    lost = Message.objects.filter(state=State.QUEUED, created_at__lt=older).order_by("created_at")
    for message in lost.values_list("id", flat=True)[:BATCH]:
        with contextlib.suppress(AlreadyEnqueued):
            send.configure(queueing_lock=f"mail:{message}").defer(message_id=str(message))
