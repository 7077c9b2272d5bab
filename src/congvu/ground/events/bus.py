"""Publishing and consuming.

A room declares its events in ``events.py`` as frozen dataclasses with ``@event("dossier.submitted")``; their
fields are ids, strings, numbers. ``publish`` writes the outbox row and one job per consumer in the caller's
transaction. A consumer is ``@consumes(DossierSubmitted)`` on a function of that event; it runs in its own
transaction, at least once, and its effects are written together with the delivery row.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import IntegrityError, transaction
from django.db.models import OuterRef
from django.utils import timezone

from congvu.common.ids import uuid7
from congvu.ground.events.models import Delivery, Event

E = TypeVar("E")
Consumer = Callable[[Any], None]
EVENTS: dict[str, type[Any]] = {}
CONSUMERS: dict[str, dict[str, Consumer]] = {}


def event(name: str) -> Callable[[type[E]], type[E]]:
    """Register a frozen dataclass as an event under a stable name."""

    def decorate(cls: type[E]) -> type[E]:
        EVENTS[name] = cls
        cls.event_name = name  # type: ignore[attr-defined]
        return cls

    return decorate


def consumes(*classes: type[Any]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a consumer; its name is its dotted path, so moving it means delivering again."""

    def decorate(function: Callable[[E], None]) -> Callable[[E], None]:
        for cls in classes:
            CONSUMERS.setdefault(cls.event_name, {})[f"{function.__module__}.{function.__name__}"] = function
        return function

    return decorate


def publish(happened: Any) -> UUID:
    """Record the event and queue its deliveries, all in the caller's transaction. Raises RuntimeError outside one."""
    return publish_all([happened])[0]


def publish_all(happened: Iterable[Any]) -> list[UUID]:
    """As ``publish`` for several at once, in their order: one statement for the outbox, one for each delivery."""
    from congvu.ground.events.jobs import deliver

    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("publish() outside a transaction")
    told, now = list(happened), timezone.now()
    # Replay goes by time and id: ids in rising order keep the order in which these happened.
    rows = Event.objects.bulk_create(
        Event(id=key, name=type(e).event_name, payload=_payload(e), at=now)
        for key, e in zip(sorted(uuid7() for _ in told), told, strict=True)
    )
    for row in rows:
        for consumer in CONSUMERS.get(row.name, {}):
            deliver.defer(event_id=str(row.id), consumer=consumer)
    return [row.id for row in rows]


def _payload(happened: Any) -> dict[str, Any]:
    values = dataclasses.asdict(happened)
    return {key: str(value) if isinstance(value, UUID) else value for key, value in values.items()}


def _restore(cls: type[E], payload: dict[str, Any]) -> E:
    hints = {f.name: f.type for f in dataclasses.fields(cls)}  # type: ignore[arg-type]
    values = {key: UUID(value) if "UUID" in str(hints[key]) and value else value for key, value in payload.items()}
    return cls(**values)


def deliver_now(event_id: UUID, consumer: str) -> bool:
    """Run one consumer for one event unless it already ran. True if it ran now."""
    row = Event.objects.get(id=event_id)
    function = CONSUMERS[row.name][consumer]
    try:
        with transaction.atomic():
            Delivery.objects.create(event=row, consumer=consumer, at=timezone.now())
            function(_restore(EVENTS[row.name], row.payload))
    except IntegrityError:
        if Delivery.objects.filter(event=row, consumer=consumer).exists():
            return False
        raise
    return True


def deliver_pending(limit: int = 1000) -> int:
    """Make up to ``limit`` deliveries that are still due, oldest first; for replay after a restore."""
    made = Delivery.objects.filter(event=OuterRef("id")).values("consumer")
    count = 0
    rows = Event.objects.filter(name__in=CONSUMERS).annotate(done=ArraySubquery(made)).order_by("at", "id")
    for row in rows.values_list("id", "name", "done").iterator(chunk_size=500):
        for consumer in sorted(CONSUMERS[row[1]].keys() - set(row[2])):
            if count >= limit:
                return count
            count += deliver_now(row[0], consumer)
    return count
