"""Text, long text, names of people, telephone, e-mail, personal number."""
# ruff: noqa: ARG002  every kind answers the same calls, not each needs all of them

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from congvu.engines.forms import cccd
from congvu.engines.forms.kinds.base import Bad, FormData, Kind, tidy
from congvu.engines.forms.types import Field

_EMAIL = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$")
_PHONE_MARKS = re.compile(r"[\s.()\-]+")
_PHONE = re.compile(r"^0\d{9,10}$", re.ASCII)


class Text(Kind):
    """One line. Parameters: ``max`` (characters), ``pattern`` with ``pattern_words``, ``upper``."""

    longest = 255

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        if not isinstance(raw, str):
            raise Bad(_("phải là chữ"))
        text = tidy(raw)
        self._length(field, text)
        pattern = field.params.get("pattern")
        if pattern and not re.fullmatch(pattern, text):
            raise Bad(str(field.params["pattern_words"]))
        return text.upper() if field.params.get("upper") else text

    def _length(self, field: Field, text: str) -> None:
        longest = int(field.params.get("max", self.longest))
        if len(text) > longest:
            words = _("dài %(n)s ký tự, nhiều nhất %(most)s; hãy ghi ngắn lại")
            raise Bad(words % {"n": len(text), "most": longest})

    def schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": int(field.params.get("max", self.longest))}


class Area(Text):
    """Several lines."""

    template = "textarea"
    longest = 3000

    def read(self, field: Field, name: str, data: FormData) -> Any:
        return tidy(data.get(name, ""), lines=True) or None

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        if not isinstance(raw, str):
            raise Bad(_("phải là chữ"))
        text = tidy(raw, lines=True)
        self._length(field, text)
        return text


class Name(Text):
    """A person's name in capitals: letters and blanks; ``marks`` also allows ' - and . of foreign names."""

    longest = 100

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        text = str(super().parse(field, raw, today))
        allowed = " '’.-" if field.params.get("marks", True) else " "
        for char in text:
            if char not in allowed and unicodedata.category(char)[0] not in "LM":
                raise Bad(_("chỉ gồm chữ cái; bỏ ký tự “%(char)s”") % {"char": char})
        return text.upper()


class Phone(Kind):
    """A Vietnamese number, kept as digits beginning with 0."""

    template = "text"

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        digits = _PHONE_MARKS.sub("", str(raw))
        for prefix in ("+84", "0084"):
            if digits.startswith(prefix):
                digits = "0" + digits.removeprefix(prefix).removeprefix("0")
        if not _PHONE.match(digits):
            raise Bad(_("gồm 10 chữ số, bắt đầu bằng số 0, ví dụ 0900 000 147"))
        return digits

    def text(self, field: Field, value: Any) -> str:
        return f"{value[:4]} {value[4:7]} {value[7:]}"

    def schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "pattern": "^0[0-9]{9,10}$"}


class Email(Kind):
    def parse(self, field: Field, raw: Any, today: date) -> Any:
        text = str(raw)
        if len(text) > 254 or not _EMAIL.match(text):
            raise Bad(_("cần có dạng ten@noi.vn, không dấu, không khoảng trắng"))
        return text

    def schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "maxLength": 254, "pattern": "^[^@ ]+@[^@ ]+$"}


class PersonalNumber(Kind):
    """The twelve digits; what they say is compared with other answers by rules, never refused here."""

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        try:
            digits = cccd.read(str(raw))
            cccd.check_birth_year(digits, today.year)
        except cccd.BadNumber as wrong:
            raise Bad(str(wrong)) from wrong
        return digits

    def schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{12}$"}
