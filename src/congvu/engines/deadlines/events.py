"""What this room tells: a promised time changed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from congvu.ground.events.services import event


@event("deadlines.due_changed")
@dataclass(frozen=True, slots=True)
class DueChanged:
    """The legal due time of a record changed after it was first promised.

    ``old`` and ``new`` are ISO 8601 (+07:00), empty while the clock waits. ``cause`` is ``pause``, ``resume``,
    ``cancel_pause``, ``extend``, ``stop`` or ``calendar``.
    """

    record: UUID
    old: str
    new: str
    cause: str
