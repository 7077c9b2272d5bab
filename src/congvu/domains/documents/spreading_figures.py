"""The dated figures that reminders to readers go by. Both are conventions of an office; no law sets them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from congvu.ground.law.selectors import figure
from congvu.ground.law.services import define
from congvu.ground.worktime.types import working_days

_DAYS = _("Số ngày làm việc, ví dụ 2wd.")


REMIND_BEFORE = define(
    "reading_remind_before", label=_("Nhắc người chưa xác nhận đã đọc trước hạn"), hint=_DAYS, parse=working_days,
    legal=False,
)  # fmt: skip
REMIND_AGAIN = define(
    "reading_remind_again", label=_("Nhắc lại người quá hạn xác nhận đã đọc sau mỗi"), hint=_DAYS, parse=working_days,
    legal=False,
)  # fmt: skip


def remind_before(on: date) -> int:
    return figure(REMIND_BEFORE, on)


def remind_again(on: date) -> int:
    return figure(REMIND_AGAIN, on)
