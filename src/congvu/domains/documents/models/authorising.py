"""Written authorisations to sign (TUQ., NĐ 30/2020 Điều 13): limited in time and matters, never handed on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from congvu.domains.documents.models.shared import Issuer


class Authorisation(models.Model):
    """The leader ``giver`` lets ``holder`` sign for the issuer from a day to a day, by the document ``number``.

    ``kinds`` are keys of kinds of documents, empty for every kind; ``matters`` says for what, in words. ``ended_on`` is
    the first day on which it no longer holds, where it was taken back before its last day.
    """

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    matters = models.TextField()
    kinds = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField()
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=200)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_authorisation_days", condition=Q(valid_to__gte=F("valid_from")) & ~Q(number="")
            )
        ]
        indexes = [models.Index(fields=["issuer", "holder", "valid_to"], name="documents_authorisation_holder")]
