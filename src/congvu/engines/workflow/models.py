"""Definitions, running processes and all that waits for somebody."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from congvu.common.ids import uuid7


class Definition(models.Model):
    """One published version of a process; never changed. ``steps`` is the table it was made from, if it was.

    ``compiled`` is the runnable graph (``graph.Graph``), null where ``errors`` say why it cannot run.
    """

    key = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    steps = models.JSONField(null=True)
    bpmn = models.TextField()
    compiled = models.JSONField(null=True)
    errors = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    runnable = models.BooleanField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="workflow_definition_version"),
            models.CheckConstraint(
                name="workflow_definition_runs", condition=Q(runnable=False) | Q(compiled__isnull=False)
            ),
        ]


class Instance(models.Model):
    """A process running for a record. ``places`` binds the kinds of unit named by steps to units of that record.

    ``code``, ``title``, ``record_kind`` and ``due_at`` are what new items show; ``variables`` what conditions read;
    ``calendar`` is the key of the working calendar that step times are counted by.
    """

    class State(models.TextChoices):
        RUNNING = "running", gettext_lazy("Đang chạy")
        ENDED = "ended", gettext_lazy("Đã kết thúc")
        CANCELLED = "cancelled", gettext_lazy("Đã dừng")

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    places = models.JSONField(default=dict)
    variables = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    record_kind = models.CharField(max_length=16)
    code = models.CharField(max_length=50, blank=True)
    title = models.CharField(max_length=500)
    due_at = models.DateTimeField(null=True)
    calendar = models.CharField(max_length=32)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["record"], name="workflow_instance_record")]


class Token(models.Model):
    """A live token; gone when its branch is. ``via`` and ``joining`` are the book-keeping of joins."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    instance = models.ForeignKey(Instance, on_delete=models.CASCADE, related_name="+")
    node = models.CharField(max_length=255)
    parent = models.UUIDField(null=True)
    via = models.CharField(max_length=255, blank=True)
    joining = models.BooleanField(default=False)
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["instance"], name="workflow_token_instance")]


class WorkItem(models.Model):
    """One thing that waits for somebody, with or without a process.

    ``holders`` are the keys it is addressed to (``p:`` position, ``r:role@unit``); once a position is assigned it
    waits for that one alone. ``code``, ``title`` and ``due_at`` repeat the record's for the inbox. People are values.
    """

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Đang chờ")
        DONE = "done", gettext_lazy("Đã xong")
        CANCELLED = "cancelled", gettext_lazy("Đã hủy")

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    record_kind = models.CharField(max_length=16)
    instance = models.ForeignKey(Instance, null=True, on_delete=models.CASCADE, related_name="+")
    token = models.UUIDField(null=True)
    node = models.CharField(max_length=255, blank=True)
    kind = models.CharField(max_length=16, default="step")
    step_kind = models.CharField(max_length=12, default="other")
    name = models.CharField(max_length=200)
    public_name = models.CharField(max_length=200, blank=True)
    holders = ArrayField(models.CharField(max_length=64))
    assignee = models.ForeignKey("orgs.Position", null=True, on_delete=models.PROTECT, related_name="+")
    assignee_name = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=50, blank=True)
    title = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=40, blank=True)
    outcomes = ArrayField(models.CharField(max_length=40), default=list)
    note = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    step_due_at = models.DateTimeField(null=True)
    planned_hours = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)
    done_position = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["record", "created_at"], name="workflow_item_record"),
            models.Index(fields=["instance"], condition=Q(state="open"), name="workflow_item_open"),
        ]


class Seat(models.Model):
    """An open item as one holder's inbox lists it: a page of any inbox is a short range of one index.

    ``due_at`` is infinity where the item has no due time. Written only by ``store``, with the item.
    """

    pk = models.CompositePrimaryKey("item", "key")
    key = models.CharField(max_length=64)
    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="+", db_index=False)
    due_at = models.DateTimeField()
    kind = models.CharField(max_length=16)
    hidden_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["key", "due_at", "item"], include=["kind", "hidden_until"], name="workflow_seat_inbox")
        ]


class Timer(models.Model):
    """When a token's wait is over. ``node`` is the timer event; ``failure`` says why it could not fire."""

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Đang chờ")
        FAILED = "failed", gettext_lazy("Không chạy được")

    instance = models.ForeignKey(Instance, on_delete=models.CASCADE, related_name="+")
    token = models.UUIDField()
    node = models.CharField(max_length=255)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    failure = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="workflow_timer_due"),
            models.Index(fields=["token"], name="workflow_timer_token"),
        ]
