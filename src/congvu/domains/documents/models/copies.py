"""Copies that the agency makes and answers for (NĐ 30/2020 Điều 25–27)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from congvu.domains.documents.models.shared import Issuer


class Copy(models.Model):
    """A copy under its record: sao y, sao lục or trích sao of ``source``, with a number of the one series of copies.

    ``medium`` is what the copy is, paper or electronic; ``origin`` what it was made from. ``content`` is the file: the
    signed electronic copy, or the paper to be printed and sealed.
    """

    class Form(models.TextChoices):
        TRUE = "SY", gettext_lazy("Sao y")
        RELAY = "SL", gettext_lazy("Sao lục")
        EXTRACT = "TrS", gettext_lazy("Trích sao")

    class Medium(models.TextChoices):
        PAPER = "paper", gettext_lazy("Bản giấy")
        ELECTRONIC = "electronic", gettext_lazy("Bản điện tử")

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=3, choices=Form.choices)
    origin = models.CharField(max_length=10, choices=Medium.choices)
    medium = models.CharField(max_length=10, choices=Medium.choices)
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    symbol = models.CharField(max_length=30)
    made_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    signer_name = models.CharField(max_length=200, blank=True)
    recipients = models.JSONField(default=list)
    content = models.UUIDField()
    pages = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "year", "number"], name="documents_copy_number")]
        indexes = [models.Index(fields=["source"], name="documents_copy_source")]
