"""What may stand in a unit's settings, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Problem
from congvu.common.networks import network

_PHONE = re.compile(r"[0-9 .()+-]{6,24}", re.ASCII)
LINES = ("address", "responsible", "territory")
PHONES = ("phone", "zalo")
CHOICES: dict[str, tuple[Any, ...]] = {
    "own_filing": (True, False),
    "until": ("quarter", "close"),
    "after_hours": ("day", "next"),
    "sign_unread": (True, False),
}
MOST_HOURS, MOST_NETWORKS = 6, 50


def setting_problems(values: Mapping[str, Any]) -> list[Problem]:
    """One problem for each setting that cannot be kept; None takes a setting away and is always good."""
    return [problem for key, value in values.items() if value is not None and (problem := _problem(key, value))]


def _problem(key: str, value: Any) -> Problem | None:
    if key in LINES:
        good, words = isinstance(value, str) and 0 < len(value) <= 300, _("Ghi tối đa 300 ký tự.")
    elif key in PHONES:
        good = isinstance(value, str) and _PHONE.fullmatch(value) is not None
        words = _("Ghi số điện thoại chỉ gồm chữ số và dấu cách, ví dụ 0900 000 147.")
    elif key == "hours":
        lines = value if isinstance(value, list) else [None]
        good = 0 < len(lines) <= MOST_HOURS and all(isinstance(line, str) and 0 < len(line) <= 120 for line in lines)
        words = _("Ghi tối đa 6 dòng giờ làm việc, mỗi dòng tối đa 120 ký tự.")
    elif key == "office_networks":
        good = isinstance(value, list) and 0 < len(value) <= MOST_NETWORKS and all(_is_network(line) for line in value)
        words = _("Mỗi dòng một mạng, tối đa %(n)s dòng, ví dụ 10.20.0.0/16 hoặc 203.0.113.7.") % {"n": MOST_NETWORKS}
    elif key in CHOICES:
        good, words = value in CHOICES[key], _("Chọn một giá trị trong danh sách.")
    else:
        good, words = False, _("Không có thiết lập này.")
    return None if good else Problem(key, words)


def _is_network(line: object) -> bool:
    try:
        return isinstance(line, str) and network(line) == line
    except ValueError:
        return False
