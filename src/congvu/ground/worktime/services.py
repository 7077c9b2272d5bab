"""Acts on calendars. Each gives the calendar and all below it a new revision and tells every one it reaches."""

from __future__ import annotations

from datetime import date, time
from itertools import pairwise

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.ids import uuid7
from congvu.common.text import clean
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.worktime.events import CalendarChanged
from congvu.ground.worktime.models import Calendar, DayRule, OfficeHours, SameDay, Year
from congvu.ground.worktime.policies import may_edit_calendar
from congvu.ground.worktime.selectors import NATIONAL
from congvu.ground.worktime.types import Cause, DayKind, read_intervals

FOREVER = date.max


@act("worktime.create_calendar", policy=may_edit_calendar, label="Lập lịch làm việc")
def create_calendar(_actor: Actor, key: str, *, name: str, parent: str | None = NATIONAL) -> None:
    """A calendar that says what ``parent`` says until it says otherwise. Raises Conflict if the key is taken."""
    above = _locked(parent) if parent else None
    if Calendar.objects.filter(key=key).exists():
        raise Conflict(_("Đã có lịch làm việc “%(key)s”.") % {"key": key})
    _require(key=bool(key.isascii() and key), name=bool(clean(name)))
    Calendar.objects.create(key=key, name=clean(name), parent=above)
    note(calendar=key, name=clean(name), parent=parent)


@act("worktime.set_day_rule", policy=may_edit_calendar, label="Đặt ngày nghỉ, ngày làm bù")
def set_day_rule(
    _actor: Actor, calendar: str, *, day: date, kind: DayKind, cause: Cause, name: str, legal_basis: str,
    instead_of: date | None = None, worked: str = "", provisional: bool = False, verified: bool = False,
) -> None:  # fmt: skip
    """Make a day off, worked or half worked, replacing what the calendar said of it.

    Raises NotFound for an unknown calendar and Invalid where name, legal basis, the other day of a swap or the
    worked half is missing.
    """
    row = _locked(calendar)
    _require(
        name=bool(clean(name)),
        legal_basis=bool(clean(legal_basis)),
        instead_of=cause is not Cause.SWAP or (instead_of is not None and instead_of != day),
        worked=(kind is DayKind.HALF) == (worked in ("morning", "afternoon")),
    )
    values = {
        "kind": DayKind(kind), "cause": Cause(cause), "name": clean(name), "legal_basis": clean(legal_basis),
        "instead_of": instead_of, "worked": worked, "provisional": provisional, "verified": verified,
    }  # fmt: skip
    DayRule.objects.update_or_create(calendar=row, day=day, defaults=values)
    note(calendar=calendar, day=day.isoformat(), kind=str(kind), cause=str(cause), name=clean(name))
    _changed(row, day, day)


@act("worktime.remove_day_rule", policy=may_edit_calendar, label="Bỏ ngày nghỉ, ngày làm bù")
def remove_day_rule(_actor: Actor, calendar: str, *, day: date, reason: str) -> None:
    """Let the day be what its parent or its weekday says. Raises NotFound, and Invalid without a reason."""
    row = _locked(calendar)
    _require(reason=bool(clean(reason)))
    rule = DayRule.objects.filter(calendar=row, day=day).first()
    if rule is None:
        raise NotFound(_("Lịch này không có quy định riêng cho ngày đó."))
    rule.delete()
    note(calendar=calendar, day=day.isoformat(), kind=rule.kind, name=rule.name, reason=clean(reason))
    _changed(row, day, day)


@act("worktime.set_office_hours", policy=may_edit_calendar, label="Đặt giờ làm việc")
def set_office_hours(
    _actor: Actor, calendar: str, *, week: dict[int, list[list[str]]], valid_from: date, legal_basis: str,
    verified: bool = True,
) -> None:  # fmt: skip
    """Hours of the whole week from a day on: ``{0: [["07:30", "11:30"], ["13:00", "17:00"]], …}``.

    Weekdays left out are days off. Hours that held until then end the day before; hours set for a later day
    are replaced. Raises Invalid naming the weekday whose hours cannot be read, overlap or run backwards.
    """
    row = _locked(calendar)
    _require(week=bool(week), legal_basis=bool(clean(legal_basis)))
    _check_week(week)
    row.hours.filter(valid_from__gte=valid_from).delete()
    _end_before(row, OfficeHours, valid_from)
    for weekday, hours in sorted(week.items()):
        OfficeHours.objects.create(
            calendar=row, weekday=weekday, intervals=hours, valid_from=valid_from, legal_basis=clean(legal_basis),
            verified=verified,
        )  # fmt: skip
    note(calendar=calendar, valid_from=valid_from.isoformat(), week={str(k): v for k, v in week.items()})
    _changed(row, valid_from, FOREVER)


