"""The outbox: published in the transaction, delivered at least once, counted once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from congvu.ground.events import bus
from congvu.ground.events.models import Delivery, Event


@pytest.fixture
def happening(monkeypatch):
    monkeypatch.setattr(bus, "EVENTS", {})
    monkeypatch.setattr(bus, "CONSUMERS", {})

    @bus.event("test.happened")
    @dataclass(frozen=True)
    class Happened:
        record: UUID
        score: int

    return Happened


@pytest.mark.django_db(transaction=True)
def test_rolled_back_publication_leaves_nothing(happening):
    def publish_and_fall():
        with transaction.atomic():
            bus.publish(happening(record=uuid4(), score=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish_and_fall()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_publishing_outside_a_transaction_is_refused(happening):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        bus.publish(happening(record=uuid4(), score=1))


@pytest.mark.django_db
def test_delivery_counts_once_and_restores_types(happening):
    seen = []

    @bus.consumes(happening)
    def listen(event):
        seen.append(event)

    record = uuid4()
    bus.publish(happening(record=record, score=5))
    assert bus.deliver_pending() == 1
    assert bus.deliver_pending() == 0
    assert seen == [happening(record=record, score=5)]
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_a_failing_consumer_is_not_marked_and_runs_again(happening):
    attempts = []

    @bus.consumes(happening)
    def listen(event):
        attempts.append(event)
        if len(attempts) == 1:
            raise ConnectionError("mail server away")

    event_id = bus.publish(happening(record=uuid4(), score=5))
    (name,) = bus.CONSUMERS["test.happened"]
    with pytest.raises(ConnectionError):
        bus.deliver_now(event_id, name)
    assert not Delivery.objects.exists()
    assert bus.deliver_now(event_id, name) is True


@pytest.mark.django_db(transaction=True)
def test_pending_is_counted_in_deliveries_not_in_old_events(happening):
    """What lies behind a long row of delivered events is reached too."""
    seen = []
    bus.consumes(happening)(lambda event: seen.append(event.score))
    with transaction.atomic():
        for score in range(4):
            bus.publish(happening(record=uuid4(), score=score))
    assert [bus.deliver_pending(limit=3) for _ in range(3)] == [3, 1, 0]
    assert seen == [0, 1, 2, 3]
