"""The deadline chip, exactly as DESIGN 4.6 has it. Pure: a clock and a moment go in.

Days are working days of the clock's calendar. What is left is rounded down, what is over is rounded up. Less
than one full working day left switches to clock hours, less than an hour to minutes.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from congvu.common.spoken import say_moment
from congvu.common.zones import local
from congvu.engines.deadlines import words
from congvu.engines.deadlines.types import ChipState, ClockState, ClockView, DueChip, Soon, Term
from congvu.ground.worktime import rules as worktime
from congvu.ground.worktime.types import Calendar

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NAMES = {
    ChipState.ON: gettext_lazy("Còn hạn"),
    ChipState.SOON: gettext_lazy("Sắp hạn"),
    ChipState.LATE: gettext_lazy("Quá hạn"),
    ChipState.DONE: gettext_lazy("Xong đúng hạn"),
    ChipState.DONELATE: gettext_lazy("Xong trễ"),
}


def chip(view: ClockView, now: datetime) -> DueChip:
    """The chip of a clock at a moment. Raises ValueError for a running clock without its thresholds."""
    if view.state is ClockState.PAUSED:
        return _paused(view)
    if view.due is None:
        raise ValueError("a clock that does not wait has a due time")
    term = Term(view.term_start, view.due, view.calendar, view.closed_at)
    return term_chip(term, now, view.soon, explain=words.explain(view))


def term_chip(term: Term, now: datetime, soon: Soon | None, *, explain: str = "") -> DueChip:
    """The chip of a term that has no clock of its own. Raises ValueError for an open one without thresholds."""
    state, text = _closed(term, term.closed_at) if term.closed_at else _running(term, local(now), soon)
    exact = _("Hạn %(moment)s.") % {"moment": say_moment(term.due)}
    return DueChip(state, text, exact, explain, f"{NAMES[state]}, {text[:1].lower()}{text[1:]}")


def _paused(view: ClockView) -> DueChip:
    pause = view.open_pause
    if pause is None:
        raise ValueError("a paused clock has an open pause")
    text = str(words.REASONS[pause.reason])
    since = _("%(name)s từ %(moment)s.") % {"name": text, "moment": say_moment(pause.since)}
    return DueChip(ChipState.PAUSE, text, since, words.explain(view), text)


def _running(term: Term, now: datetime, soon: Soon | None) -> tuple[ChipState, str]:
    if now > term.due:
        return ChipState.LATE, _("Quá %(span)s") % {"span": over(term.due, now, term.calendar)}
    left = worktime.remaining(now, term.due, term.calendar)
    norm = worktime.working_time_between(term.since, term.due, term.calendar)
    if soon is None:
        raise ValueError("the chip of a running clock needs its thresholds")
    threshold = max(norm * soon.share / 100, term.calendar.day_length(local(now).date()) * soon.days)
    state = ChipState.ON if left > threshold else ChipState.SOON
    return state, _("Còn %(span)s") % {"span": left_words(now, term.due, term.calendar)}


def _closed(term: Term, closed: datetime) -> tuple[ChipState, str]:
    if closed > term.due:
        return ChipState.DONELATE, _("Trễ %(span)s") % {"span": over(term.due, closed, term.calendar)}
    days = full_days(closed, term.due, term.calendar)
    if days:
        return ChipState.DONE, ngettext("Trước %(n)s ngày", "Trước %(n)s ngày", days) % {"n": days}
    return ChipState.DONE, _("Đúng hạn")


def full_days(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Full working days from a moment to a later one: each ends at the same hour of the next working day."""
    start, end = local(start), local(end)
    count = worktime.working_days_between(start.date(), end.date(), calendar)
    if count and calendar.is_working(end.date()) and start.time() > end.time():
        return count - 1
    return count


def left_words(now: datetime, due: datetime, calendar: Calendar) -> str:
    """What is left, rounded down: ``4 ngày``, ``5 giờ``, ``40 phút``."""
    days = full_days(now, due, calendar)
    if days:
        return ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": days}
    left = due - now
    if left >= HOUR:
        return ngettext("%(n)s giờ", "%(n)s giờ", left // HOUR) % {"n": left // HOUR}
    if left >= MINUTE:
        return ngettext("%(n)s phút", "%(n)s phút", left // MINUTE) % {"n": left // MINUTE}
    return _("dưới 1 phút")


def over(due: datetime, now: datetime, calendar: Calendar) -> str:
    """What is over, rounded up: ``5 phút``, ``3 giờ``, ``1 ngày``."""
    late, days = now - due, full_days(due, now, calendar)
    minutes, hours = -(-late // MINUTE), -(-late // HOUR)
    if days == 0 and minutes < 60:
        return ngettext("%(n)s phút", "%(n)s phút", minutes) % {"n": minutes}
    if days == 0 and hours < 24:
        return ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours}
    reached = datetime.combine(worktime.add_working_days(local(due).date(), days, calendar), local(due).timetz())
    more = worktime.working_time_between(reached, now, calendar) > timedelta()
    return ngettext("%(n)s ngày", "%(n)s ngày", max(1, days + more)) % {"n": max(1, days + more)}
