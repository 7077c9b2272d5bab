"""The dated figures that the rules of this room read."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from congvu.ground.law import selectors as law
from congvu.ground.law.services import define, whole


def days(text: str) -> tuple[int, ...]:
    """Numbers of days apart by commas, the largest first. Raises ValueError."""
    found = tuple(whole(part.strip()) for part in text.split(","))
    if list(found) != sorted(set(found), reverse=True):
        raise ValueError(text)
    return found


WARN_DAYS = define(
    "certificate_warn_days", label=_("Nhắc chứng thư chữ ký số sắp hết hạn trước"),
    hint=_("Các số ngày giảm dần, cách nhau bởi dấu phẩy, ví dụ 90,60,30."), parse=days, legal=False,
)  # fmt: skip
RETURN_DAYS = define(
    "certificate_device_return_days", label=_("Nộp lại thiết bị khóa bí mật sau khi chứng thư bị thu hồi, trong"),
    hint=_("Số ngày làm việc, ví dụ 5."), parse=whole,
)  # fmt: skip
NEW_YEARS = define(
    "certificate_new_years", label=_("Thời hạn dài nhất của chứng thư cấp mới"), hint=_("Số năm, ví dụ 5."), parse=whole
)
RENEWED_YEARS = define(
    "certificate_renewed_years", label=_("Thời hạn dài nhất của chứng thư gia hạn"), hint=_("Số năm, ví dụ 3."),
    parse=whole,
)  # fmt: skip


def warn_days(on: date) -> tuple[int, ...]:
    """How many days before its end a certificate is spoken of. One statement."""
    return law.figure(WARN_DAYS, on)
