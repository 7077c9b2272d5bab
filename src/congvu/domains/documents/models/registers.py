"""What two of the five registers are filled with: envelopes given to the post, stored copies lent out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from congvu.domains.documents.models.outgoing import Outgoing
from congvu.domains.documents.models.shared import Issuer


class Posting(models.Model):
    """Envelopes of one document given to the post on a day (sổ gửi văn bản đi bưu điện, NĐ 30/2020 Phụ lục IV).

    ``tracking`` is the number the post gave, if any; the clerk of the post signs and stamps the printed book.
    """

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="+")
    book = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    to = models.CharField(max_length=200)
    envelopes = models.PositiveSmallIntegerField()
    tracking = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        indexes = [
            models.Index(fields=["book", "sent_on", "id"], name="documents_posting_book"),
            models.Index(fields=["outgoing"], name="documents_posting_document"),
        ]


class Loan(models.Model):
    """A stored copy handed out for use (sổ sử dụng bản lưu, NĐ 30/2020 Phụ lục IV). Persons stand here as values.

    There is one stored copy: it is lent once at a time. ``file_code`` is the number and notation of its work file.
    """

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="+")
    book = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="+")
    lent_on = models.DateField()
    borrower = models.CharField(max_length=200)
    file_code = models.CharField(max_length=50, blank=True)
    allowed_by = models.CharField(max_length=200)
    returned_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    returned_to = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outgoing"], name="documents_loan_once", condition=Q(returned_on__isnull=True)
            ),
            models.CheckConstraint(
                name="documents_loan_days", condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("lent_on"))
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["book", "lent_on", "id"], name="documents_loan_book")]


class StatedFigure(models.Model):
    """A figure of the yearly statistics that no record of the system counts: staff, visits, metres of shelf.

    The newest of its issuer, year and key holds; older ones stay, with who stated them and when.
    """

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=24)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["issuer", "year", "key", "-at"], name="documents_stated_figure")]
