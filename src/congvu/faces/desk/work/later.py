"""When an item that was put away comes back: a few plain moments to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, Problem
from congvu.common.zones import at, local
from congvu.ground.ui.formats import weekday_date


@dataclass(frozen=True, slots=True)
class Moment:
    """One choice. ``key`` is posted back; ``until`` is aware."""

    key: str
    label: str
    until: datetime


def moments(now: datetime) -> list[Moment]:
    """This afternoon while it is morning, tomorrow, next Monday when that is another day, and in a week."""
    today = local(now).date()
    tomorrow, monday = today + timedelta(days=1), today + timedelta(days=7 - today.weekday())
    week = today + timedelta(days=7)
    found = [Moment("chieu-nay", _("Chiều nay, 14:00"), at(today, 14))] if local(now).hour < 13 else []
    found.append(Moment("ngay-mai", _("Sáng mai, %(day)s") % {"day": weekday_date(tomorrow)}, at(tomorrow, 8)))
    if monday not in (tomorrow, week):
        found.append(Moment("thu-hai", _("Sáng %(day)s") % {"day": weekday_date(monday)}, at(monday, 8)))
    found.append(Moment("tuan-sau", _("Sau một tuần, %(day)s") % {"day": weekday_date(week)}, at(week, 8)))
    return found


def chosen(key: str, now: datetime) -> datetime | None:
    """The moment of a posted key; None for "show it again now". Raises Invalid for anything else."""
    if key == "hien-lai":
        return None
    for moment in moments(now):
        if moment.key == key:
            return moment.until
    message = _("Chọn thời điểm nhắc lại trong danh sách.")
    raise Invalid(message, problems=(Problem("den", message),))
