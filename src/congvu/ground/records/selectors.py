"""Reading: ``visible_to`` is the one read filter of the program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.counting import CAP, Counting
from congvu.common.errors import NotFound
from congvu.ground.records.fulltext import asked, holding, windows
from congvu.ground.records.looking import MOST, Frequency, frequency, look_through
from congvu.ground.records.models import Record

__all__ = [
    "MOST", "Frequency", "asked", "frequency", "get_visible", "holding", "look_through", "newest", "standing",
    "urgent_first", "visible_ids", "visible_to", "windows",
]  # fmt: skip


def visible_to(actor: Actor) -> QuerySet[Record]:
    """The records the actor may read. The system actor reads everything; an actor without keys reads nothing."""
    if actor.kind is ActorKind.SYSTEM:
        return Record.objects.all()
    keys = actor.reader_keys
    return Record.objects.filter(readers__overlap=keys) if keys else Record.objects.none()


def visible_ids(actor: Actor) -> QuerySet[Record, dict[str, UUID]]:
    """The same filter as a subquery of ids, for rooms that hold their own rows under records."""
    return visible_to(actor).values("id")  # type: ignore[return-value]


def newest(
    rows: QuerySet[Record], limit: int, *, states: Iterable[str] = (), before: tuple[datetime, UUID] | None = None
) -> QuerySet[Record, dict[str, UUID]]:
    """Ids of the newest of these records, as a subquery for rooms that hold their own rows under records.

    ``rows`` is ``visible_to(actor)`` of one kind, narrowed further or not. With states it holds the newest ``limit`` of
    each, because an index has them in order only one state at a time: who asks sorts and cuts again. ``before`` is
    where the page before ended.
    """
    if before is not None:
        rows = rows.filter(opened_at__lte=before[0]).filter(Q(opened_at__lt=before[0]) | Q(id__lt=before[1]))
    parts = [rows.filter(state=state) for state in dict.fromkeys(states)] or [rows]
    first, *others = [part.order_by("-opened_at", "-id").values("id")[:limit] for part in parts]
    return first.union(*others, all=True) if others else first  # type: ignore[return-value]


def urgent_first(
    rows: QuerySet[Record], limit: int, *, state: str, before: tuple[int, datetime, UUID] | None = None
) -> QuerySet[Record, dict[str, UUID]]:
    """Ids of the most urgent of these records in one state, the newest first among equals, as ``newest`` gives them.

    The urgent and the ordinary are a range each, because an index has the few urgent ones in order and another all by
    time: up to ``limit`` of both, who asks sorts and cuts again. ``before`` is where the page before ended.
    """
    rows = rows.filter(state=state)
    # A range, because of an equality the planner would think that it is rare, as long as it has no statistics.
    ordinary = rows.filter(urgency__lte=0)
    if before is not None and before[0] == 0:
        return newest(ordinary, limit, before=before[1:])
    urgent = rows.filter(urgency__gt=0).order_by("-urgency", "-opened_at", "-id")
    if before is not None:
        urgent = urgent.extra(where=["(urgency, opened_at, id) < (%s, %s, %s)"], params=before)
    return urgent.values("id")[:limit].union(newest(ordinary, limit), all=True)  # type: ignore[return-value]


def standing(actor: Actor, kind: str, states: Iterable[str]) -> Counting:
    """How many records of a kind the actor may read in these states: the newest of each are counted."""
    return Counting.of(newest(visible_to(actor).filter(kind=kind), CAP + 1, states=states))


def get_visible(actor: Actor, record_id: UUID, *, kind: str | tuple[str, ...]) -> Record:
    """One record of the kind, or of one of the kinds, that the actor may read. Raises NotFound, whether it is missing
    or hidden."""
    kinds = (kind,) if isinstance(kind, str) else kind
    record = visible_to(actor).filter(id=record_id, kind__in=kinds).first()
    if record is None:
        raise NotFound(_("Nội dung này không có, hoặc không thuộc phạm vi được xem."))
    return record
