"""Choices: one of a list, several, yes or no, consent."""
# ruff: noqa: ARG002  every kind answers the same calls, not each needs all of them

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.spoken import say_padded
from congvu.engines.forms.kinds.base import Bad, FormData, Kind, raw_of, tidy
from congvu.engines.forms.types import Choice, Field

MOST_RADIOS = 7


def open_choices(field: Field, today: date) -> tuple[Choice, ...]:
    """The items that may be chosen on this day."""
    return tuple(choice for choice in field.choices if choice.until is None or today <= choice.until)


def label_of(field: Field, value: Any) -> str:
    return next((str(choice.label) for choice in field.choices if choice.value == value), str(value))


class OneOf(Kind):
    """Radios up to seven items, else a list."""

    template = "choice"

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        for choice in field.choices:
            if choice.value == raw and (choice.until is None or today <= choice.until):
                return choice.value
            if choice.value == raw and choice.until is not None:
                words = _("mục này chỉ chọn được đến hết ngày %(day)s; chọn mục khác")
                raise Bad(words % {"day": say_padded(choice.until)})
        raise Bad(_("chọn một mục có trong danh sách"))

    def boxes(self, field: Field, value: Any) -> dict[str, Any]:
        raw = raw_of(value)
        return {"": (raw if raw is not None else value) or ""}

    def text(self, field: Field, value: Any) -> str:
        return label_of(field, value)

    def schema(self, field: Field) -> dict[str, Any]:
        return {"enum": [choice.value for choice in field.choices]}


class SeveralOf(Kind):
    """Check boxes; at least one when required."""

    template = "choices"

    def read(self, field: Field, name: str, data: FormData) -> Any:
        return [tidy(value) for value in data.getlist(name)] or None

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        allowed = {choice.value for choice in open_choices(field, today)}
        if not isinstance(raw, list) or not all(isinstance(value, str) and value in allowed for value in raw):
            raise Bad(_("chọn những mục có trong danh sách"))
        return [choice.value for choice in field.choices if choice.value in raw]

    def boxes(self, field: Field, value: Any) -> dict[str, Any]:
        raw = raw_of(value)
        return {"": list((raw if raw is not None else value) or [])}

    def text(self, field: Field, value: Any) -> str:
        return ", ".join(label_of(field, item) for item in value)

    def schema(self, field: Field) -> dict[str, Any]:
        items = {"enum": [choice.value for choice in field.choices]}
        return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}


class YesNo(Kind):
    """Two radios; never answered for the person."""

    template = "yesno"

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        if isinstance(raw, bool):
            return raw
        if raw not in ("1", "0"):
            raise Bad(_("chọn Có hoặc Không"))
        return raw == "1"

    def boxes(self, field: Field, value: Any) -> dict[str, Any]:
        return {"": {True: "1", False: "0"}.get(value, "") if isinstance(value, bool) else ""}

    def text(self, field: Field, value: Any) -> str:
        return _("Có") if value else _("Không")

    def schema(self, field: Field) -> dict[str, Any]:
        return {"type": "boolean"}


class Consent(YesNo):
    """One box to tick. Not ticked is not answered; only a plain tick (parameter ``optional_tick``) may stay off."""

    template = "consent"

    def text(self, field: Field, value: Any) -> str:
        return _("Đã xác nhận") if value else ""

    def read(self, field: Field, name: str, data: FormData) -> Any:
        return "1" if data.get(name) else None

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        if super().parse(field, raw, today) is not True:
            raise Bad(_("đánh dấu vào ô để tiếp tục, hoặc bỏ trống"))
        return True

    def schema(self, field: Field) -> dict[str, Any]:
        return {"const": True}
