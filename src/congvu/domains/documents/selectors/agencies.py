"""Which agencies work in the system, how much, and how much of it without paper. Counts alone, no document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from congvu.common.actor import Actor
from congvu.common.zones import at
from congvu.domains.documents.models import Incoming, Issuer, Outgoing, Posting, Recipient
from congvu.ground.orgs import selectors as orgs


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency that keeps books: what it registered and issued in a period, and how much of that without paper."""

    unit_id: int
    name: str
    tier: str
    registered: int
    issued: int
    paperless: int

    @property
    def at_work(self) -> bool:
        return bool(self.registered or self.issued)


def agencies(actor: Actor, *, since: date, until: date) -> tuple[AgencyRow, ...]:
    """The agencies whose work the post oversees, its own among them, by tier and name. Four statements.

    Only counts: whoever follows the province sees that an agency works, not on what.
    """
    tree = orgs.tree()
    own = {tree.agency_of(actor.unit_id).id} if actor.unit_id is not None else set()
    keep = set(Issuer.objects.values_list("unit", flat=True).distinct()) & (set(actor.unit_ids) | own)
    begin, end = at(since), at(until + timedelta(days=1))
    registered = _registered(keep, begin, end)
    issued = _issued(keep, begin, end)
    found = [
        AgencyRow(unit, view.name, view.level, registered.get(unit, 0), *issued.get(unit, (0, 0)))
        for unit in keep
        if (view := tree.get(unit)) is not None
    ]
    return tuple(sorted(found, key=lambda row: (row.tier, row.name)))


def _registered(units: Iterable[int], begin: object, end: object) -> dict[int, int]:
    rows = Incoming.objects.filter(
        book__unit__in=units, arrival_number__isnull=False, registered_at__gte=begin, registered_at__lt=end
    )
    return dict(rows.values_list("book__unit").annotate(Count("pk")).order_by())


def _issued(units: Iterable[int], begin: object, end: object) -> dict[int, tuple[int, int]]:
    rows = Outgoing.objects.filter(issuer__unit__in=units, issued_at__gte=begin, issued_at__lt=end).annotate(
        posted=Exists(Posting.objects.filter(outgoing=OuterRef("pk"))),
        on_paper=Exists(Recipient.objects.filter(outgoing=OuterRef("pk"), way=Recipient.Way.PAPER)),
    )
    counted = rows.values("issuer__unit").annotate(
        whole=Count("pk"), part=Count("pk", filter=Q(paper=False, on_paper=False, posted=False))
    )
    return {row["issuer__unit"]: (row["whole"], row["part"]) for row in counted.order_by()}
