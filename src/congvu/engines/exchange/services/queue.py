"""Jobs of this room, by name since the job modules call the services: one waiting job for each row, never more."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

READ, DELIVER = "exchange.read", "exchange.deliver"


def first(task: str, row: UUID) -> None:
    """The job of a row that is new in this transaction."""
    _task(task, row).defer(**_arguments(task, row))


def again(task: str, row: UUID, *, at: datetime | None = None) -> bool:
    """Another job for a row, at once or at a time; False where one waits already."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        _task(task, row, at).defer(**_arguments(task, row))
        return True
    return False


def now(task: str, row: UUID) -> None:
    """A job for a row at once, even where one waits for a later time; whoever comes second finds nothing to do."""
    app.configure_task(task, queue="exchange").defer(**_arguments(task, row))


def _task(task: str, row: UUID, at: datetime | None = None) -> Any:
    return app.configure_task(task, queue="exchange", queueing_lock=f"{task}:{row}", schedule_at=at)


def _arguments(task: str, row: UUID) -> dict[str, str]:
    return {{READ: "message_id", DELIVER: "delivery_id"}[task]: str(row)}
