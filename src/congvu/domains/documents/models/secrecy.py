"""What people said of marks of secrecy that a machine read in a draft."""

from __future__ import annotations

from django.db import models

from congvu.domains.documents.models.outgoing import Outgoing


class DeniedMark(models.Model):
    """A mark that is none: a heading of a table, a word in capitals. Somebody said so by name, with a reason.

    ``about`` is the file that was brought (its id), or the draft's own words as they stood.
    """

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="denied_marks")
    about = models.CharField(max_length=36)
    mark = models.CharField(max_length=12)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outgoing", "about", "mark"], name="documents_denied_mark_once")]
