"""Documents made known to units and persons, and who has confirmed that he read them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from congvu.common.ids import uuid7


class Dissemination(models.Model):
    """One making known, under a record of its own: of a ``document``, or of an own notice with ``text`` and files.

    ``note`` says what to pay attention to. ``days`` is the time to confirm in working days, counted for each person by
    the calendar of the own unit. ``units`` are those addressed as a whole: who joins them later is proposed.
    ``post`` hears how it goes; ``giver`` is the person, who need not confirm. People stand here as values.
    """

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=50, blank=True)
    note = models.TextField(blank=True)
    text = models.TextField(blank=True)
    days = models.PositiveSmallIntegerField()
    units = models.JSONField(default=list)
    post = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)
    given_as = models.CharField(max_length=200, blank=True)
    giver = models.BigIntegerField(null=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    nudged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["document"], name="documents_spread_document", condition=Q(ended_at=None)),
            models.Index(fields=["agency", "-given_at"], name="documents_spread_agency"),
        ]


class Confirmation(models.Model):
    """A person who is asked to read and to confirm it, in the post held that day; one row for each person.

    ``let_read``: the post may read the document because of this. ``item`` waits in the post's inbox, one for all its
    holders. ``notice_at`` is when the person is reminded next, ``notices`` how often that has happened.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dissemination = models.ForeignKey(Dissemination, on_delete=models.PROTECT, related_name="confirmations")
    user = models.BigIntegerField()
    name = models.CharField(max_length=200)
    position = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    position_title = models.CharField(max_length=200)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=300)
    let_read = models.BooleanField(default=False)
    item = models.UUIDField(null=True)
    added_at = models.DateTimeField()
    due_at = models.DateTimeField()
    notice_at = models.DateTimeField(null=True)
    notices = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dissemination", "user"], name="documents_confirmation_once")]
        indexes = [
            models.Index(fields=["user", "due_at"], name="documents_confirmation_open", condition=Q(confirmed_at=None)),
            models.Index(
                fields=["notice_at"], name="documents_confirmation_notice", condition=Q(notice_at__isnull=False)
            ),
        ]
