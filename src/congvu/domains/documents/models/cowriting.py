"""Posts that write a draft together with its drafter. Every version keeps who wrote it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from congvu.domains.documents.models.outgoing import Outgoing


class CoWriter(models.Model):
    """A post named by the drafter; ``ended_at`` once it writes no more. What it wrote stays, and it reads on."""

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="co_writers")
    position = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    named_at = models.DateTimeField()
    named_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outgoing", "position"], name="documents_co_writer_once", condition=Q(ended_at=None)
            )
        ]
