"""Reading the trail of one record; whether the reader may see the record is asked by the caller's room."""

from __future__ import annotations

from uuid import UUID

from congvu.ground.audit.acts import ACTS
from congvu.ground.audit.models import Entry
from congvu.ground.audit.types import TrailLine
from congvu.ground.audit.viewing import opened_since, view_counts, viewings

__all__ = ["opened_since", "trail_of", "view_counts", "viewings"]


def trail_of(record: UUID, *, limit: int = 200) -> list[TrailLine]:
    """What happened to the record, newest first."""
    entries = Entry.objects.filter(record=record).order_by("-at", "-id")[:limit]
    return [
        TrailLine(
            at=entry.at, verb=entry.verb, label=ACTS[entry.verb].label if entry.verb in ACTS else entry.verb,
            actor_name=entry.actor_name, position_title=entry.position_title, on_behalf_of=entry.on_behalf_of,
            actor_kind=entry.actor_kind, detail=entry.detail,
        )
        for entry in entries
    ]  # fmt: skip
