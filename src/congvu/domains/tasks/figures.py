"""The dated figures that the rules of this room read. All are conventions of an office; no law sets them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from congvu.ground.law.selectors import figure
from congvu.ground.law.services import define
from congvu.ground.worktime.types import working_days

_DAYS = _("Số ngày làm việc, ví dụ 2wd.")


REMIND_BEFORE = define(
    "task_remind_before", label=_("Nhắc nhiệm vụ sắp đến hạn trước"), hint=_DAYS, parse=working_days, legal=False
)
ESCALATE_AFTER = define(
    "task_escalate_after", label=_("Báo lãnh đạo về nhiệm vụ quá hạn sau"), hint=_DAYS, parse=working_days, legal=False
)
JUDGE_WITHIN = define(
    "task_judge_within", label=_("Đánh giá kết quả nhiệm vụ trong vòng"), hint=_DAYS, parse=working_days, legal=False
)


def remind_before(on: date) -> int:
    return figure(REMIND_BEFORE, on)


def escalate_after(on: date) -> int:
    return figure(ESCALATE_AFTER, on)


def judge_within(on: date) -> int:
    return figure(JUDGE_WITHIN, on)
