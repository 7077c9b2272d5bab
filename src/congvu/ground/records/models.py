"""The spine: one narrow row under every dossier, document, petition, task and meeting."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy

from congvu.common.ids import uuid7


class Record(models.Model):
    """What all domains share. ``code`` is the public code, empty until one is given.

    ``urgency`` is what lists of open work show first, the higher the earlier; 0 is ordinary, and all there is where a
    room has no such order.
    ``readers`` holds reader keys (``p:`` position, ``u:`` unit, ``s:`` subject, ``r:`` role); nobody else sees
    the record. ``folded`` is code and title without marks, for searching. ``version`` grows with every change
    and guards against lost edits. Times are UTC.
    """

    class Confidentiality(models.IntegerChoices):
        ORDINARY = 0, gettext_lazy("Thường")
        RESTRICTED = 1, gettext_lazy("Hạn chế")
        VAULT = 2, gettext_lazy("Lớp bảo mật")

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16)
    code = models.CharField(max_length=50, blank=True)
    title = models.CharField(max_length=500)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=24)
    confidentiality = models.PositiveSmallIntegerField(choices=Confidentiality.choices, default=0)
    urgency = models.PositiveSmallIntegerField(default=0, db_default=0)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    readers = ArrayField(models.CharField(max_length=40), default=list)
    folded = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], condition=~models.Q(code=""), name="records_record_code")
        ]
        indexes = [
            # With kind and state, so that few open records are found among very many that one may read.
            GinIndex(fields=["readers", "kind", "state"], name="records_record_readable", fastupdate=False),
            GinIndex(OpClass(models.F("folded"), name="gin_trgm_ops"), name="records_record_folded"),
            models.Index(fields=["kind", "state", "-opened_at", "-id"], name="records_record_state"),
            # Few are urgent: they are found here, the ordinary ones along the index above.
            models.Index(
                fields=["kind", "state", "-urgency", "-opened_at", "-id"], name="records_record_urgent",
                condition=models.Q(urgency__gt=0),
            ),
            models.Index(fields=["kind", "-opened_at", "-id"], name="records_record_newest"),
        ]  # fmt: skip


class OneTimeKey(models.Model):
    """The answer to a request that carried a one-time key, so that repeating it does nothing twice."""

    owner = models.CharField(max_length=48)
    key = models.CharField(max_length=80)
    content = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="records_key_once")]


class Words(models.Model):
    """The words of the files of a record, for searching in full text.

    ``week`` is that of ``Record.opened_at``, counted from 1970. It stands in the index beside the words, so that a
    search for a frequent word looks at the newest weeks only, and one for a rare word at its few records.
    """

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.CASCADE, related_name="+")
    week = models.PositiveIntegerField()
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words", "week"], name="records_words_found", fastupdate=False)]
