"""Published forms. A version never changes: answers point to theirs for ever."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class FormVersion(models.Model):
    """One version of one form. Only ``valid_to`` may move, when the law that carries the form ends."""

    key = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    procedures = ArrayField(models.CharField(max_length=32), default=list)
    definition = models.JSONField()
    schema = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="forms_version_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="forms_valid_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"
