"""Contents, each stored once, and the files that name them."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from congvu.common.ids import uuid7
from congvu.ground.files.types import Purpose, Scan


class Blob(models.Model):
    """One content. It lies in the store under its SHA-256; ``media_type`` was told by its bytes, never by its name.

    ``scan`` belongs to the content, so one infected upload is known wherever it is filed again.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    scan = models.CharField(max_length=12, choices=Scan.choices, default=Scan.QUARANTINED)
    scan_reason = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField(null=True)
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="files_blob_waiting", condition=Q(scan__in=["quarantined", "unscanned"]))
        ]


class File(models.Model):
    """A content under a name, at first only its uploader's, later attached to a record.

    A row with ``locked_at`` is frozen for ever: a trigger refuses its change and removal.
    ``replaces`` is the earlier version; who uploaded stands here as values.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    record = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose.choices, blank=True)
    label = models.CharField(max_length=500, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    owner_subject = models.BigIntegerField(null=True)
    owner_user = models.BigIntegerField(null=True)
    owner_name = models.CharField(max_length=200, blank=True)
    uploaded_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="files_file_attached_whole",
                condition=Q(record__isnull=True, purpose="") | (Q(record__isnull=False) & ~Q(purpose="")),
            )
        ]
        indexes = [
            models.Index(fields=["record", "uploaded_at"], name="files_file_record", condition=Q(record__isnull=False)),
            models.Index(fields=["uploaded_at"], name="files_file_orphans", condition=Q(record__isnull=True)),
        ]


class BlobText(models.Model):
    """The text of a content, read once. ``failed`` says why there is none; ``marks`` are marks of secrecy in it."""

    blob = models.OneToOneField(Blob, primary_key=True, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    marks = ArrayField(models.CharField(max_length=12), default=list)
    failed = models.CharField(max_length=60, blank=True)
    read_at = models.DateTimeField()


class Recognition(models.Model):
    """A scan whose uploader asked for its words; the words lie with the content (``BlobText``).

    ``file`` is no key to the upload: a scan with a mark of secrecy is gone, and its form still has to hear why.
    """

    file = models.UUIDField(primary_key=True)
    owner_subject = models.BigIntegerField(null=True)
    owner_user = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    marks = ArrayField(models.CharField(max_length=12), default=list)
    failed = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], name="files_recognition_waiting", condition=Q(done_at__isnull=True))
        ]
