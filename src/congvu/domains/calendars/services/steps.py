"""Steps that acts of this room and journeys share. They run inside the caller's transaction."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Problem
from congvu.common.text import clean
from congvu.domains.calendars import policies
from congvu.domains.calendars.errors import RoomTaken, WrongState
from congvu.domains.calendars.events import EntryApproved, EntryChanged, EntryDeclined
from congvu.domains.calendars.models import Change, Entry, Room, Seat, Series, Week
from congvu.domains.calendars.services import checking
from congvu.domains.calendars.services.checking import Place, Span
from congvu.domains.calendars.times import days_of, monday_of
from congvu.domains.calendars.types import EntryInput, Mark, State, When
from congvu.engines.workflow import services as workflow
from congvu.ground.events.services import publish
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

APPROVE = "approve"


def register_entry(
    actor: Actor, given: EntryInput, *, approved: bool, series: Series | None = None, reason: str = ""
) -> UUID:
    """Open an entry in the calendar of the actor's agency, or of the series'. Returns the record's id.

    ``approved`` puts it into the agency's week at once; the caller answers for the right. A proposal waits for the
    office. Raises Invalid naming each field, RoomTaken.
    """
    tree = orgs.tree()
    agency = series.agency_id if series else policies.agency_of(actor, tree)
    checking.refuse(checking.words_of(given))
    span = checking.span_of(given.when, checking.calendar_of(agency, tree))
    place = checking.place_of(given, agency, tree)
    room = checking.room_of(given.room, agency)
    free_room(room, span)
    unit, post = (series.unit_id, series.position_id) if series else policies.seat_of(actor)
    record = records.open_record(
        kind=policies.KIND, title=clean(given.content), unit=unit, state=State.PROPOSED, opened_at=timezone.now(),
        readers=_readers(tree, agency, unit, post, place), search=_search(given, place),
    )  # fmt: skip
    entry = Entry.objects.create(
        record=record, agency_id=agency, unit_id=unit, position_id=post, proposer=series.by if series else actor.name,
        source_id=given.source, series=series, reason=reason[: checking.REASON], **_values(given, span, place, room),
    )  # fmt: skip
    _seat(entry, place)
    if approved:
        approve_entry(record, entry)
    else:
        workflow.open_item(
            record.id, kind=policies.KIND, step_kind=APPROVE, name="Duyệt lịch công tác", unit_id=agency,
            holders=[f"p:{post}" for post in keepers(tree, agency)], due_at=span.starts,
        )  # fmt: skip
    return record.id


def _search(given: EntryInput, place: Place) -> str:
    return " ".join([clean(given.place), clean(given.host), clean(given.guests), *(row[3] for row in place.seats)])


def _values(given: EntryInput, span: Span, place: Place, room: Room | None) -> dict[str, object]:
    leader = place.leader
    return {
        "kind": given.kind, "session": span.session, "open_end": span.open_end, "starts_at": span.starts,
        "ends_at": span.ends, "place": clean(given.place), "room": room,
        "leader_id": leader.position_id if leader else None, "leader_name": checking.name_of(leader) if leader else "",
        "host": clean(given.host), "guests": clean(given.guests),
    }  # fmt: skip


def _seat(entry: Entry, place: Place) -> None:
    Seat.objects.bulk_create(
        Seat(entry=entry, role=role, unit_id=unit, position_id=post, name=name)
        for role, unit, post, name in place.seats
    )


def keepers(tree: UnitTree, agency: int) -> list[int]:
    """The posts that keep the agency's calendar; its leaders where the agency has no office."""
    inside = checking.members(tree, agency)
    seats = [
        seat for seat in orgs.seats(inside) if tree.unit(seat.unit_id).type == policies.OFFICE or seat.unit_id == agency
    ]
    office = [
        s.position_id
        for s in seats
        if tree.unit(s.unit_id).type == policies.OFFICE and {"head", "registrar"} & set(s.roles)
    ]
    office += [s.position_id for s in seats if s.unit_id == agency and "registrar" in s.roles]
    return office or [s.position_id for s in seats if "chair" in s.roles]


def _readers(tree: UnitTree, agency: int, unit: int, post: int, place: Place) -> list[str]:
    """Leaders and the office, who registered it, who takes part. The others read a published week."""
    keys = {f"u:{agency}", f"u:{unit}", f"p:{post}", *(f"p:{keeper}" for keeper in keepers(tree, agency))}
    if place.leader is not None:
        keys.add(f"p:{place.leader.position_id}")
    for _role, seat_unit, seat_post, _name in place.seats:
        keys.add(f"p:{seat_post}" if seat_post is not None else f"u:{seat_unit}")
    return sorted(keys)


def open_to_all(record: Record, agency: int, tree: UnitTree) -> None:
    """All staff of the agency read the entry from now on."""
    records.change(record, add_readers=[f"u:{unit}" for unit in checking.members(tree, agency)])


def load(entry_id: UUID, *, version: int | None = None) -> tuple[Record, Entry]:
    """Record and entry, both locked by the record. Raises NotFound, Conflict when the page is stale."""
    record = records.lock(entry_id, version=version)
    entry = Entry.objects.select_related("room").get(record_id=entry_id)
    entry.record = record
    return record, entry


def require_state(record: Record, *states: str) -> None:
    """Raise WrongState unless the entry stands in one of these."""
    if record.state not in states:
        raise WrongState(
            _("Lịch đang ở trạng thái “%(state)s” nên không làm được việc này.") % {"state": State(record.state).label}
        )


