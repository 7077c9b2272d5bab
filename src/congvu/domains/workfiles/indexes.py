"""Mục lục hồ sơ, tài liệu nộp lưu: the files of a year that were handed over, with what the printed index says of each
(NĐ 30/2020 Phụ lục V)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import IntegerField, Q, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from congvu.common.actor import Actor
from congvu.domains.workfiles import policies
from congvu.domains.workfiles.metadata import maintenance_words
from congvu.domains.workfiles.models import State, WorkFile
from congvu.ground.records.selectors import visible_to

MOST = 5000
# Handed to the archive; a file that came back, or is still worked on, is on no such list.
HANDED = (State.SUBMITTED, State.ARCHIVED, State.DISPOSAL, State.DESTROYED)


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A file as the index names it; ``pages`` are those of the documents in it. ``destroyed`` by a decision since."""

    id: UUID
    code: str
    notation: str
    title: str
    retention: str
    started_on: date
    ended_on: date | None
    pages: int
    paper: bool
    destroyed: bool


def index_of(actor: Actor, *, year: int, limit: int = MOST) -> tuple[IndexRow, ...]:
    """The files of a year that were handed over and the actor may read, by notation. One statement."""
    pages = Sum(
        Cast(KeyTextTransform("pages", "entries__described"), IntegerField()), filter=Q(entries__removed_at=None)
    )
    rows = WorkFile.objects.filter(record__in=visible_to(actor).filter(kind=policies.KIND, state__in=HANDED), year=year)
    listed = rows.select_related("record").annotate(held_pages=pages).order_by("notation", "record_id")
    return tuple(
        IndexRow(
            one.pk, one.record.code, one.notation, one.record.title, maintenance_words(one.years), one.started_on,
            one.ended_on, one.held_pages or 0, one.paper, one.record.state == State.DESTROYED,
        )
        for one in listed[:limit]
    )  # fmt: skip
