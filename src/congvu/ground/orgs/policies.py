"""Who may change units, posts and stand-ins: an administrator within the own agency, the system everywhere."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden
from congvu.common.zones import local_date, utc_now
from congvu.ground.accounts.selectors import token
from congvu.ground.orgs import tree
from congvu.ground.orgs.models import Assignment, Position, Substitution, UnitVersion
from congvu.ground.orgs.types import UnitFacts


def _administers(actor: Actor, unit_id: int | None) -> None:
    """The unit lies in the agency of the administrator's post; a unit that is yet to come counts by its parent."""
    if actor.kind is ActorKind.SYSTEM:
        return
    if actor.kind is not ActorKind.STAFF or actor.unit_id is None or not actor.has_role("admin"):
        raise Forbidden(_("Chỉ người quản trị được thay đổi đơn vị, vị trí và phân công."))
    units = tree.tree(local_date(utc_now()))
    inside = units.subtree(units.agency_of(actor.unit_id).id) if units.get(actor.unit_id) else set()
    if unit_id in inside or UnitVersion.objects.filter(unit_id=unit_id or 0, parent_id__in=inside).exists():
        return
    raise Forbidden(_("Đơn vị này nằm ngoài phạm vi quản trị của vị trí đang dùng."))


def may_create_unit(actor: Actor, key: str, facts: UnitFacts, **_values: Any) -> None:
    _administers(actor, facts.parent_id)


def may_change_unit(actor: Actor, unit_id: int, facts: UnitFacts | None = None, **_values: Any) -> None:
    """Both where the unit is and, when it moves, where it goes to."""
    _administers(actor, unit_id)
    if facts is not None and facts.parent_id is not None:
        _administers(actor, facts.parent_id)


def may_set_settings(actor: Actor, unit_id: int, *_args: Any, **_values: Any) -> None:
    _administers(actor, unit_id)


def may_succeed_unit(actor: Actor, unit_id: int, *_args: Any, **_values: Any) -> None:
    _administers(actor, unit_id)


def may_create_position(actor: Actor, unit_id: int, *_args: Any, **_values: Any) -> None:
    _administers(actor, unit_id)


def may_assign(actor: Actor, position_id: int, *_args: Any, **_values: Any) -> None:
    _administers(actor, _unit_of(position_id))


def may_end_assignment(actor: Actor, assignment_id: int, **_values: Any) -> None:
    position = Assignment.objects.filter(id=assignment_id).values_list("position_id", flat=True).first()
    _administers(actor, _unit_of(position))


def may_substitute(actor: Actor, position_id: int, *_args: Any, **_values: Any) -> None:
    """An administrator, or the holder of the position themselves; a stand-in appoints no further stand-in."""
    if actor.kind is ActorKind.STAFF and actor.position_id == position_id and not actor.on_behalf_of:
        return
    _administers(actor, _unit_of(position_id))


def may_revoke_substitution(actor: Actor, substitution_id: int) -> None:
    position = Substitution.objects.filter(id=substitution_id).values_list("position_id", flat=True).first()
    may_substitute(actor, position or 0)


def may_issue_token(actor: Actor, position_id: int, *_args: Any, **_values: Any) -> None:
    """An administrator of the agency the post belongs to: a token is as much as a person in the post."""
    _administers(actor, _unit_of(position_id))


def may_revoke_token(actor: Actor, token_id: int) -> None:
    _administers(actor, _unit_of(token(token_id).position_id))


def _unit_of(position_id: int | None) -> int | None:
    return Position.objects.filter(id=position_id or 0).values_list("unit_id", flat=True).first()
