"""Searches that people keep."""

from __future__ import annotations

from django.db import models


class SavedSearch(models.Model):
    """A question a person asks again: its name and its fields as the address of the search writes them."""

    user = models.BigIntegerField()
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="documents_search_name")]
