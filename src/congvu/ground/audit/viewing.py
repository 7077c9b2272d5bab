"""Who looked at a record. Writing is a side of reading, so it is no act."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Count, Min, Q
from django.utils import timezone

from congvu.common.actor import Actor, ActorKind
from congvu.ground.audit.models import Viewing
from congvu.ground.audit.types import ViewCounts, ViewLine

What = Literal["page", "file", "print"]


def viewed(actor: Actor, record: UUID, *, what: What = "page") -> None:
    """Keep that an official looked at a record; whether the actor may is asked before by the room of the record."""
    if actor.kind is ActorKind.STAFF:
        Viewing.objects.create(
            at=timezone.now(), record=record, user=actor.user_id, name=actor.name,
            position_title=actor.position_title, on_behalf_of=actor.on_behalf_of, what=what,
        )  # fmt: skip


def viewings(record: UUID, *, limit: int = 200) -> tuple[ViewLine, ...]:
    """Who looked at a record and when, the newest first. One statement."""
    rows = Viewing.objects.filter(record=record).order_by("-at", "-id")[:limit]
    return tuple(
        ViewLine(row.at, row.name, row.position_title, row.on_behalf_of, str(Viewing.What(row.what).label))
        for row in rows
    )


def view_counts(record: UUID) -> ViewCounts:
    """How often a record was looked at, by how many, and how many copies were printed. One statement."""
    printed = Count("id", filter=Q(what=Viewing.What.PRINT))
    found = Viewing.objects.filter(record=record).aggregate(
        times=Count("id"), people=Count("user", distinct=True), printed=printed
    )
    return ViewCounts(found["times"], found["people"], found["printed"])


def opened_since(record: UUID, moment: datetime) -> dict[int, datetime]:
    """When each person first looked at a record from a moment on, by user. One statement."""
    rows = Viewing.objects.filter(record=record, at__gte=moment).exclude(user=None)
    found = rows.values("user").annotate(first=Min("at")).values_list("user", "first")
    return {user: first for user, first in found if user is not None}
