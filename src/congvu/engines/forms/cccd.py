"""The twelve digits of a personal identification number.

Digits 1–3: province or country where the birth was registered; digit 4: century and sex; digits 5–6: year of
birth; the rest is random (structure: NĐ 137/2015/NĐ-CP Đ13 and its successors; province codes: annex of
TT 59/2021/TT-BCA; both from memory, so an unknown province code is only a warning).
There is no check digit: a number of the right shape may still be somebody else's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_CODES = """
001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038
040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082
083 084 086 087 089 091 092 093 094 095 096
"""
PROVINCE_PREFIXES = frozenset(_CODES.split())
_SEPARATORS = re.compile(r"[\s.\-]+")


class BadNumber(ValueError):
    """Not a personal number; the text says which digit and what to do, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the digits say. ``known_place`` is false when the first three are in no list (not an error)."""

    prefix: str
    sex: Literal["nam", "nu"]
    birth_year: int
    known_place: bool


def read(text: str) -> str:
    """The twelve digits without blanks and dots. Raises BadNumber."""
    digits = _SEPARATORS.sub("", text)
    for place, char in enumerate(digits, start=1):
        if not ("0" <= char <= "9"):
            words = _("ký tự thứ %(place)s (“%(char)s”) không phải chữ số; số định danh gồm 12 chữ số")
            raise BadNumber(words % {"place": place, "char": char})
    if len(digits) == 9:
        raise BadNumber(_("số có 9 chữ số là số chứng minh nhân dân; ghi số định danh 12 chữ số in trên thẻ căn cước"))
    if len(digits) < 12:
        raise BadNumber(
            ngettext(
                "thiếu %(n)s chữ số; số định danh có đúng 12 chữ số",
                "thiếu %(n)s chữ số; số định danh có đúng 12 chữ số",
                12 - len(digits),
            )
            % {"n": 12 - len(digits)}
        )
    if len(digits) > 12:
        raise BadNumber(
            ngettext(
                "thừa %(n)s chữ số; số định danh có đúng 12 chữ số",
                "thừa %(n)s chữ số; số định danh có đúng 12 chữ số",
                len(digits) - 12,
            )
            % {"n": len(digits) - 12}
        )
    return digits


def facts(digits: str, extra_prefixes: frozenset[str] = frozenset()) -> Facts:
    """Century, sex, year and place of a number that ``read`` accepted."""
    century = int(digits[3])
    return Facts(
        prefix=digits[:3],
        sex="nam" if century % 2 == 0 else "nu",
        birth_year=1900 + 100 * (century // 2) + int(digits[4:6]),
        known_place=digits[0] != "0" or digits[:3] in PROVINCE_PREFIXES | extra_prefixes,
    )


def check_birth_year(digits: str, this_year: int) -> None:
    """Raises BadNumber when the number says its holder is not born yet: then digit 4, 5 or 6 is mistyped."""
    year = facts(digits).birth_year
    if year > this_year:
        words = _("chữ số thứ 4 đến thứ 6 (“%(digits)s”) cho năm sinh %(year)s, chưa đến; xem lại các số này trên thẻ")
        raise BadNumber(words % {"digits": digits[3:6], "year": year})
