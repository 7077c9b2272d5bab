"""Calendars as data: day rules, office hours, same-day rules and the state of each year, all with a legal basis."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from congvu.common.ids import uuid7

BEGINNING = "2000-01-01"


class Calendar(models.Model):
    """A calendar under a key (``vn`` is the national one). What it does not say itself, its parent says.

    ``revision`` is new after every change of the calendar or of a parent; readers keep values by it.
    """

    key = models.SlugField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    revision: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(default=uuid7)


class Dated(models.Model):
    """True from ``valid_from`` up to and with ``valid_to`` (None: until further notice); unverified until checked."""

    valid_from = models.DateField(default=BEGINNING)
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        abstract = True


class OfficeHours(Dated):
    """Hours of one weekday (0 Monday … 6 Sunday) as ``[["07:30", "11:30"], ["13:00", "17:00"]]``."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    intervals = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "weekday", "valid_from"], name="worktime_hours_once"),
            models.CheckConstraint(
                name="worktime_hours_dates", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
        ]


class SameDay(Dated):
    """The hours of “within the day”: received by ``cutoff``, ready at ``finish``."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="same_day")
    cutoff = models.TimeField()
    finish = models.TimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "valid_from"], name="worktime_sameday_once")]


class Year(models.Model):
    """A year whose days off have been entered; provisional until the swaps of that year are decided."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    provisional = models.BooleanField(default=True)
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "year"], name="worktime_year_once")]


class DayRule(models.Model):
    """One day that differs from its weekday, with the reason and the text it rests on. See ``types.DayRule``."""

    class Kind(models.TextChoices):
        OFF = "off", gettext_lazy("Nghỉ")
        WORK = "work", gettext_lazy("Làm việc")
        HALF = "half", gettext_lazy("Làm nửa ngày")

    class Cause(models.TextChoices):
        HOLIDAY = "holiday", gettext_lazy("Nghỉ lễ, tết")
        COMPENSATION = "compensation", gettext_lazy("Nghỉ bù")
        SWAP = "swap", gettext_lazy("Hoán đổi")
        LOCAL = "local", gettext_lazy("Quyết định của địa phương")

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="rules")
    day = models.DateField()
    kind = models.CharField(max_length=4, choices=Kind.choices)
    cause = models.CharField(max_length=12, choices=Cause.choices)
    name = models.CharField(max_length=120)
    legal_basis = models.CharField(max_length=300)
    instead_of = models.DateField(null=True, blank=True)
    worked = models.CharField(max_length=9, blank=True)
    provisional = models.BooleanField(default=False)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="worktime_dayrule_once")]
