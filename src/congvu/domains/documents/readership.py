"""Who may make documents known and confirm them, and how a person asked stands at a moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden
from congvu.common.zones import local_date
from congvu.domains.documents.models import Confirmation, Dissemination
from congvu.domains.documents.policies import HEADS, LEADERS, agency_of_record, may_read
from congvu.domains.documents.spreading_types import CONFIRMED, CONFIRMED_LATE, LACKING, LATE, LEFT, SpreadInput
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.records.selectors import get_visible

SPREAD = "doc_spread"
OPEN, ENDED = "open", "ended"


def may_disseminate(actor: Actor, given: SpreadInput, *_args: Any, **_given: Any) -> None:
    """Leaders, heads of units and records clerks of the agency, for a document they may read themselves."""
    if not makes_known(actor):
        raise Forbidden(_("Chỉ lãnh đạo, người đứng đầu đơn vị, văn thư cơ quan được phổ biến văn bản."))
    if given.document is not None:
        may_read(actor, given.document)
        if agency_of(actor) != agency_of_record(given.document):
            raise Forbidden(_("Văn bản này thuộc sổ của cơ quan khác."))


def makes_known(actor: Actor) -> bool:
    """Whether the post may make anything known at all."""
    in_office = actor.kind is ActorKind.STAFF and actor.unit_id is not None and actor.position_id is not None
    return in_office and actor.has_role(*HEADS, "registrar")


def may_manage(actor: Actor, dissemination_id: UUID, *_args: Any, **_given: Any) -> None:
    """The post that gave it, and the leaders and records clerks of the agency."""
    get_visible(actor, dissemination_id, kind=SPREAD)
    if not manages(actor, Dissemination.objects.get(record_id=dissemination_id)):
        raise Forbidden(_("Chỉ người phổ biến, lãnh đạo, văn thư cơ quan được làm việc này."))


def manages(actor: Actor, row: Dissemination) -> bool:
    """Whether the actor answers for it and sees who has confirmed."""
    if actor.kind is not ActorKind.STAFF or actor.position_id is None:
        return False
    own = actor.has_role("registrar", *LEADERS) and agency_of(actor) == row.agency_id
    return own or actor.position_id == row.post_id


def led_by(actor: Actor, agency: int) -> frozenset[int]:
    """The units of this agency whose people's readings the actor may see as the head of their unit; none for others."""
    if actor.kind is not ActorKind.STAFF or actor.unit_id is None or not actor.has_role("head"):
        return frozenset()
    tree = orgs.tree()
    return frozenset(tree.subtree(actor.unit_id)) if tree.agency_of(actor.unit_id).id == agency else frozenset()


def heads_over(units: Collection[int]) -> frozenset[str]:
    """The reader keys of the heads of these units and of those above them in the agency. One statement."""
    tree = orgs.tree()
    near = {above for unit in units for above in _way_up(tree, unit)}
    return frozenset(f"p:{seat.position_id}" for seat in orgs.seats(near) if "head" in seat.roles)


def _way_up(tree: UnitTree, unit: int) -> list[int]:
    agency, way = tree.agency_of(unit).id, []
    at: int | None = unit
    while at is not None and at != agency:
        way.append(at)
        at = tree.unit(at).parent_id
    return way


def may_confirm(actor: Actor, dissemination_id: UUID, *_args: Any, **_given: Any) -> None:
    """Only the person asked: whoever acts in that person's post confirms nothing in the other's name."""
    get_visible(actor, dissemination_id, kind=SPREAD)
    asked = Confirmation.objects.filter(dissemination=dissemination_id, user=actor.user_id or 0)
    if actor.kind is not ActorKind.STAFF or actor.user_id is None or not asked.exists():
        raise Forbidden(_("Chỉ người được đề nghị đọc mới xác nhận được; không ai xác nhận thay người khác."))


def agency_of(actor: Actor) -> int:
    """The agency of the acting post; 0 for who has none."""
    return orgs.agency_of(actor.unit_id).id if actor.unit_id is not None else 0


def post_of(actor: Actor) -> int:
    """The acting post; 0 for who has none."""
    return actor.position_id or 0


def addressable(actor: Actor, tree: UnitTree) -> list[int]:
    """The units whose people this post may ask, in their order: the whole agency for its leaders, its records clerks
    and the head of its office; the own unit and those under it for other heads."""
    if actor.unit_id is None:
        return []
    agency = tree.agency_of(actor.unit_id).id
    office = tree.places(agency).get("office")
    wide = actor.has_role("registrar", *LEADERS) or (actor.has_role("head") and actor.unit_id == office)
    top = agency if wide else actor.unit_id
    below = tree.subtree(top)
    return [unit.id for unit in tree if unit.id in below and tree.agency_of(unit.id).id == agency]


def day_of(row: Dissemination, now: datetime) -> date:
    """The day whose posts count: today, or the day it ended, so that a report that is over stays as it was."""
    return local_date(row.ended_at or now)


def state_of(one: Confirmation, row: Dissemination, now: datetime, present: Collection[tuple[int, int]]) -> str:
    """How a person stands. ``present`` are (user, post) of ``day_of``."""
    if one.confirmed_at is not None:
        return CONFIRMED_LATE if one.confirmed_at > one.due_at else CONFIRMED
    if (one.user, one.position_id) not in present:
        return LEFT
    return LATE if (row.ended_at or now) > one.due_at else LACKING


def present_in(rows: Collection[Confirmation], day: date) -> frozenset[tuple[int, int]]:
    """Who of those asked is in the post on the day, as (user, post). One statement."""
    found = orgs.members(positions={one.position_id for one in rows}, on=day)
    return frozenset((member.user_id, member.position_id) for member in found)