def free_room(room: Room | None, span: Span, *, but: UUID | None = None) -> None:
    """Raise RoomTaken when an approved entry holds the room then. The room is locked by the caller."""
    if room is None:
        return
    rows = Entry.objects.filter(
        room=room, starts_at__lt=span.ends, ends_at__gt=span.starts, record__state=State.APPROVED
    ).exclude(pk=but)
    taken = rows.select_related("record").order_by("starts_at").first()
    if taken is not None:
        words = _("%(room)s đã có lịch khác vào thời gian này. Hãy chọn phòng hoặc giờ khác.") % {"room": room.name}
        raise RoomTaken(words, problems=(Problem("room", words, "taken"),))


def published(entry: Entry) -> bool:
    """Whether a week that the entry touches was published."""
    mondays = {monday_of(day) for day in days_of(entry.starts_at, entry.ends_at)}
    return Week.objects.filter(agency=entry.agency_id, monday__in=mondays).exists()


def approve_entry(record: Record, entry: Entry) -> None:
    """The entry stands in the calendar; in a published week as an addition that is told. Raises RoomTaken."""
    room = checking.room_of(entry.room_id, entry.agency_id)
    free_room(room, Span(entry.session, entry.open_end, entry.starts_at, entry.ends_at), but=record.id)
    workflow.cancel_for(record.id, reason=State.APPROVED)
    records.change(record, state=State.APPROVED)
    if published(entry):
        entry.mark = Mark.ADDED
        entry.save(update_fields=["mark"])
        open_to_all(record, entry.agency_id, orgs.tree())
        publish(EntryApproved(record=record.id))


def decline_entry(record: Record, entry: Entry, reason: str) -> None:
    entry.reason = reason
    entry.save(update_fields=["reason"])
    workflow.cancel_for(record.id, reason=State.DECLINED)
    records.change(record, state=State.DECLINED, closed_at=timezone.now())
    publish(EntryDeclined(record=record.id))


def move_entry(
    actor: Actor, record: Record, entry: Entry, when: When, *, place: str, room: int | None, reason: str
) -> None:
    """Another time or place. Where it stood and why stays readable. A step, for a meetings room too.

    Raises Invalid, RoomTaken, Conflict when nothing would change.
    """
    tree = orgs.tree()
    span = checking.span_of(when, checking.calendar_of(entry.agency_id, tree))
    if room is not None and clean(place):
        words = _("Đã chọn phòng của cơ quan thì không ghi địa điểm khác.")
        checking.refuse([Problem("place", words, "both")])
    if len(clean(place)) > checking.PLACE:
        checking.refuse([Problem("place", _("Ghi tối đa %(most)s ký tự.") % {"most": checking.PLACE}, "long")])
    same = (entry.starts_at, entry.ends_at, entry.room_id, entry.place) == (span.starts, span.ends, room, clean(place))
    if same:
        raise Conflict(_("Thời gian và địa điểm vẫn như cũ."))
    taken = checking.room_of(room, entry.agency_id)
    free_room(taken, span, but=record.id)
    was_out = published(entry)
    change = keep_change(actor, entry, Mark.MOVED, reason)
    entry.session, entry.open_end = span.session, span.open_end
    entry.starts_at, entry.ends_at, entry.place, entry.room = span.starts, span.ends, clean(place), taken
    out = published(entry)
    entry.mark = Mark.MOVED if was_out or out else Mark.NONE
    entry.reason = reason
    entry.save(update_fields=["session", "open_end", "starts_at", "ends_at", "place", "room", "mark", "reason"])
    readers = [f"u:{unit}" for unit in checking.members(tree, entry.agency_id)] if was_out or out else []
    records.change(record, add_readers=readers)
    if was_out or out:
        publish(EntryChanged(record=record.id, change=change.pk))


def cancel_entry(actor: Actor, record: Record, entry: Entry, *, reason: str) -> None:
    """Out of the calendar, with the reason; it stays visible there. A proposal simply ends."""
    out = record.state == State.APPROVED and published(entry)
    change = keep_change(actor, entry, Mark.CANCELLED, reason) if record.state == State.APPROVED else None
    entry.mark, entry.reason = Mark.CANCELLED if out else Mark.NONE, reason
    entry.save(update_fields=["mark", "reason"])
    workflow.cancel_for(record.id, reason=State.CANCELLED)
    records.change(record, state=State.CANCELLED, closed_at=timezone.now())
    if out and change is not None:
        publish(EntryChanged(record=record.id, change=change.pk))


def keep_change(actor: Actor, entry: Entry, kind: str, reason: str) -> Change:
    """Where the entry stood until now."""
    return Change.objects.create(
        entry=entry, kind=kind, at=timezone.now(), by=actor.name, reason=reason, old_session=entry.session,
        old_open_end=entry.open_end, old_starts=entry.starts_at, old_ends=entry.ends_at,
        old_place=entry.room.name if entry.room else entry.place,
    )  # fmt: skip


def amend_entry(record: Record, entry: Entry, given: EntryInput) -> None:
    """New facts of a proposal. Raises Invalid, RoomTaken."""
    tree = orgs.tree()
    checking.refuse(checking.words_of(given))
    span = checking.span_of(given.when, checking.calendar_of(entry.agency_id, tree))
    place = checking.place_of(given, entry.agency_id, tree)
    room = checking.room_of(given.room, entry.agency_id)
    free_room(room, span, but=record.id)
    values = _values(given, span, place, room)
    for name, value in values.items():
        setattr(entry, name, value)
    entry.save(update_fields=[name.removesuffix("_id") for name in values])
    Seat.objects.filter(entry=entry).delete()
    _seat(entry, place)
    keys = _readers(tree, entry.agency_id, entry.unit_id, entry.position_id, place)
    records.change(
        record, title=clean(given.content), search=_search(given, place), add_readers=keys,
        drop_readers=[key for key in record.readers if key not in keys],
    )  # fmt: skip
    workflow.retitle(record.id, code=record.code, title=record.title)
    workflow.set_due(record.id, span.starts)
