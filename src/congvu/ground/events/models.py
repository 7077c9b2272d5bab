"""The outbox (what happened, to replay) and the deliveries (who has been told)."""

from __future__ import annotations

import uuid

from django.db import models

from congvu.common.ids import uuid7


class Event(models.Model):
    """One published event. The payload carries ids, never content."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=64)
    payload = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name", "at"], name="events_event_name_at")]


class Delivery(models.Model):
    """A consumer finished with an event. Written in the consumer's own transaction, so its effect counts once."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    consumer = models.CharField(max_length=96)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "consumer"], name="events_delivery_once")]
