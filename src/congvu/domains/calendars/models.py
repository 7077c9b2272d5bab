"""The calendar of an agency: entries under their records, what changed after approval, weeks, rooms, what recurs."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from congvu.domains.calendars.types import Kind, Mark, Session


class Room(models.Model):
    """A room of an agency that entries take; a closed one stays for those that were there."""

    agency = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    seats = models.PositiveSmallIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], condition=Q(closed_at=None), name="calendars_room_once")
        ]


class Series(models.Model):
    """An entry that comes again: ``weekdays`` (0 is Monday) or ``month_days``, made up to ``made_until``."""

    agency = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    content = models.CharField(max_length=500)
    session = models.CharField(max_length=10, choices=Session.choices)
    start = models.TimeField(null=True)
    end = models.TimeField(null=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list)
    month_days = ArrayField(models.PositiveSmallIntegerField(), default=list)
    place = models.CharField(max_length=200, blank=True)
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="series")
    leader = models.ForeignKey("orgs.Position", null=True, on_delete=models.PROTECT, related_name="+")
    guests = models.CharField(max_length=500, blank=True)
    made_until = models.DateField()
    ended_at = models.DateTimeField(null=True)


class Entry(models.Model):
    """One entry under its record, whose title is the content and whose ``state`` is proposed, approved, declined or
    cancelled.

    ``unit`` and ``position`` registered it; names are those of the day. ``open_end`` says that no end was given:
    ``ends_at`` is then the end of that half of the day. ``mark`` and ``reason`` tell the last change after its week
    was published, or why it was declined or cancelled.
    """

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    proposer = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    session = models.CharField(max_length=10, choices=Session.choices)
    open_end = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="entries")
    leader = models.ForeignKey("orgs.Position", null=True, on_delete=models.PROTECT, related_name="+")
    leader_name = models.CharField(max_length=200, blank=True)
    host = models.CharField(max_length=200, blank=True)
    guests = models.CharField(max_length=500, blank=True)
    source = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="entries")
    mark = models.CharField(max_length=10, choices=Mark.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="calendars_entry_lasts", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        indexes = [
            models.Index(fields=["agency", "starts_at"], name="calendars_entry_week"),
            models.Index(
                fields=["leader", "starts_at"], condition=Q(leader__isnull=False), name="calendars_entry_leader"
            ),
            models.Index(fields=["room", "starts_at"], condition=Q(room__isnull=False), name="calendars_entry_room"),
            models.Index(fields=["source"], condition=Q(source__isnull=False), name="calendars_entry_source"),
        ]


class Seat(models.Model):
    """Who takes part in an entry or prepares it: a post, or a whole unit where ``position`` is None."""

    class Role(models.TextChoices):
        ATTEND = "attend", gettext_lazy("Thành phần")
        PREPARE = "prepare", gettext_lazy("Chuẩn bị")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=8, choices=Role.choices)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey("orgs.Position", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "role", "unit", "position"], name="calendars_seat_once", nulls_distinct=False
            )
        ]
        indexes = [
            models.Index(fields=["position", "entry"], name="calendars_seat_post"),
            models.Index(fields=["unit", "entry"], condition=Q(position=None), name="calendars_seat_unit"),
        ]


class Change(models.Model):
    """What happened to an approved entry: where it stood, who changed it and why. Never changed itself."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Mark.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    old_session = models.CharField(max_length=10, choices=Session.choices)
    old_open_end = models.BooleanField(default=False)
    old_starts = models.DateTimeField()
    old_ends = models.DateTimeField()
    old_place = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["old_starts"], name="calendars_change_old")]


class Week(models.Model):
    """The week of an agency that was published: from then on all its staff read it, and changes are told."""

    agency = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    monday = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "monday"], name="calendars_week_once")]
