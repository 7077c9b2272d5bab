"""Counters and the numbers they gave."""

from __future__ import annotations

from django.db import models


class Counter(models.Model):
    """The last number given in one series of one unit in one period (a day, a year)."""

    series = models.CharField(max_length=48)
    unit = models.BigIntegerField()
    period = models.CharField(max_length=16)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "unit", "period"], name="numbering_counter_key")]


class Number(models.Model):
    """A number given: used by a record, or voided with a reason. Rows are never deleted and values never reused."""

    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveBigIntegerField()
    record = models.UUIDField(null=True)
    given_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["counter", "value"], name="numbering_number_once")]
        indexes = [models.Index(fields=["record"], name="numbering_number_record")]
