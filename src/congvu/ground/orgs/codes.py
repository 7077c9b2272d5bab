"""Agency codes (mã định danh điện tử) in both orders that live data uses."""

from __future__ import annotations

import re

_LEVEL_ONE = re.compile(r"[A-Z]\d{2}")
_ZEROS = re.compile(r"0+")
# QCVN 102:2016/BTTTT writes four groups of these widths, the lowest unit first.
_OLD_WIDTHS = (3, 2, 2)


def normal_code(code: str) -> str:
    """The code level 1 first (QĐ 20/2020/QĐ-TTg), whichever order was written; empty groups are dropped.

    ``000.00.15.H26`` and ``H26.15`` are both ``H26.15``. Zeros inside a group stay: codes are text.
    """
    groups = [group for group in code.strip().upper().split(".") if group]
    if not groups:
        return ""
    if not _LEVEL_ONE.fullmatch(groups[0]) and _LEVEL_ONE.fullmatch(groups[-1]):
        groups.reverse()
    while len(groups) > 1 and _ZEROS.fullmatch(groups[-1]):
        groups.pop()
    return ".".join(groups)


def lowest_first(code: str) -> str:
    """The code as QCVN 102:2016 writes it, lowest unit first in four groups: ``H26.15`` is ``000.00.15.H26``.

    A code of more than four levels, or with a group too wide for its place, has no such form and comes back as
    it is, level 1 first.
    """
    groups = normal_code(code).split(".")
    lower = groups[1:]
    widths = list(reversed(_OLD_WIDTHS))
    if len(lower) > len(widths) or any(len(group) > width for group, width in zip(lower, widths, strict=False)):
        return ".".join(groups)
    padded = [group.zfill(width) for group, width in zip(lower, widths, strict=False)]
    padded += ["0" * width for width in widths[len(lower) :]]
    return ".".join([*reversed(padded), groups[0]])
