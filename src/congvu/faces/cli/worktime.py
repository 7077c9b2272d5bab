"""``congvu worktime due``: when a span of time ends, and why."""

from __future__ import annotations

import argparse
import json
import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, Problem
from congvu.common.spoken import say_moment
from congvu.common.text import clean
from congvu.common.zones import VN, iso, local

YEARS = range(2000, 2100)
DAY_ONLY = re.compile(r"\d{4}-?\d{2}-?\d{2}")


def register(commands: Any) -> None:
    root = commands.add_parser("worktime", help="count in working days, working hours and calendar days")
    verbs = root.add_subparsers(dest="verb", required=True, metavar="VERB")
    due = verbs.add_parser("due", help="when a span of time ends, and why")
    due.add_argument("start", metavar="START", help="ISO 8601, e.g. 2026-11-19T09:00; without offset: +07:00")
    due.add_argument("budget", metavar="BUDGET", help="3wd, 8wh, sd, 30d or 4h")
    due.add_argument("--unit", metavar="CODE", help="count by the calendar of this unit; default: the national one")
    due.add_argument("--json", action="store_true")
    due.set_defaults(run=_due)


def _due(options: argparse.Namespace) -> int:
    from congvu.ground.worktime import rules, selectors
    from congvu.ground.worktime.types import Budget

    start, budget = _moment(options.start), Budget.parse(options.budget)
    key, settings = _unit(options.unit, start) if options.unit else (selectors.NATIONAL, {})
    calendar = selectors.calendar(key)
    if DAY_ONLY.fullmatch(options.start) and calendar.is_working(start.date()):
        start = calendar.opens(start.date())
    answer = rules.due(start, budget, calendar, **settings)
    if options.json:
        print(json.dumps(_value(answer), ensure_ascii=False))
    else:
        print(say_moment(answer.due), *(f"  {step.text}{_basis(step)}" for step in answer.explain), sep="\n")
    return 0


def _value(answer: Any) -> dict[str, Any]:
    steps = [{"date": s.date.isoformat(), "text": s.text, "basis": s.basis} for s in answer.explain]
    return {"due": iso(answer.due), "explain": steps}


def _basis(step: Any) -> str:
    return f" ({step.basis})" if step.basis else ""


def _moment(text: str) -> datetime:
    """START as a moment. Raises Invalid naming the field; a time without offset is Vietnamese time."""
    try:
        found = datetime.fromisoformat(text.strip())
        moment = local(found) if found.tzinfo else found.replace(tzinfo=VN)
    except (ValueError, OverflowError) as error:
        message = _("Không đọc được thời điểm “%(text)s”. Hãy ghi theo ISO 8601, ví dụ 2026-11-19T09:00.")
        raise _refuse("start", message % {"text": text[:40]}) from error
    if moment.year not in YEARS:
        raise _refuse("start", _("Thời điểm phải nằm trong các năm 2000 đến 2099."))
    return moment


def _unit(code: str, start: datetime) -> tuple[str, dict[str, Any]]:
    """The calendar key and the counting settings of a unit, as they stood on the day of START."""
    from congvu.common.errors import NotFound
    from congvu.ground.orgs import selectors as orgs

    try:
        unit = orgs.unit_by_code(clean(code), start.date())
    except NotFound as error:
        raise _refuse("unit", _("Không có đơn vị nào mang mã “%(code)s”.") % {"code": code[:40]}) from error
    key = orgs.calendar_of(unit.id, start.date())
    names = {"until": "until", "outside": "after_hours"}
    chosen = {name: orgs.setting(unit.id, setting, start.date()) for name, setting in names.items()}
    return key, {name: value for name, value in chosen.items() if value}


def _refuse(field: str, message: str) -> Invalid:
    return Invalid(message, problems=(Problem(field, message),))
