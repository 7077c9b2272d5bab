"""The Vietnamese of an explanation: one sentence for each thing that moved a due time."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from congvu.common.spoken import say_day, say_moment, upper_first
from congvu.ground.worktime.types import Budget, BudgetUnit, Calendar, Cause, DayKind, DayRule, Step, YearState


def received(start: datetime, budget: Budget, calendar: Calendar) -> Step:
    """Where counting began."""
    day = start.date()
    if budget.unit is not BudgetUnit.HOURS and not calendar.is_working(day):
        text = _("Tiếp nhận %(moment)s là ngày nghỉ: vẫn tính là đã nhận, đếm từ ngày làm việc đầu tiên sau đó.")
        if budget.unit is BudgetUnit.DAYS:
            text = _("Tiếp nhận %(moment)s; ngày tiếp nhận không tính.")
    elif budget.unit in (BudgetUnit.WORKING_DAYS, BudgetUnit.DAYS):
        text = _("Tiếp nhận %(moment)s; ngày tiếp nhận không tính.")
    else:
        text = _("Tiếp nhận %(moment)s.")
    return Step(day, text % {"moment": say_moment(start)})


def ended(end: datetime, budget: Budget) -> Step:
    """The last line: the limit in words and its end."""
    text = _("Hết thời hạn %(budget)s: %(moment)s.")
    return Step(end.date(), text % {"budget": budget.words, "moment": say_moment(end)})


def special(rule: DayRule) -> Step:
    """Why a day did or did not count."""
    tail = _(" (dự kiến)") if rule.provisional else ""
    text = f"{upper_first(say_day(rule.day))}: {reason(rule)}{tail}."
    return Step(rule.day, text, rule.basis)


def ends_off(day: date) -> Step:
    """Why a limit in calendar days whose last day is a weekly day off ends later."""
    text = _("%(day)s: ngày nghỉ hằng tuần, thời hạn kết thúc vào ngày làm việc tiếp theo.")
    return Step(day, text % {"day": upper_first(say_day(day))}, _("Bộ luật Dân sự 2015, Điều 148"))


def reason(rule: DayRule) -> str:
    """``nghỉ lễ, Ngày Văn hóa Việt Nam``; ``nghỉ bù Giỗ Tổ Hùng Vương cho Chủ nhật 26/4/2026``."""
    values = {"name": rule.name, "other": _other(rule.instead_of), "half": _half(rule.worked)}
    if rule.kind is DayKind.HALF:
        return _("chỉ làm việc %(half)s, %(name)s") % values
    if rule.kind is DayKind.WORK and rule.cause is Cause.SWAP:
        return _("làm bù do hoán đổi, %(name)s, cho %(other)s; tính là ngày làm việc") % values
    if rule.kind is DayKind.WORK:
        return _("ngày làm việc, %(name)s") % values
    pattern = {
        Cause.HOLIDAY: _("nghỉ lễ, %(name)s"),
        Cause.COMPENSATION: _("nghỉ bù %(name)s cho %(other)s"),
        Cause.SWAP: _("nghỉ hoán đổi, %(name)s, làm bù %(other)s"),
        Cause.LOCAL: _("nghỉ, %(name)s"),
    }[rule.cause]
    return pattern % values


def undecided(year: int, state: YearState) -> Step:
    """A warning that the year's days off may still change, or are not known."""
    if state is YearState.PROVISIONAL:
        text = _("Lịch nghỉ năm %(year)s là dự kiến, chưa có quyết định; hạn có thể thay đổi.")
    else:
        text = _("Chưa có lịch nghỉ lễ năm %(year)s; mới trừ ngày nghỉ hằng tuần.")
    return Step(date(year, 1, 1), text % {"year": year})


def _other(day: date | None) -> str:
    return f"{say_day(day)}" if day else ""


def _half(worked: str) -> str:
    return _("buổi chiều") if worked == "afternoon" else _("buổi sáng")
