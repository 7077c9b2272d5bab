"""What came in, and who was told to do what about it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from congvu.common.ids import uuid7
from congvu.domains.documents.models.choices import Channel, Priority, Secrecy
from congvu.domains.documents.models.shared import Issuer


class Incoming(models.Model):
    """An incoming document under its record, in the book of one issuer (NĐ 30/2020 Điều 20–24, Phụ lục VI).

    The number of arrival is one running series of the year, whatever the channel (Điều 22 khoản 2). ``number`` is text
    ("15a"). ``document_id`` is the opaque identifier of the sender's system, ``message`` the exchanged message.
    ``warnings`` are what the checks on arrival found, in sentences. ``checking``: the signatures of its files are
    still being judged; ``file_checks`` is what was found of each file.
    """

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    book = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    arrived_at = models.DateTimeField()
    arrival_number = models.PositiveIntegerField(null=True)
    arrival_year = models.PositiveSmallIntegerField(null=True)
    registered_at = models.DateTimeField(null=True)
    registered_by = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=200)
    sender_code = models.CharField(max_length=35, blank=True)
    number = models.CharField(max_length=11, blank=True)
    symbol = models.CharField(max_length=30, blank=True)
    issued_on = models.DateField(null=True)
    kind_name = models.CharField(max_length=100, blank=True)
    signer = models.CharField(max_length=50, blank=True)
    signer_position = models.CharField(max_length=100, blank=True)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.ORDINARY)
    secrecy = models.PositiveSmallIntegerField(choices=Secrecy.choices, default=Secrecy.NONE)
    pages = models.PositiveSmallIntegerField(null=True)
    copies = models.PositiveSmallIntegerField(default=1)
    paper_follows = models.BooleanField(default=False)
    reply_by = models.DateField(null=True)
    language = models.CharField(max_length=30, default="Tiếng Việt")
    description = models.CharField(max_length=500, blank=True)
    document_id = models.CharField(max_length=200, blank=True)
    message = models.UUIDField(null=True)
    warnings = models.JSONField(default=list)
    checking = models.BooleanField(default=False)
    file_checks = models.JSONField(default=list)
    sent_back_at = models.DateTimeField(null=True)
    sent_back_reason = models.TextField(blank=True)
    result = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book", "arrival_year", "arrival_number"], name="documents_arrival_number",
                condition=Q(arrival_number__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["book", "message"], name="documents_message_once", condition=Q(message__isnull=False)
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["book", "-arrived_at", "-record"], name="documents_incoming_list"),
            models.Index(fields=["book", "document_id"], name="documents_incoming_id", condition=~Q(document_id="")),
            models.Index(fields=["book", "number", "symbol"], name="documents_incoming_symbol"),
            models.Index(fields=["book", "sender_code"], name="documents_incoming_sender"),
        ]


class Direction(models.Model):
    """One line of a direction slip: a unit (and post) that leads, supports, or is informed, with its own deadline.

    ``parent`` is the line that was handed on inside a unit (phiếu giải quyết, phần 2). A deadline is set, or
    ``no_deadline`` says there is none. Persons stand here as values. A line is done either through its ``item`` or
    through the ``task`` that was given for it, never both.
    """

    class Role(models.TextChoices):
        LEAD = "lead", pgettext_lazy("direction", "Chủ trì")
        SUPPORT = "support", gettext_lazy("Phối hợp")
        INFORM = "inform", gettext_lazy("Để biết")

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, related_name="directions")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=Role.choices)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey("orgs.Position", null=True, on_delete=models.PROTECT, related_name="+")
    opinion = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    no_deadline = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)
    given_as = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    item = models.UUIDField(null=True)
    task = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")
    handed_on_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)
    result = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incoming"], name="documents_direction_one_lead",
                condition=Q(role="lead", parent__isnull=True, withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["parent"], name="documents_direction_one_lead_inside",
                condition=Q(role="lead", parent__isnull=False, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="documents_direction_term",
                condition=Q(role="inform") | Q(due_at__isnull=False) | Q(no_deadline=True),
            ),
            models.CheckConstraint(
                name="documents_direction_one_work", condition=Q(item__isnull=True) | Q(task__isnull=True)
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["incoming"], name="documents_direction_document"),
            models.Index(fields=["unit", "due_at"], name="documents_direction_unit"),
            models.Index(fields=["task"], name="documents_direction_task", condition=Q(task__isnull=False)),
        ]
