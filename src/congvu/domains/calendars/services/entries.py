"""Registering entries, deciding on proposals, moving and cancelling what stands in the calendar."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.zones import iso, utc_now
from congvu.domains.calendars import policies
from congvu.domains.calendars.errors import WrongState
from congvu.domains.calendars.services import checking, steps
from congvu.domains.calendars.types import EntryInput, State, When
from congvu.ground.audit.services import act, note
from congvu.ground.records import services as records


@act("calendar.register", policy=policies.may_register, label="Đăng ký lịch công tác")
def register(actor: Actor, given: EntryInput, *, key: str) -> UUID:
    """Register an entry. Who keeps the calendar puts it in at once; anybody else proposes it to the office.

    With ``key`` a repeated request registers one. Raises Invalid naming each field, RoomTaken, KeyReused.
    """
    before = records.recall(actor, key, asdict(given))
    if before is not None:
        note(repeat_of=before["record"])
        return UUID(before["record"])
    approved = policies.keeps(actor, policies.agency_of(actor))
    record = steps.register_entry(actor, given, approved=approved)
    note(record=record, approved=approved, source=str(given.source or ""))
    records.remember(actor, key, {"record": str(record)})
    return record


@act("calendar.amend", policy=policies.may_amend, label="Sửa đăng ký lịch công tác")
def amend(_actor: Actor, entry_id: UUID, given: EntryInput, *, version: int | None = None) -> None:
    """Correct a proposal. What stands in the calendar is moved or cancelled, with a reason.

    Raises Invalid, WrongState, RoomTaken, Conflict when the page is stale.
    """
    record, entry = steps.load(entry_id, version=version)
    steps.require_state(record, State.PROPOSED)
    steps.amend_entry(record, entry, given)
    note(record=record.id, starts=iso(entry.starts_at))


@act("calendar.approve", policy=policies.may_decide, label="Duyệt đưa vào lịch công tác")
def approve(_actor: Actor, entry_id: UUID, *, version: int | None = None) -> None:
    """The proposal stands in the agency's week. Raises WrongState, RoomTaken, Conflict when the page is stale."""
    record, entry = steps.load(entry_id, version=version)
    steps.require_state(record, State.PROPOSED)
    if entry.ends_at <= utc_now():
        raise WrongState(_("Lịch này đã qua. Sửa thời gian rồi duyệt."))
    steps.approve_entry(record, entry)
    note(record=record.id, mark=entry.mark)


@act("calendar.decline", policy=policies.may_decide, label="Không đưa vào lịch công tác")
def decline(_actor: Actor, entry_id: UUID, *, reason: str, version: int | None = None) -> None:
    """The proposal does not come into the calendar; who made it learns why. Raises Invalid, WrongState, Conflict."""
    said = checking.reason_of(reason)
    record, entry = steps.load(entry_id, version=version)
    steps.require_state(record, State.PROPOSED)
    steps.decline_entry(record, entry, said)
    note(record=record.id, reason=said)


@act("calendar.move", policy=policies.may_decide, label="Đổi lịch công tác")
def move(
    actor: Actor, entry_id: UUID, when: When, *, reason: str, place: str = "", room: int | None = None,
    version: int | None = None,
) -> None:  # fmt: skip
    """Another time or place. After publication it is marked and told to who takes part.

    Raises Invalid, WrongState, RoomTaken, Conflict when the page is stale or nothing would change.
    """
    said = checking.reason_of(reason)
    record, entry = steps.load(entry_id, version=version)
    steps.require_state(record, State.APPROVED)
    old = entry.starts_at
    steps.move_entry(actor, record, entry, when, place=place, room=room, reason=said)
    note(record=record.id, old=iso(old), starts=iso(entry.starts_at), reason=said)


@act("calendar.cancel", policy=policies.may_cancel, label="Hủy lịch công tác")
def cancel(actor: Actor, entry_id: UUID, *, reason: str, version: int | None = None) -> None:
    """The entry falls out and stays visible with the reason. Raises Invalid, WrongState, Conflict."""
    said = checking.reason_of(reason)
    record, entry = steps.load(entry_id, version=version)
    steps.require_state(record, State.PROPOSED, State.APPROVED)
    steps.cancel_entry(actor, record, entry, reason=said)
    note(record=record.id, reason=said)
