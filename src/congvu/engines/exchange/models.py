"""Raw messages kept for ever, what they say, how documents stand between agencies, deliveries, partners, agencies."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy

from congvu.common.ids import uuid7
from congvu.engines.exchange.types import DeliveryState, Dialect


class Transport(models.TextChoices):
    HUB = "hub", gettext_lazy("Trục liên thông văn bản quốc gia")
    PROVINCE = "province", gettext_lazy("Trục của tỉnh (LGSP)")
    FOLDER = "folder", gettext_lazy("Thư mục trao đổi")
    DIRECT = "direct", gettext_lazy("Trực tiếp với hệ thống cùng loại")
    MAILBOX = "mailbox", gettext_lazy("Hộp thư công vụ (IMAP)")


class Raw(models.Model):
    """The bytes of a message as they came or went, under their SHA-256. A trigger refuses change and removal."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    at = models.DateTimeField()


class Partner(models.Model):
    """A system that messages go to and come from. Its secret stands in the environment, never here.

    ``settings`` are what a transport needs besides (``system_id``, paths); ``machine_user`` is the login whose token
    lets its messages in; ``document_type`` the partner's own figure for DocumentType/Type.
    """

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    transport = models.CharField(max_length=8, choices=Transport.choices)
    address = models.CharField(max_length=300)
    dialect = models.CharField(max_length=3, choices=[(d.value, d.value) for d in Dialect], default=Dialect.ZIP)
    document_type = models.CharField(max_length=10, default="1")
    settings = models.JSONField(default=dict)
    machine_user = models.BigIntegerField(null=True, unique=True)
    active = models.BooleanField(default=True)
    polled_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)


class Agency(models.Model):
    """An agency that documents are exchanged with, or one of ours (``unit``). ``partner`` is the way to it.

    One of ours without a partner is reached inside this installation.
    """

    name = models.CharField(max_length=200)
    unit = models.OneToOneField("orgs.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")


class AgencyCode(models.Model):
    """A code of an agency for a time: the mapping table of documents.md §2.9. No code is ever computed from another."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=35)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    basis = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exchange_code_dates", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            ExclusionConstraint(
                name="exchange_code_one_agency_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (Func("valid_from", "valid_to", models.Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class AgencySuccession(models.Model):
    """An agency continued by another from a day on; one that was divided has several."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    basis = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="exchange_succession_once")
        ]


class Message(models.Model):
    """One message, in or out. ``body`` is the letter or the report as JSON; ``via`` the partner's key.

    ``duplicate_of`` is an earlier message with the same identifier, or the same issuer and code, but other content.
    """

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Chờ đọc")
        READ = "read", gettext_lazy("Đã đọc")
        FAULTY = "faulty", gettext_lazy("Không dùng được")

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    raw = models.ForeignKey(Raw, on_delete=models.PROTECT, related_name="+")
    outgoing = models.BooleanField()
    via = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    kind = models.CharField(max_length=8, blank=True)
    sender = models.CharField(max_length=60, blank=True)
    document_id = models.CharField(max_length=500, blank=True)
    code = models.CharField(max_length=250, blank=True)
    subject = models.TextField(blank=True)
    operation = models.CharField(max_length=8, blank=True)
    status = models.CharField(max_length=2, blank=True)
    body = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    repeats = models.PositiveIntegerField(default=0)
    repeated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["raw", "outgoing"], name="exchange_message_once")]
        indexes = [
            models.Index(fields=["document_id", "kind"], name="exchange_message_document"),
            models.Index(fields=["code", "sender"], name="exchange_message_code", condition=Q(operation="new")),
            models.Index(fields=["state", "id"], name="exchange_message_open", condition=~Q(state="read")),
            models.Index(fields=["outgoing", "-id"], name="exchange_message_list"),
        ]


class Thread(models.Model):
    """One document between one sender and one recipient: where the state machine stands.

    Without ``message`` the document itself has not come yet; what came before it waits in the log.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document_id = models.CharField(max_length=500)
    sender = models.CharField(max_length=60)
    recipient = models.CharField(max_length=60)
    outgoing = models.BooleanField()
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=2, blank=True)
    request = models.CharField(max_length=8, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document_id", "sender", "recipient", "outgoing"], name="exchange_thread_once"
            )
        ]


class StatusEntry(models.Model):
    """A code in the log of a thread, applied or not. ``at`` is ours, ``told_at`` the message's own time."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="log")
    code = models.CharField(max_length=8)
    ours = models.BooleanField()
    verdict = models.CharField(max_length=10)
    description = models.TextField(blank=True)
    staff = models.CharField(max_length=500, blank=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)


class Delivery(models.Model):
    """One message on its way to one partner; without a partner it stays inside this installation."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=6, choices=[(s.value, s.value) for s in DeliveryState], default=DeliveryState.QUEUED
    )
    remote_id = models.CharField(max_length=200, blank=True)
    remote_state = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "partner"], name="exchange_delivery_once", nulls_distinct=False),
            models.CheckConstraint(
                name="exchange_delivery_sent", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="exchange_delivery_due", condition=Q(state="queued")),
            models.Index(fields=["state", "id"], name="exchange_delivery_state"),
        ]
