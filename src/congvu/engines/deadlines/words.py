"""The sentences of clocks. No screen writes them by hand: they follow from the rule (DESIGN 4.6)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from congvu.common.spoken import say_date, say_moment, say_time, upper_first
from congvu.common.zones import local
from congvu.engines.deadlines.types import ClockKind, ClockView, Effect, Pause, PauseReason
from congvu.ground.worktime.rules import same_day_words
from congvu.ground.worktime.types import Budget, BudgetUnit, Calendar

SENTENCES = {
    Effect.RESTART: gettext_lazy("Thời hạn giải quyết được tính lại từ đầu khi nhận đủ giấy tờ bổ sung"),
    Effect.SUBTRACT: gettext_lazy("Thời gian chờ bổ sung không tính vào thời hạn giải quyết"),
}
REASONS = {
    PauseReason.SUPPLEMENT: gettext_lazy("Chờ bổ sung"),
    PauseReason.FINANCIAL: gettext_lazy("Tạm dừng"),
    PauseReason.OTHER: gettext_lazy("Tạm dừng"),
}


def sentence(rule: Effect, waiting: Pause | None) -> str:
    """What happens to the term when papers are asked for, or because of the pause that runs now."""
    if waiting is None or waiting.reason is PauseReason.SUPPLEMENT:
        return str(SENTENCES[waiting.effect if waiting else rule])
    if waiting.reason is PauseReason.FINANCIAL:
        return _("Thời gian thực hiện nghĩa vụ tài chính không tính vào thời hạn giải quyết")
    return _("Thời gian tạm dừng không tính vào thời hạn giải quyết")


def term(budget: Budget, began: datetime, calendar: Calendar) -> str:
    """``3 ngày làm việc``; for a same-day procedure with the side of the cut-off it was received on."""
    if budget.unit is BudgetUnit.SAME_DAY:
        return same_day_words(began, calendar)
    return upper_first(budget.words)


def rule_line(view: ClockView) -> str:
    """The rule a due time came from: ``Trong ngày (nhận trước 15:00), Điều 16 Luật Hộ tịch.``"""
    words = term(view.budget, view.term_start, view.calendar)
    return f"{words}, {view.basis}." if view.basis else f"{words}."


def pauses_line(view: ClockView) -> str:
    """``Không có lần dừng.`` or each pause that counts, with its times."""
    counted = [p for p in view.pauses if p.counts]
    if not counted:
        return _("Không có lần dừng.")
    listed = "; ".join(_span(p) for p in counted)
    return ngettext("Dừng %(n)s lần: %(listed)s.", "Dừng %(n)s lần: %(listed)s.", len(counted)) % {
        "n": len(counted),
        "listed": listed,
    }


def explain(view: ClockView) -> str:
    """Rule, pauses, extension and what is still open, in full sentences."""
    parts = [rule_line(view), pauses_line(view)]
    if view.state == "paused":
        parts = [rule_line(view), f"{view.sentence}."]
    if view.extension:
        old = say_moment(view.extension.old_due)
        parts.append(_("Đã hẹn lại một lần, hạn trước đó %(old)s.") % {"old": old})
    if view.late_by_rule and view.kind is ClockKind.INDEX:
        parts.append(_("Yêu cầu bổ sung lần thứ hai được Bộ chỉ số 766 tính là quá hạn."))
    if view.provisional:
        parts.append(_("Lịch nghỉ của năm này là dự kiến, hạn có thể thay đổi."))
    return " ".join(parts)


def _span(pause: Pause) -> str:
    name = str(REASONS[pause.reason]).lower()
    since = _short(pause.since)
    if pause.until is None:
        return _("%(name)s từ %(since)s") % {"name": name, "since": since}
    return _("%(name)s từ %(since)s đến %(until)s") % {"name": name, "since": since, "until": _short(pause.until)}


def _short(moment: datetime) -> str:
    return f"{say_time(moment)} {say_date(local(moment).date())}"
