"""Who may do what in a calendar. Each policy has the parameters of its act and raises, or says nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden, NotFound
from congvu.domains.calendars.models import Entry, Room, Series
from congvu.domains.calendars.types import EntryInput, State
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.records.selectors import get_visible, visible_to

KIND = "calendar"
# The unit that keeps the agency's calendar: Văn phòng.
OFFICE = "office"


def seat_of(actor: Actor) -> tuple[int, int]:
    """Unit and post the actor acts in. Raises Forbidden for who has none."""
    if actor.kind is not ActorKind.STAFF or actor.unit_id is None or actor.position_id is None:
        raise Forbidden(_("Tài khoản chưa được phân công vào vị trí nào."))
    return actor.unit_id, actor.position_id


def agency_of(actor: Actor, tree: UnitTree | None = None) -> int:
    """The agency whose calendar the actor works with. Raises Forbidden for who has no post."""
    return (tree or orgs.tree()).agency_of(seat_of(actor)[0]).id


def keeps(actor: Actor, agency: int, tree: UnitTree | None = None) -> bool:
    """Whether the post keeps the agency's calendar: its records clerk, the head of its office, its leaders."""
    if actor.kind is not ActorKind.STAFF or actor.unit_id is None:
        return False
    there = tree or orgs.tree()
    if there.get(actor.unit_id) is None or there.agency_of(actor.unit_id).id != agency:
        return False
    return actor.has_role("registrar", "chair") or (actor.has_role("head") and there.unit(actor.unit_id).type == OFFICE)


def require_keep(actor: Actor, agency: int) -> None:
    if not keeps(actor, agency):
        raise Forbidden(
            _("Lịch công tác của cơ quan do Văn phòng giữ: chánh văn phòng, văn thư hoặc lãnh đạo cơ quan.")
        )


def visible_entry(actor: Actor, entry_id: UUID) -> Entry:
    """The entry with its record. Raises NotFound, whether it is missing or hidden."""
    get_visible(actor, entry_id, kind=KIND)
    return Entry.objects.select_related("record").get(record_id=entry_id)


def proposed_by(actor: Actor, entry: Entry) -> bool:
    return actor.kind is ActorKind.STAFF and actor.position_id == entry.position_id


def may_register(actor: Actor, given: EntryInput, *_args: Any, **_given: Any) -> None:
    """Everybody with a post, from documents they may read."""
    agency_of(actor)
    if given.source is not None and not visible_to(actor).filter(id=given.source).exists():
        raise NotFound(_("Không tìm thấy văn bản gốc, hoặc văn bản không thuộc phạm vi được xem."))


def may_amend(actor: Actor, entry_id: UUID, *_args: Any, **_given: Any) -> None:
    """A proposal is its proposer's to correct, and the office's."""
    entry = visible_entry(actor, entry_id)
    if not (proposed_by(actor, entry) or keeps(actor, entry.agency_id)):
        raise Forbidden(_("Chỉ người đăng ký hoặc Văn phòng sửa được lịch này."))


def may_decide(actor: Actor, entry_id: UUID, *_args: Any, **_given: Any) -> None:
    require_keep(actor, visible_entry(actor, entry_id).agency_id)


def may_cancel(actor: Actor, entry_id: UUID, *_args: Any, **_given: Any) -> None:
    """What stands in the calendar is taken out by the office; a proposal also by who made it."""
    entry = visible_entry(actor, entry_id)
    if entry.record.state == State.PROPOSED and proposed_by(actor, entry):
        return
    require_keep(actor, entry.agency_id)


def may_keep(actor: Actor, *_args: Any, **_given: Any) -> None:
    """The office of the actor's own agency."""
    require_keep(actor, agency_of(actor))


def may_keep_room(actor: Actor, room_id: int, *_args: Any, **_given: Any) -> None:
    room = Room.objects.filter(id=room_id).first()
    if room is None:
        raise NotFound(_("Không tìm thấy phòng này."))
    require_keep(actor, room.agency_id)


def may_keep_series(actor: Actor, series_id: int, *_args: Any, **_given: Any) -> None:
    series = Series.objects.filter(id=series_id).first()
    if series is None:
        raise NotFound(_("Không tìm thấy lịch lặp lại này."))
    require_keep(actor, series.agency_id)


def only_system(actor: Actor, *_args: Any, **_given: Any) -> None:
    if actor.kind is not ActorKind.SYSTEM:
        raise Forbidden(_("Việc này do hệ thống thực hiện."))
