"""The dated figures that the rules of this room read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from congvu.engines.deadlines.models import Clock
from congvu.engines.deadlines.types import Soon
from congvu.ground.law import selectors as law
from congvu.ground.law.services import define, percent, whole

LEAD_DAYS = define(
    "extension_lead_days", label=_("Văn bản xin lỗi, hẹn lại phải gửi trước ngày hết hạn ít nhất"),
    hint=_("Số ngày, ví dụ 1."), parse=whole,
)  # fmt: skip
MOST_EXTENSIONS = define(
    "extension_most", label=_("Số lần được hẹn lại của một hồ sơ"), hint=_("Số lần, ví dụ 1."), parse=whole
)
SOON_SHARE = define(
    "chip_soon_share", label=_("Nhãn “Sắp hạn” hiện khi còn lại không quá phần này của thời hạn"),
    hint=_("Số phần trăm từ 1 đến 100, ví dụ 20."), parse=percent, legal=False,
)  # fmt: skip
SOON_DAYS = define(
    "chip_soon_days", label=_("Nhãn “Sắp hạn” hiện ít nhất từ bao nhiêu ngày làm việc trước hạn"),
    hint=_("Số ngày làm việc, ví dụ 1."), parse=whole, legal=False,
)  # fmt: skip


def with_soon(condition: str, values: tuple[Any, ...], on: date) -> Iterable[Clock]:
    """The clocks (``c``) of a condition with the chip's thresholds of the day, in one statement whatever the number of
    rows. Written by hand: it stands on every page with chips."""
    (share, asked_share), (days, asked_days) = law.sql(SOON_SHARE, on), law.sql(SOON_DAYS, on)
    statement = f"SELECT c.*, {share} AS soon_share, {days} AS soon_days FROM deadlines_clock c WHERE {condition}"  # noqa: S608
    return Clock.objects.raw(statement, [*asked_share, *asked_days, *values])


def soon_of(clock: Any) -> Soon | None:
    """The thresholds of a clock read ``with_soon``; None of another one. Raises ValueError when a figure is missing."""
    if not hasattr(clock, "soon_share"):
        return None
    return Soon(SOON_SHARE.parse(clock.soon_share or ""), SOON_DAYS.parse(clock.soon_days or ""))


def soon_on(on: date) -> Soon:
    """The thresholds of a day. Two statements."""
    return Soon(law.figure(SOON_SHARE, on), law.figure(SOON_DAYS, on))
