"""Figures of law by the day they begin to hold, and comparisons of anything with the text it rests on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Figure(models.Model):
    """A value true from ``valid_from`` until another row of the key begins. Rows are added, never changed."""

    key = models.CharField(max_length=48)
    value = models.CharField(max_length=48)
    valid_from = models.DateField()
    legal_basis = models.CharField(max_length=300)
    set_by = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["key", "-valid_from", "-id"], name="law_figure_by_day")]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"


class Comparison(models.Model):
    """Somebody compared ``kind``/``key`` with the text ``against``; ``label`` says what it was. Withdrawn by an act."""

    kind = models.CharField(max_length=24)
    key = models.CharField(max_length=160)
    label = models.CharField(max_length=500)
    against = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_user = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], name="law_compared_once", condition=Q(withdrawn_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"
