"""Steps on the clocks of a record, and one act.

The steps are called inside acts of the domains, in their transaction. Each locks the record's clocks, changes
rows, derives the due times again, and keeps ``Record.due_at`` equal to the due time of the legal clock (None
while it waits). They lock and change the record by its id: a caller that holds the record should reread
``due_at`` if it needs it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.common.zones import iso, local, local_date, utc_now
from congvu.engines.deadlines import figures, selectors
from congvu.engines.deadlines.errors import ExtensionRefused, NoClock, WrongClockState
from congvu.engines.deadlines.events import DueChanged
from congvu.engines.deadlines.models import Clock, Extension, Interval
from congvu.engines.deadlines.policies import may_recompute
from congvu.engines.deadlines.rules import derive
from congvu.engines.deadlines.types import ClockKind, ClockState, Effect, PauseReason, Terms
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.law import selectors as law
from congvu.ground.records import services as records
from congvu.ground.records.services import Record
from congvu.ground.worktime import selectors as calendars
from congvu.ground.worktime.types import Budget


def open_clocks(
    record: UUID, *, start: datetime, budget: str, calendar: str, basis: str, rule: Effect = Effect.RESTART,
    until: str = "quarter", outside: str = "day", held: Record | None = None,
) -> datetime:  # fmt: skip
    """Start both clocks at reception and return the promised time.

    ``held`` is the record itself if the caller opened or locked it: then it is changed in place, not read again.

    ``rule`` is what a supplement does to the legal clock; the index clock always subtracts. ``until`` and
    ``outside`` are the unit's settings of the day (see ``worktime.rules``). Raises Invalid for a budget that is
    none, NotFound for an unknown calendar, WrongClockState when the record has clocks already.
    """
    length = Budget.parse(budget)
    rules_of_days = calendars.calendar(calendar)
    if Clock.objects.filter(record_id=record).exists():
        raise WrongClockState(_("Hồ sơ này đã có thời hạn giải quyết."))
    # Nothing has paused a clock that starts now: both are due at the same time, and nothing has to be read back.
    due = derive(Terms(start, length, until, outside), rules_of_days).due
    Clock.objects.bulk_create(
        Clock(
            record_id=record, kind=kind, rule=effect, calendar=calendar, start=start, budget=str(length), basis=basis,
            until=until, outside=outside, due_at=due,
        )
        for kind, effect in ((ClockKind.LEGAL, Effect(rule)), (ClockKind.INDEX, Effect.SUBTRACT))
    )  # fmt: skip
    _promise(record, due, "", held)
    return due


def pause(
    record: UUID, *, at: datetime, reason: PauseReason | str, basis: str, by: str, note: str = ""
) -> None:  # fmt: skip
    """The clocks wait from ``at``: for papers (``supplement``), a payment (``financial``) or another lawful ``other``.

    A supplement restarts the legal clock when it ends, if that is its rule; everything else is subtracted.
    Raises NoClock, WrongClockState unless the clocks run, Invalid for a moment before what already happened.
    """
    why = PauseReason(reason)
    for clock in _clocks(record, ClockState.RUNNING):
        _not_before(at, clock, "at")
        restarts = why is PauseReason.SUPPLEMENT and clock.rule == Effect.RESTART
        Interval.objects.create(
            clock=clock, reason=why, effect=Effect.RESTART if restarts else Effect.SUBTRACT, since=at, basis=basis,
            by=by, note=clean(note),
        )  # fmt: skip
        _set_state(clock, ClockState.PAUSED)
    _settle(record, cause="pause")


def resume(record: UUID, *, at: datetime) -> datetime:
    """The waiting ends at ``at``; the new promised time is returned. Raises NoClock, WrongClockState, Invalid."""
    for clock in _clocks(record, ClockState.PAUSED):
        interval = _open(clock)
        _require(at >= interval.since, "at", _("Thời điểm tính tiếp không được trước thời điểm dừng."))
        interval.until = at
        interval.save(update_fields=["until"])
        _set_state(clock, ClockState.RUNNING)
    return _promised(_settle(record, cause="resume"))


def cancel_pause(record: UUID, *, at: datetime, reason: str, by: str = "") -> datetime:
    """Undo the pause that runs now, as if it had not been (the request was withdrawn); returns the due time.

    Raises NoClock, WrongClockState unless the clocks wait, Invalid without a reason.
    """
    _require(bool(clean(reason)), "reason", _("Hãy ghi lý do hủy."))
    for clock in _clocks(record, ClockState.PAUSED):
        interval = _open(clock)
        interval.cancelled_at, interval.cancel_reason, interval.cancelled_by = at, clean(reason), by
        interval.save(update_fields=["cancelled_at", "cancel_reason", "cancelled_by"])
        _set_state(clock, ClockState.RUNNING)
    return _promised(_settle(record, cause="cancel_pause"))


def stop(record: UUID, *, at: datetime, outcome: str, held: Record | None = None) -> None:
    """The matter is decided: the clocks keep their due time for ever. A record without clocks is left alone.

    ``held`` is the record itself if the caller locked it.
    A clock stopped while it waits is judged by the moment it began to wait. Raises WrongClockState if they
    have stopped before, Invalid for a moment before reception.
    """
    rows = _locked(record, held)
    if not rows:
        return
    _require_state(rows, ClockState.RUNNING, ClockState.PAUSED)
    for clock in rows:
        clock.state = ClockState.RUNNING
    views = selectors.views(rows)
    for clock, view in zip(rows, views, strict=True):
        ends = [pause.until or pause.since for pause in view.pauses if pause.counts]
        _require_after(at, clock.start, ends[-1] if ends else clock.start, "at")
        clock.stopped_at, clock.outcome, clock.due_at, clock.state = at, outcome, view.due, ClockState.STOPPED
    Clock.objects.bulk_update(rows, ["stopped_at", "outcome", "due_at", "state"])
    _promise(record, rows[0].due_at, "stop", held)


def extend(
    record: UUID, new_due: datetime, reason: str, *, by: str = "", at: datetime | None = None
) -> datetime:  # fmt: skip
    """A new appointment with an apology, on the legal clock alone; the old due time stays readable (R12).

    Returns the due time before. Raises NoClock; WrongClockState unless the clock runs; ExtensionRefused when it
    was extended before or the due day is too near; Invalid (``new_due``, ``reason``) for a time that is not
    later or lies on a day off, or without a reason.
    """
    now = at or utc_now()
    clock = next(c for c in _clocks(record, ClockState.RUNNING) if c.kind == ClockKind.LEGAL)
    view = selectors.views([clock])[0]
    old = _promised(clock.due_at)
    today = local_date(now)
    if clock.extensions.count() >= law.figure(figures.MOST_EXTENSIONS, today):
        raise ExtensionRefused(_("Hồ sơ chỉ được hẹn lại một lần, và đã được hẹn lại trước đó."), code="extended")
    if today + timedelta(days=law.figure(figures.LEAD_DAYS, today)) > local_date(old):
        raise ExtensionRefused(_("Văn bản xin lỗi phải gửi trước ngày hết hạn ít nhất một ngày."), code="too_late")
    _require(bool(clean(reason)), "reason", _("Hãy ghi lý do hẹn lại."))
    _require(new_due > old, "new_due", _("Hạn mới phải sau hạn đang hẹn."))
    _require(view.calendar.is_working(local_date(new_due)), "new_due", _("Hạn mới phải là ngày làm việc."))
    Extension.objects.create(clock=clock, at=now, old_due=old, new_due=new_due, reason=clean(reason), by=by)
    _settle(record, cause="extend")
    return local(old)


@act("deadline.recompute", policy=may_recompute, label="Tính lại hạn khi lịch làm việc thay đổi")
def recompute(_actor: Actor, record: UUID, *, calendar: str) -> datetime | None:
    """Derive the clocks of a record again because its calendar changed; a stopped record keeps its due time.

    Returns the legal due time, None while it waits. Raises NoClock.
    """
    before = _clocks(record)
    due = _settle(record, cause="calendar")
    note(record=record, calendar=calendar, old=_iso(before[0].due_at), new=_iso(due))
    return due


def _settle(record: UUID, *, cause: str = "") -> datetime | None:
    """Keep what follows from the rows: the caches of running and waiting clocks, and the record's due time."""
    result = None
    rows = list(Clock.objects.filter(record_id=record).order_by("-kind"))
    for clock, view in zip(rows, selectors.views(rows), strict=True):
        if clock.due_at != view.due:
            clock.due_at = view.due
            clock.save(update_fields=["due_at"])
        if clock.kind == ClockKind.LEGAL:
            result = view.due
            _promise(record, result, cause)
    return result


