"""What one side asks of the other about an issued document, and what it was answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from congvu.common.ids import uuid7
from congvu.domains.documents.models.outgoing import Recipient


class Request(models.Model):
    """To take a document back, recall, update or replace it (NĐ 30/2020 Điều 18; Phụ lục VI phần I mục III.8).

    ``record`` is the document here: an outgoing one when we ask (then ``recipient`` is whom), an incoming one when we
    are asked. It is the trace of the recall, kept when the document itself is destroyed: who, when, why, and
    ``about``, which document it was. ``message`` carried it; ``changes`` are the new data of an update, ``files`` its
    contents. ``answer`` is 15 or 16.
    """

    class Operation(models.TextChoices):
        TAKE_BACK = "13", gettext_lazy("Đề nghị lấy lại")
        RECALL = "recall", gettext_lazy("Đề nghị thu hồi")
        UPDATE = "update", gettext_lazy("Đề nghị cập nhật")
        REPLACE = "replace", gettext_lazy("Đề nghị thay thế")

    class Answer(models.TextChoices):
        NONE = "", gettext_lazy("Chờ trả lời")
        AGREED = "15", gettext_lazy("Đồng ý")
        DECLINED = "16", gettext_lazy("Từ chối")

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Recipient, null=True, on_delete=models.PROTECT, related_name="+")
    operation = models.CharField(max_length=8, choices=Operation.choices)
    about = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    message = models.UUIDField(null=True)
    changes = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    item = models.UUIDField(null=True)
    answer = models.CharField(max_length=2, choices=Answer.choices, blank=True, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "message"], name="documents_request_once", condition=Q(recipient__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["recipient"], name="documents_request_one_open", condition=Q(answer="", recipient__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["record", "asked_at"], name="documents_request_record")]
