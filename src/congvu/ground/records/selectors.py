"""Reading: ``visible_to`` is the one read filter of the program."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import NotFound
from congvu.ground.records.fulltext import asked, holding, windows
from congvu.ground.records.models import Record

__all__ = ["asked", "get_visible", "holding", "visible_ids", "visible_to", "windows"]


def visible_to(actor: Actor) -> QuerySet[Record]:
    """The records the actor may read. The system actor reads everything; an actor without keys reads nothing."""
    if actor.kind is ActorKind.SYSTEM:
        return Record.objects.all()
    keys = actor.reader_keys
    return Record.objects.filter(readers__overlap=keys) if keys else Record.objects.none()


def visible_ids(actor: Actor) -> QuerySet[Record, dict[str, UUID]]:
    """The same filter as a subquery of ids, for rooms that hold their own rows under records."""
    return visible_to(actor).values("id")  # type: ignore[return-value]


def get_visible(actor: Actor, record_id: UUID, *, kind: str | tuple[str, ...]) -> Record:
    """One record of the kind, or of one of the kinds, that the actor may read. Raises NotFound, whether it is missing
    or hidden."""
    kinds = (kind,) if isinstance(kind, str) else kind
    record = visible_to(actor).filter(id=record_id, kind__in=kinds).first()
    if record is None:
        raise NotFound(_("Không tìm thấy hồ sơ này, hoặc hồ sơ không thuộc phạm vi được xem."))
    return record
