"""The dated figures that the rules of this room read."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from congvu.engines.signing.types import HelperTask
from congvu.ground.law import selectors as law
from congvu.ground.law.services import define, whole

# It goes into the policy of a page: nothing but this machine, spelt plainly.
LOCAL = re.compile(r"wss?://(127\.0\.0\.1|localhost|\[::1\]):[0-9]{1,5}/([a-z0-9-]+/)*")


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


def local_address(text: str) -> str:
    """An address of this machine for a WebSocket, with its port and a slash at the end. Raises ValueError."""
    if not LOCAL.fullmatch(text) or not 0 < int(text.split(":")[-1].partition("/")[0]) < 65_536:
        raise ValueError(text)
    return text


def four_words(text: str) -> dict[HelperTask, str]:
    """The place of each function below the address, in the order of ``HelperTask``. Raises ValueError."""
    words = [word.strip() for word in text.split(",")]
    if len(words) != len(HelperTask) or not all(word.isascii() and word.isidentifier() for word in words):
        raise ValueError(text)
    return dict(zip(HelperTask, words, strict=True))


HELPER_ADDRESS = define(
    "signing_helper_address", label=_("Địa chỉ công cụ ký số trên máy người ký (WebSocket)"),
    hint=_("Địa chỉ trên máy này có cổng, ví dụ wss://127.0.0.1:8987/."), parse=local_address,
)  # fmt: skip
HELPER_PLACES = define(
    "signing_helper_places", label=_("Tên bốn lệnh của công cụ ký số: cá nhân, cơ quan, phụ lục, bản sao"),
    hint=_("Bốn tên cách nhau bởi dấu phẩy, ví dụ SignApproved,SignIssued,SignAppendix,SignCopy."), parse=four_words,
)  # fmt: skip


def helper_place(task: HelperTask, on: date) -> str:
    """Where the page reaches the tool for a function. Two statements."""
    return law.figure(HELPER_ADDRESS, on) + law.figure(HELPER_PLACES, on)[task]


def warn_days(on: date) -> tuple[int, ...]:
    """How many days before its end a certificate is spoken of. One statement."""
    return law.figure(WARN_DAYS, on)
