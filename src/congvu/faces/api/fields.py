"""Fields and bodies of the API: strict about JSON types, refusals in Vietnamese, nothing silently dropped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from congvu.common.text import nfc
from congvu.common.zones import iso

REQUIRED: dict[str, Any] = {
    "required": gettext_lazy("Thiếu trường này."),
    "null": gettext_lazy("Trường này không được để null."),
}


class Text(serializers.CharField):
    """A string, measured and kept in NFC. Numbers and booleans are no strings."""

    default_error_messages = REQUIRED | {
        "invalid": gettext_lazy("Phải là chuỗi ký tự."),
        "blank": gettext_lazy("Trường này không được để trống."),
        "max_length": gettext_lazy("Dài quá {max_length} ký tự."),
        "min_length": gettext_lazy("Ngắn hơn {min_length} ký tự."),
    }

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return nfc(super().to_internal_value(data))


class Count(serializers.IntegerField):
    """A whole number; a string of digits or 1.0 is none."""

    default_error_messages = REQUIRED | {
        "invalid": gettext_lazy("Phải là số nguyên."),
        "max_value": gettext_lazy("Nhiều nhất là {max_value}."),
        "min_value": gettext_lazy("Ít nhất là {min_value}."),
    }

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return data


class Flag(serializers.BooleanField):
    """true or false, nothing else."""

    default_error_messages = REQUIRED | {"invalid": gettext_lazy("Phải là true hoặc false.")}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Choice(serializers.ChoiceField):
    default_error_messages = REQUIRED | {"invalid_choice": gettext_lazy("Giá trị không có trong danh mục.")}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Key(serializers.UUIDField):
    default_error_messages = REQUIRED | {"invalid": gettext_lazy("Phải là mã UUID.")}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class Lines(serializers.ListField):
    """A list of strings in an answer."""

    def __init__(self, **values: Any) -> None:
        super().__init__(child=serializers.CharField(), **values)


class Moment(serializers.DateTimeField):
    """A time as the API writes it: ISO 8601, seconds, +07:00."""

    def to_representation(self, value: datetime) -> str:
        return iso(value)


class Body(serializers.Serializer[Any]):
    """What a call sends. A name that is not known is refused: it is mostly a slip of the pen of an optional one."""

    default_error_messages = REQUIRED | {"invalid": gettext_lazy("Phải là một đối tượng JSON.")}

    def to_internal_value(self, data: Any) -> Any:
        unknown = [key for key in data if key not in self.fields] if isinstance(data, Mapping) else []
        if unknown:
            message = serializers.ErrorDetail(_("Không có trường này."), code="unknown")
            raise serializers.ValidationError({str(key)[:80]: [message] for key in unknown[:20]})
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A number in a query, where everything is text."""

    default_error_messages = Count.default_error_messages


class PageQuery(Body):
    """Which page of a list."""

    after = Text(required=False, default="", allow_blank=True, max_length=200, help_text="`next` of the page before.")
    limit = Whole(required=False, default=30, min_value=1, max_value=100)


def checked(body: type[Body], data: Any) -> dict[str, Any]:
    """The values of a call. Raises ValidationError naming every wrong field."""
    given = data.dict() if hasattr(data, "dict") else data
    form = body(data=given)
    form.is_valid(raise_exception=True)
    values: dict[str, Any] = dict(form.validated_data)
    return values
