"""Opinions asked on a draft before it is signed, and what its drafter made of them. All are kept for ever."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from congvu.common.ids import uuid7
from congvu.domains.documents.models.outgoing import Outgoing, Version


class Consultation(models.Model):
    """One round of asking on ``version`` of a draft. ``due_at`` is in the working time of the drafting unit.

    ``notice_at`` is the next reminder. Closed by whoever asked, or with the draft: then ``closed_by`` is empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="consultations")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(blank=True)
    due_at = models.DateTimeField()
    asker = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    asked_by_position = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    notice_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["asker", "-asked_at"], name="documents_consultation_asker"),
            models.Index(fields=["notice_at"], name="documents_consultation_notice", condition=Q(closed_at=None)),
        ]


class Consulted(models.Model):
    """A unit, for which its head answers, or a post that is asked. ``keys`` are the work keys of who may answer."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="consulted")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey("orgs.Position", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    keys = ArrayField(models.CharField(max_length=60))
    item = models.UUIDField()

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="documents_consulted_keys")]


class DraftOpinion(models.Model):
    """What one of them said of a version; the newest of each counts. ``taken``, ``words``: the drafter's answer."""

    class Stance(models.TextChoices):
        AGREE = "agree", gettext_lazy("Nhất trí")
        REMARKS = "remarks", gettext_lazy("Nhất trí, có ý kiến")
        DISAGREE = "disagree", gettext_lazy("Không nhất trí")

    class Taken(models.TextChoices):
        ACCEPTED = "accepted", gettext_lazy("Tiếp thu")
        EXPLAINED = "explained", gettext_lazy("Giải trình")

    consulted = models.ForeignKey(Consulted, on_delete=models.PROTECT, related_name="opinions")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=8, choices=Stance.choices)
    text = models.TextField(blank=True)
    file = models.UUIDField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    taken = models.CharField(max_length=9, choices=Taken.choices, blank=True)
    words = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_opinion_settled", condition=Q(taken="", settled_at=None) | ~Q(taken="", words="")
            )
        ]