def _promised(due: datetime | None) -> datetime:
    """The due time of a clock that runs; a running clock without one is a defect, not a refusal."""
    if due is None:
        raise AssertionError("a running clock has a due time")
    return due


def _promise(record: UUID, due: datetime | None, cause: str, held: Record | None = None) -> None:
    """Write the record's due time if it changed; tell it, unless it is the first promise."""
    row = held or records.lock(record)
    if row.due_at == due:
        return
    old = row.due_at
    records.change(row, due_at=due)
    if cause:
        publish(DueChanged(record, _iso(old), _iso(due), cause))


def _clocks(record: UUID, *states: ClockState) -> list[Clock]:
    """The record's clocks, legal first, locked after the record. Raises NoClock, WrongClockState."""
    rows = _locked(record)
    if not rows:
        raise NoClock(_("Hồ sơ này chưa có thời hạn giải quyết."))
    _require_state(rows, *states)
    return rows


def _locked(record: UUID, held: Record | None = None) -> list[Clock]:
    if held is None:
        records.lock(record)
    return list(Clock.objects.select_for_update().filter(record_id=record).order_by("-kind"))


def _require_state(rows: list[Clock], *states: ClockState) -> None:
    if states and any(row.state not in states for row in rows):
        messages = {
            ClockState.RUNNING: _("Thời hạn đang được tính."),
            ClockState.PAUSED: _("Thời hạn đang tạm dừng."),
            ClockState.STOPPED: _("Hồ sơ đã giải quyết xong, thời hạn đã dừng."),
        }
        raise WrongClockState(messages[ClockState(rows[0].state)])


def _open(clock: Clock) -> Interval:
    return clock.intervals.get(until__isnull=True, cancelled_at__isnull=True)


def _set_state(clock: Clock, state: ClockState) -> None:
    clock.state = state
    clock.save(update_fields=["state"])


def _not_before(at: datetime, clock: Clock, field: str) -> None:
    last = clock.intervals.filter(cancelled_at__isnull=True).order_by("-since").first()
    _require_after(at, clock.start, (last.until or last.since) if last else clock.start, field)


def _require_after(at: datetime, start: datetime, last: datetime, field: str) -> None:
    """Time does not run backwards: nothing happens before the reception or before the end of the last pause."""
    message = _("Thời điểm này trước khi hồ sơ được tiếp nhận hoặc tính tiếp.")
    _require(at >= max(last, start), field, message)


def _require(good: bool, field: str, message: str) -> None:
    if not good:
        raise Invalid(message, problems=(Problem(field, message),))


def _iso(moment: datetime | None) -> str:
    return iso(moment) if moment else ""
