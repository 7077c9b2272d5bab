"""The twelve digits of a personal number and the digits of a tax code, checked without asking anybody."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, Problem
from congvu.ground.accounts.types import PersonalId

_TWELVE = re.compile(r"\d{12}", re.ASCII)
_TAX = re.compile(r"(\d{10})(?:-?(\d{3}))?|\d{12}", re.ASCII)


def parse_personal_id(text: str, *, field: str = "personal_id") -> PersonalId:
    """The number, its digits read. Blanks and dots between digits are ignored.

    Digits 1–3: place of registration of birth; 4: century and sex (0 male, 1 female of the 20th century, 2 and 3
    of the 21st…); 5–6: year. Raises Invalid naming ``field``.
    """
    number = re.sub(r"[\s.]", "", text)
    if not _TWELVE.fullmatch(number):
        raise _invalid(field, _("Số định danh cá nhân gồm đúng 12 chữ số. Hãy xem trên thẻ căn cước rồi nhập lại."))
    if number.startswith("000"):
        raise _invalid(field, _("Ba chữ số đầu là mã nơi đăng ký khai sinh, không thể là 000."))
    era = int(number[3])
    year = 1900 + 100 * (era // 2) + int(number[4:6])
    return PersonalId(number, number[:3], "nam" if era % 2 == 0 else "nữ", year)


def parse_tax_code(text: str, *, field: str = "tax_code") -> str:
    """A tax code: ten digits, a branch's ten and three (written with a dash), or a person's twelve. Raises Invalid."""
    compact = re.sub(r"\s", "", text)
    match = _TAX.fullmatch(compact)
    if match is None:
        raise _invalid(field, _("Mã số thuế gồm 10 chữ số, 13 chữ số (đơn vị phụ thuộc) hoặc 12 chữ số (cá nhân)."))
    return f"{match[1]}-{match[2]}" if match[2] else compact


def _invalid(field: str, message: str) -> Invalid:
    return Invalid(message, problems=(Problem(field, message),))
