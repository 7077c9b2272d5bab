"""Counting dossiers for boards and reports: every number comes with what it is counted from, and with its rows."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from congvu.common.actor import Actor
from congvu.domains.dossiers.models import Channel, Dossier, State
from congvu.domains.dossiers.types import SettledRow, Share
from congvu.ground.records.selectors import visible_ids

# Settled: there is a result, or a refusal in writing. Withdrawn and stopped dossiers were not settled by the authority.
SETTLED = (State.FINISHED, State.RETURNED, State.REFUSED)
_IN_TIME = Q(finished_at__lte=F("record__due_at"))


def _visible(actor: Actor) -> QuerySet[Dossier]:
    return Dossier.objects.filter(record__in=visible_ids(actor))


def _settled(actor: Actor) -> QuerySet[Dossier]:
    return _visible(actor).filter(record__state__in=SETTLED, finished_at__isnull=False)


def total(actor: Actor) -> int:
    """All dossiers the actor may read, whatever their state."""
    return _visible(actor).count()


def settled_on_time(actor: Actor) -> Share:
    """Settled by the promised time / settled. The promised time is that of the legal clock. One statement."""
    found = _settled(actor).aggregate(part=Count("pk", filter=_IN_TIME), whole=Count("pk"))
    return Share(found["part"], found["whole"])


def settled(actor: Actor, *, limit: int = 100) -> list[SettledRow]:
    """The dossiers behind ``settled_on_time``: the late ones first, then the newest. One statement."""
    late = Case(When(_IN_TIME, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = _settled(actor).annotate(on_time=late).select_related("record").order_by("on_time", "-finished_at", "pk")
    return [
        SettledRow(
            code=row.record.code, procedure_code=row.procedure_code, authority_id=row.authority_id,
            due_at=row.record.due_at, finished_at=row.finished_at, on_time=bool(row.on_time),
        )
        for row in rows[:limit]
    ]  # fmt: skip


def by_channel(actor: Actor) -> dict[str, int]:
    """How many came by each way, every way named, the ways without any too. One statement."""
    found = dict(_visible(actor).values_list("channel").annotate(Count("pk")))
    return {str(channel.label): found.get(channel.value, 0) for channel in Channel}


def received_by_authority(actor: Actor, since: datetime) -> dict[int, int]:
    """Dossiers received since the moment, by the id of the authority that decides. One statement."""
    rows = _visible(actor).filter(received_at__gte=since).values_list("authority_id").annotate(Count("pk"))
    return dict(rows)
