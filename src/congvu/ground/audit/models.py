"""The trail. The application's database role may insert here and never change or delete."""

from __future__ import annotations

import uuid

from django.db import models

from congvu.common.ids import uuid7


class Entry(models.Model):
    """One act that took effect. People, positions and records stand here as values, so they outlive their rows."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    verb = models.CharField(max_length=64)
    actor_kind = models.CharField(max_length=16)
    actor_user = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    position = models.BigIntegerField(null=True)
    position_title = models.CharField(max_length=200, blank=True)
    unit = models.BigIntegerField(null=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    record = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["record", "at"], name="audit_entry_record"),
            models.Index(fields=["at"], name="audit_entry_at"),
        ]


class Link(models.Model):
    """One link of the chain: ``chain`` hashes the link before it together with the entry's digest."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.UUIDField(unique=True)
    chain = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()


class DaySeal(models.Model):
    """The end of the chain on a finished civil day (UTC+7), to be kept or published elsewhere."""

    day = models.DateField(primary_key=True)
    position = models.BigIntegerField()
    chain = models.CharField(max_length=64)


class Viewing(models.Model):
    """Somebody looked at a record: its page, one of its files, or a printed copy. Appended only, like the trail.

    NĐ 30/2020 Phụ lục VI asks for the history of views and the number of accesses of each document.
    """

    class What(models.TextChoices):
        PAGE = "page", "Xem trang"
        FILE = "file", "Mở tệp"
        PRINT = "print", "In"

    at = models.DateTimeField()
    record = models.UUIDField()
    user = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200)
    position_title = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    what = models.CharField(max_length=5, choices=What.choices)

    class Meta:
        indexes = [models.Index(fields=["record", "-at"], name="audit_viewing_record")]
