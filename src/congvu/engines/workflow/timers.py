"""When a timer of a process is due: an ISO 8601 duration or moment, or a variable that holds a moment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Conflict
from congvu.common.zones import VN
from congvu.engines.workflow.conditions import strip

_DURATION = re.compile(
    r"P(?=.)(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,7})S)?)?"
)
_NAME = re.compile(r"[^\W\d_]\w{0,63}")


def readable(text: str) -> bool:
    """Whether ``due`` can read it, given the variables."""
    return duration(text) is not None or _moment(text) is not None or bool(_NAME.fullmatch(strip(text)))


def duration(text: str) -> timedelta | None:
    """An ISO 8601 duration of weeks, days, hours, minutes, seconds; months and years have no fixed length: None."""
    match = _DURATION.fullmatch(text.strip())
    return timedelta(**{unit: int(n) for unit, n in match.groupdict().items() if n}) if match else None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=VN)


def due(text: str, now: datetime, variables: Mapping[str, Any]) -> datetime:
    """The moment the timer fires. Raises Conflict when the variable it names holds no moment or duration."""
    text = strip(text)
    value = str(variables.get(text, text))
    wait, moment = duration(value), _moment(value)
    if wait is not None:
        return now + wait
    if moment is None:
        raise Conflict(
            _("Hẹn giờ “%(text)s” chưa có thời điểm. Hãy báo quản trị sửa quy trình.") % {"text": text}, code="timer"
        )
    return moment
