"""Rooms of an agency."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.common.text import clean
from congvu.domains.calendars import policies
from congvu.domains.calendars.errors import WrongState
from congvu.domains.calendars.models import Room
from congvu.ground.audit.services import act, note

NAME, MOST = 100, 5000


@act("calendar.add_room", policy=policies.may_keep, label="Thêm phòng họp, phòng làm việc chung")
def add_room(actor: Actor, name: str, *, seats: int | None = None) -> int:
    """A room that entries take. Raises Invalid, Conflict for a name the agency has."""
    tidy, agency = clean(name), policies.agency_of(actor)
    if not 0 < len(tidy) <= NAME:
        message = _("Ghi tên phòng, tối đa 100 ký tự.")
        raise Invalid(message, problems=(Problem("name", message, "required"),))
    if seats is not None and not 0 < seats <= MOST:
        message = _("Số chỗ từ 1 đến 5.000.")
        raise Invalid(message, problems=(Problem("seats", message, "range"),))
    if Room.objects.filter(agency=agency, name=tidy, closed_at=None).exists():
        message = _("Cơ quan đã có phòng tên này.")
        raise Conflict(message, problems=(Problem("name", message, "taken"),))
    room = Room.objects.create(agency_id=agency, name=tidy, seats=seats)
    note(room=room.pk, name=tidy)
    return int(room.pk)


@act("calendar.close_room", policy=policies.may_keep_room, label="Ngừng dùng phòng")
def close_room(_actor: Actor, room_id: int) -> None:
    """No entry takes the room any more; those that did keep it. Raises WrongState for one that is closed."""
    room = Room.objects.select_for_update().get(id=room_id)
    if room.closed_at is not None:
        raise WrongState(_("Phòng này đã ngừng dùng."))
    room.closed_at = timezone.now()
    room.save(update_fields=["closed_at"])
    note(room=room.pk, name=room.name)
