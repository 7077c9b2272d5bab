"""Messages to people and posts, and what somebody has asked not to be told."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from congvu.common.ids import uuid7
from congvu.ground.notifications.types import Channel, State


class Message(models.Model):
    """One message to one recipient over one channel, as it was worded on its day.

    ``key`` names the event; (key, recipient, channel) is unique, so an event delivered twice tells once.
    ``recipient`` is ``s:`` subject, ``u:`` login, ``p:`` post or ``m:`` with the digest of an address.
    In-app messages are sent by being written. A post's message is read as soon as anybody in the post has read it.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=160)
    recipient = models.CharField(max_length=24)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    kind = models.CharField(max_length=32)
    language = models.CharField(max_length=2, default="vi")
    context = models.JSONField(default=dict)
    record = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    address = models.EmailField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "recipient", "channel"], name="notifications_message_once"),
            models.CheckConstraint(
                name="notifications_message_sent", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notifications_inapp", condition=Q(channel="inapp")),
            models.Index(
                fields=["recipient"], name="notifications_unread", condition=Q(channel="inapp", read_at__isnull=True)
            ),
            models.Index(fields=["created_at"], name="notifications_queued", condition=Q(state="queued")),
            models.Index(fields=["record", "id"], name="notifications_record", condition=Q(record__isnull=False)),
        ]


class Muted(models.Model):
    """A kind of message that a recipient does not want over a channel. Legal notices cannot be muted."""

    recipient = models.CharField(max_length=24)
    kind = models.CharField(max_length=32)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "channel"], name="notifications_muted_once")
        ]
