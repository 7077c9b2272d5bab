"""Files that were issued with a document."""

from __future__ import annotations

from django.db import models

from congvu.domains.documents.models.outgoing import Outgoing


class IssuedAnnex(models.Model):
    """A file of its own of an issued document: an annex with the agency's signature, or one that goes along.

    ``source`` is the file the signed version names, ``file`` what recipients get. Annexes are there as soon as the
    agency has signed them; what goes along comes with the issue.
    """

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="issued_annexes")
    source = models.UUIDField()
    file = models.UUIDField()
    sealed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outgoing", "source"], name="documents_annex_once")]
