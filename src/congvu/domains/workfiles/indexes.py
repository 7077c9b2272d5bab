"""Mục lục hồ sơ, tài liệu nộp lưu: the files that were handed over in a year, or those of a year's list that were, with
what the printed index says of each (NĐ 30/2020 Phụ lục V)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from django.db.models import IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from congvu.common.actor import Actor
from congvu.common.zones import at
from congvu.domains.workfiles import policies
from congvu.domains.workfiles.metadata import maintenance_words
from congvu.domains.workfiles.models import State, Submission, WorkFile
from congvu.ground.records.selectors import visible_to

MOST = 5000
# Handed to the archive; a file that came back, or is still worked on, is on no such list.
HANDED = (State.SUBMITTED, State.ARCHIVED, State.DISPOSAL, State.DESTROYED)


class By(Enum):
    """Which year an index is of: that of the hand-over, or that of the list (danh mục hồ sơ) the files stand in."""

    HAND_OVER = "nop-luu"
    LIST = "danh-muc"


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


def index_of(actor: Actor, *, year: int, by: By = By.HAND_OVER, limit: int = MOST) -> tuple[IndexRow, ...]:
    """The files handed over in a year, or handed over whenever of a year's list, that the actor may read: by the year
    of their list, then by notation. One statement.

    The day of the hand-over is that on which the archive took the file, by the time of the province; of one that it
    has not answered yet the day on which it was submitted.
    """
    pages = Sum(
        Cast(KeyTextTransform("pages", "entries__described"), IntegerField()), filter=Q(entries__removed_at=None)
    )
    rows = WorkFile.objects.filter(record__in=visible_to(actor).filter(kind=policies.KIND, state__in=HANDED))
    if by is By.LIST:
        rows = rows.filter(year=year)
    else:
        waits = Submission.objects.filter(file=OuterRef("pk"), answer="").values("at")
        rows = rows.annotate(handed=Coalesce("archived_at", Subquery(waits)))
        rows = rows.filter(handed__gte=at(date(year, 1, 1)), handed__lt=at(date(year + 1, 1, 1)))
    listed = rows.select_related("record").annotate(held_pages=pages).order_by("year", "notation", "record_id")
    return tuple(
        IndexRow(
            one.pk, one.record.code, one.notation, one.record.title, maintenance_words(one.years), one.started_on,
            one.ended_on, one.held_pages or 0, one.paper, one.record.state == State.DESTROYED,
        )
        for one in listed[:limit]
    )  # fmt: skip
