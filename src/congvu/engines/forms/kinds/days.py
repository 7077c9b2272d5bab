"""Dates: full (three boxes) and partial (a year may be all that is known)."""
# ruff: noqa: ARG002  every kind answers the same calls, not each needs all of them

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.spoken import say_padded
from congvu.engines.forms import dates
from congvu.engines.forms.kinds.base import Bad, FormData, Kind, raw_of, tidy
from congvu.engines.forms.types import Field


def bound(params: Any, name: str, today: date) -> date | None:
    """A limit of a definition: ``today`` or an ISO date."""
    value = params.get(name)
    if value is None:
        return None
    return today if value == "today" else date.fromisoformat(value)


def check_bounds(field: Field, first: date, last: date, today: date) -> None:
    """``first``–``last`` is what the answer can mean. Raises Bad when all of it is out of bounds."""
    low, high = bound(field.params, "min", today), bound(field.params, "max", today)
    if high is not None and first > high:
        raise Bad(_("ngày này còn ở phía trước; ghi ngày không sau %(day)s") % {"day": say_padded(high)})
    if low is not None and last < low:
        raise Bad(_("ngày này quá xa; ghi ngày từ %(day)s") % {"day": say_padded(low)})


def _latest_year(field: Field, today: date) -> int:
    return today.year if field.params.get("max") == "today" else today.year + 20


class Date(Kind):
    """A full date, kept as ISO text. Parameters: ``min``, ``max`` (ISO date or ``today``)."""

    template = "date"

    def read(self, field: Field, name: str, data: FormData) -> Any:
        parts = {part: tidy(data.get(f"{name}.{part}", "")) for part in "dmy"}
        return parts if any(parts.values()) else tidy(data.get(name, "")) or None

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        latest = _latest_year(field, today)
        try:
            if isinstance(raw, dict):
                boxes = [str(raw.get(part, "")) for part in "dmy"]
                day = dates.read_parts(*boxes, latest_year=latest)
            else:
                day = dates.read_text(str(raw), latest_year=latest)
        except dates.BadDate as wrong:
            raise Bad(str(wrong), wrong.part) from wrong
        check_bounds(field, day, day, today)
        return day.isoformat()

    def boxes(self, field: Field, value: Any) -> dict[str, Any]:
        raw = raw_of(value)
        if isinstance(raw, dict):
            return {part: raw.get(part, "") for part in "dmy"}
        if raw is not None:
            return {"d": raw, "m": "", "y": ""}
        if value is None:
            return dict.fromkeys("dmy", "")
        year, month, day = str(value).split("-")
        return {"d": day, "m": month, "y": year}

    def text(self, field: Field, value: Any) -> str:
        return dates.show(value)

    def schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


class PartialDate(Kind):
    """``1995`` or a full date; a year alone stays a year."""

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        try:
            value = dates.read_partial(str(raw), latest_year=_latest_year(field, today))
        except dates.BadDate as wrong:
            raise Bad(str(wrong)) from wrong
        check_bounds(field, dates.earliest(value), dates.latest(value), today)
        return value

    def text(self, field: Field, value: Any) -> str:
        return dates.show(value)

    def schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$"}
