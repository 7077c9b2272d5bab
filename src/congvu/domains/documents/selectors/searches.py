"""A person's kept searches."""

from __future__ import annotations

from congvu.common.actor import Actor
from congvu.domains.documents.models import SavedSearch


def searches(actor: Actor) -> list[tuple[int, str, str]]:
    """The own searches by name: id, name, query. One statement."""
    rows = SavedSearch.objects.filter(user=actor.user_id).order_by("name") if actor.user_id is not None else []
    return [(row.pk, row.name, row.query) for row in rows]
