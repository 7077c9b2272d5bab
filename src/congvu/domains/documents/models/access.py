"""Changes of who may read a document beside its ordinary way, until somebody competent has confirmed them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class AccessChange(models.Model):
    """A reader added by hand. An alert stands until a leader of the agency confirms it or takes it back
    (NĐ 30/2020 Phụ lục VI III.3). People and places stand here as values."""

    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    reader = models.CharField(max_length=40)
    reader_name = models.CharField(max_length=300)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)
    kept = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "reader"], name="documents_access_open_once", condition=~Q(kept=False)
            )
        ]
        indexes = [
            models.Index(fields=["agency", "-at"], name="documents_access_waiting", condition=Q(settled_at=None)),
            models.Index(fields=["record"], name="documents_access_record"),
        ]
