"""Writing entries, sealing them into a chain, and proving the chain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from congvu.common.actor import Actor
from congvu.common.zones import at as civil
from congvu.common.zones import local_date
from congvu.ground.audit.models import DaySeal, Entry, Link

GENESIS = "0" * 64
# Fixed key of the advisory lock that lets one sealer run at a time.
SEALER_LOCK = 7_310_766
_DIGESTED = (
    "id", "at", "verb", "actor_kind", "actor_user", "actor_name", "position", "position_title", "unit",
    "on_behalf_of", "record", "detail",
)  # fmt: skip


def entry_digest(entry: Entry) -> str:
    """SHA-256 over the entry's values in canonical JSON (sorted keys, UTC, microseconds)."""
    values = {name: getattr(entry, name) for name in _DIGESTED}
    values["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).hexdigest()


def write_entry(actor: Actor, verb: str, record: UUID | None, detail: dict[str, Any]) -> Entry:
    """Append one entry inside the caller's transaction."""
    entry = Entry(
        at=timezone.now(), verb=verb, actor_kind=actor.kind, actor_user=actor.user_id, actor_name=actor.name,
        position=actor.position_id, position_title=actor.position_title, unit=actor.unit_id,
        on_behalf_of=actor.on_behalf_of, record=record, detail=orjson.loads(orjson.dumps(detail, default=str)),
    )  # fmt: skip
    entry.digest = entry_digest(entry)
    entry.save(force_insert=True)
    return entry


def chain_hash(previous: str, digest: str) -> str:
    return hashlib.sha256(f"{previous}{digest}".encode()).hexdigest()


def _unsealed() -> Iterator[Entry]:
    sealed = Link.objects.values("entry")
    return Entry.objects.exclude(id__in=sealed).order_by("at", "id").iterator(chunk_size=1000)


def seal() -> int:
    """Chain every committed entry that is not chained yet and close finished days. Returns how many were chained."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        last = Link.objects.order_by("-position").first()
        position, chain = (last.position, last.chain) if last else (0, GENESIS)
        now, links = timezone.now(), []
        for entry in _unsealed():
            position, chain = position + 1, chain_hash(chain, entry.digest)
            links.append(Link(position=position, entry=entry.id, chain=chain, sealed_at=now))
        Link.objects.bulk_create(links, batch_size=1000)
        _close_days(local_date(now))
        return len(links)


def _close_days(today: date) -> None:
    """Seal each civil day before today that has links and no seal yet."""
    newest = DaySeal.objects.aggregate(day=Max("day"))["day"]
    first = Link.objects.order_by("position").values_list("sealed_at", flat=True).first()
    if first is None:
        return
    day = newest + timedelta(days=1) if newest else local_date(first)
    while day < today:
        last = Link.objects.filter(sealed_at__lt=civil(day + timedelta(days=1))).order_by("-position").first()
        if last is not None:
            DaySeal.objects.create(day=day, position=last.position, chain=last.chain)
        day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``verify`` found. ``unsealed`` entries are the tail that the next seal will chain."""

    sealed: int
    unsealed: int
    broken: tuple[str, ...]
    head: str
    checked_at: datetime

    @property
    def intact(self) -> bool:
        return not self.broken


def verify() -> Verdict:
    """Recompute every digest and the whole chain, in one snapshot (the caller's, if it already has one)."""
    if connection.in_atomic_block:
        return _verdict()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return _verdict()


def _verdict() -> Verdict:
    chain, sealed, broken = GENESIS, 0, []
    chained: dict[int, str] = {}
    for link, entry in _linked_entries():
        sealed += 1
        if link.position != sealed:
            broken.append(f"link {sealed} is missing")
            sealed = link.position
        if entry is None:
            broken.append(f"link {link.position}: entry {link.entry} is gone")
            continue
        if entry_digest(entry) != entry.digest:
            broken.append(f"entry {entry.id} was changed")
        chain = chain_hash(chain, entry_digest(entry))
        if chain != link.chain:
            broken.append(f"link {link.position} does not follow from the one before")
            chain = link.chain
        chained[link.position] = chain
    broken += [
        f"day {s.day} does not match the chain" for s in DaySeal.objects.all() if chained.get(s.position) != s.chain
    ]
    tail = list(_unsealed())
    broken += [f"entry {entry.id} was changed" for entry in tail if entry_digest(entry) != entry.digest]
    return Verdict(sealed, len(tail), tuple(broken), chain, timezone.now())


def _linked_entries() -> Iterator[tuple[Link, Entry | None]]:
    """Links in order, each with its entry, a thousand at a time."""
    after = 0
    while links := list(Link.objects.filter(position__gt=after).order_by("position")[:1000]):
        entries = Entry.objects.in_bulk([link.entry for link in links])
        yield from ((link, entries.get(link.entry)) for link in links)
        after = links[-1].position