@act("worktime.set_same_day", policy=may_edit_calendar, label="Đặt giờ của thủ tục trong ngày")
def set_same_day(
    _actor: Actor, calendar: str, *, cutoff: time, finish: time, valid_from: date, legal_basis: str,
    verified: bool = True,
) -> None:  # fmt: skip
    """From a day on: received by ``cutoff``, ready at ``finish``. Raises Invalid if finish is not after cutoff."""
    row = _locked(calendar)
    _require(finish=finish > cutoff, legal_basis=bool(clean(legal_basis)))
    row.same_day.filter(valid_from__gte=valid_from).delete()
    _end_before(row, SameDay, valid_from)
    SameDay.objects.create(
        calendar=row, cutoff=cutoff, finish=finish, valid_from=valid_from, legal_basis=clean(legal_basis),
        verified=verified,
    )  # fmt: skip
    note(calendar=calendar, valid_from=valid_from.isoformat(), cutoff=f"{cutoff:%H:%M}", finish=f"{finish:%H:%M}")
    _changed(row, valid_from, FOREVER)


@act("worktime.confirm_year", policy=may_edit_calendar, label="Xác nhận lịch nghỉ của năm")
def confirm_year(_actor: Actor, calendar: str, year: int, *, legal_basis: str) -> None:
    """The days off of the year are decreed as the table has them; answers stop saying “provisional”."""
    row = _locked(calendar)
    _require(legal_basis=bool(clean(legal_basis)))
    values = {"provisional": False, "legal_basis": clean(legal_basis)}
    Year.objects.update_or_create(calendar=row, year=year, defaults=values)
    row.rules.filter(day__year=year).update(provisional=False)
    note(calendar=calendar, year=year, legal_basis=clean(legal_basis))
    _changed(row, date(year, 1, 1), date(year, 12, 31))


MISSING = {
    "key": gettext_noop("Khóa của lịch chỉ gồm chữ không dấu, số và gạch nối."),
    "name": gettext_noop("Hãy ghi tên."),
    "legal_basis": gettext_noop("Hãy ghi căn cứ pháp lý."),
    "instead_of": gettext_noop("Hãy chọn ngày được hoán đổi, khác ngày này."),
    "worked": gettext_noop("Ngày làm nửa ngày phải chọn buổi làm việc (sáng hoặc chiều); ngày khác để trống."),
    "reason": gettext_noop("Hãy ghi lý do."),
    "week": gettext_noop("Hãy ghi giờ làm việc của ít nhất một ngày."),
    "finish": gettext_noop("Giờ trả kết quả phải sau giờ nhận cuối cùng."),
}


def _require(**fields: bool) -> None:
    problems = tuple(Problem(name, _(MISSING[name]), "required") for name, good in fields.items() if not good)
    if problems:
        raise Invalid(_("Chưa sửa được lịch làm việc."), problems=problems)


def _check_week(week: dict[int, list[list[str]]]) -> None:
    problems = []
    for weekday, hours in week.items():
        try:
            flat = [moment for interval in read_intervals(hours) for moment in interval]
        except ValueError:
            flat = []
        if weekday not in range(7) or not flat or any(a >= b for a, b in pairwise(flat)):
            message = _("Giờ làm việc phải ghi như 07:30–11:30, tăng dần và không chồng nhau.")
            problems.append(Problem(f"week.{weekday}", message))
    if problems:
        raise Invalid(_("Chưa đặt được giờ làm việc."), problems=tuple(problems))


def _end_before(calendar: Calendar, model: type[OfficeHours] | type[SameDay], day: date) -> None:
    """Rows still true on ``day`` end the day before."""
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    rows = model._default_manager.filter(still, calendar=calendar, valid_from__lt=day)
    rows.update(valid_to=date.fromordinal(day.toordinal() - 1))


def _locked(key: str) -> Calendar:
    row = Calendar.objects.select_for_update().filter(key=key).first()
    if row is None:
        raise NotFound(_("Không có lịch làm việc “%(key)s”.") % {"key": key})
    return row


def _changed(calendar: Calendar, first: date, last: date) -> None:
    """New revisions for the calendar and all below it, and one event for each."""
    level = [calendar]
    while level:
        for row in level:
            Calendar.objects.filter(id=row.id).update(revision=uuid7())
            publish(CalendarChanged(row.key, first.isoformat(), last.isoformat()))
        level = list(Calendar.objects.filter(parent__in=level).order_by("key"))
