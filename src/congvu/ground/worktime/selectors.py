"""Reading calendars. ``calendar`` is what every other room uses; everybody may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from congvu.common.errors import NotFound
from congvu.ground.worktime import models, words
from congvu.ground.worktime.types import (
    Calendar,
    Cause,
    DayKind,
    DayRow,
    DayRule,
    OfficeWeek,
    Proposal,
    SameDayRule,
    YearState,
    read_intervals,
)

NATIONAL = "vn"
_kept: dict[str, tuple[UUID, Calendar]] = {}


def calendar(key: str) -> Calendar:
    """The calendar under this key, parents folded in. One short query when nothing changed since the last call.

    Raises NotFound for an unknown key.
    """
    return calendars([key])[key]


def calendars(keys: Iterable[str]) -> dict[str, Calendar]:
    """Several calendars, with one query for all that are kept. Raises NotFound for an unknown key.

    The revision is read before the content, so what is kept under it is never older than it says; a revision
    is never used twice, so what a rolled-back transaction left here is never taken for the truth.
    """
    wanted = set(keys)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, revision FROM worktime_calendar WHERE key = ANY(%s)", [list(wanted)])
        rows = dict(cursor.fetchall())
    for key in sorted(wanted):
        if key not in rows:
            raise NotFound(_("Không có lịch làm việc “%(key)s”.") % {"key": key})
        if key not in _kept or _kept[key][0] != rows[key]:
            _kept[key] = (rows[key], _load(key))
    return {key: _kept[key][1] for key in wanted}


def day_rows(key: str, year: int) -> list[DayRow]:
    """Every special day of a year in order, with its reason in words; for the calendar page. Raises NotFound."""
    value = calendar(key)
    own = set(models.DayRule.objects.filter(calendar__key=key, day__year=year).values_list("day", flat=True))
    rules = sorted((r for r in value.rules.values() if r.day.year == year), key=lambda rule: rule.day)
    return [DayRow(rule, rule.day in own, words.special(rule).text) for rule in rules]


def catalogue() -> list[tuple[str, str]]:
    """Keys and names of all calendars, the national one first. One statement."""
    rows = models.Calendar.objects.values_list("key", "name").order_by("name")
    return sorted(rows, key=lambda row: (row[0] != NATIONAL, row[1]))


def supposing(key: str, day: date, rule: DayRule | None) -> dict[str, Calendar]:
    """The calendar and all below it as they would be with this rule of the day, or without the one it has.

    Calendars below that say something of the day themselves are left out: nothing would change there. Raises NotFound.
    """
    changed = calendar(key)
    there = models.DayRule.objects.filter(day=day).values_list("calendar__key", flat=True)
    own = set(there) - {key}
    if rule is None:
        above = _lineage(key)[1:]
        rule = _load(above[0].key).rules.get(day) if above else None
    level, found = [key], dict[str, Calendar]()
    while level:
        found |= {name: _with(calendar(name) if name != key else changed, day, rule) for name in level}
        below = models.Calendar.objects.filter(parent__key__in=level).values_list("key", flat=True)
        level = [name for name in below if name not in own]
    return found


def _with(value: Calendar, day: date, rule: DayRule | None) -> Calendar:
    rules = {when: known for when, known in value.rules.items() if when != day}
    return replace(value, rules=rules if rule is None else {**rules, day: rule})


def propose(year: int, key: str = NATIONAL) -> list[Proposal]:
    """Days on which the ``holidays`` package would decide otherwise than the table. Changes nothing.

    The table is the truth: the package learns of late decisions late (it misses 2/1 and 10/1/2026).
    """
    from holidays import country_holidays

    value, library = calendar(key), country_holidays("VN", years=year, language="vi")
    found = []
    for day in (date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())):
        works = day in library.weekend_workdays or (day.weekday() < 5 and day not in library)
        if works != value.is_working(day):
            rule = value.rules.get(day)
            found.append(Proposal(day, not works, works, library.get(day) or (rule.name if rule else "")))
    return found


def _lineage(key: str) -> list[models.Calendar]:
    """The calendar and its parents, nearest first."""
    row: models.Calendar | None = models.Calendar.objects.get(key=key)
    line: list[models.Calendar] = []
    while row is not None and row not in line:
        line.append(row)
        row = row.parent
    return line


def _load(key: str) -> Calendar:
    line = _lineage(key)
    rules: dict[date, DayRule] = {}
    years: dict[int, YearState] = {}
    for row in reversed(line):
        rules |= {rule.day: _rule(rule) for rule in row.rules.all()}
        years |= {y.year: YearState.PROVISIONAL if y.provisional else YearState.DECREED for y in row.years.all()}
    weeks = next(filter(None, (_weeks(row) for row in line)), ())
    same_day = next(filter(None, (_same_day(row) for row in line)), ())
    return Calendar(key, line[0].name, rules, weeks, same_day, years)


def _rule(row: models.DayRule) -> DayRule:
    return DayRule(
        row.day, DayKind(row.kind), Cause(row.cause), row.name, row.legal_basis, row.instead_of, row.worked,
        row.provisional, row.verified,
    )  # fmt: skip


def _weeks(calendar: models.Calendar) -> tuple[OfficeWeek, ...]:
    rows = calendar.hours.order_by("-valid_from", "weekday")
    return tuple(OfficeWeek(r.weekday, read_intervals(r.intervals), r.valid_from, r.valid_to) for r in rows)


def _same_day(calendar: models.Calendar) -> tuple[SameDayRule, ...]:
    rows = calendar.same_day.order_by("-valid_from")
    return tuple(SameDayRule(r.cutoff, r.finish, r.valid_from, r.valid_to, r.legal_basis) for r in rows)
