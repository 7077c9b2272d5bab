"""Frozen dataclasses to JSON and back. What comes in a browser or an old version wrote: nothing is taken on trust."""

from __future__ import annotations

import dataclasses
import functools
import math
import types
import typing
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Problem
from congvu.common.text import nfc
from congvu.engines.typeset.types.text import Run, Text

MOST_ITEMS = 20_000
LONGEST_TEXT = 100_000
MOST_SPAN = 100


def fields_of(value: Any) -> dict[str, Any]:
    """The fields of a dataclass that are not at their default; a text without style is a plain string."""
    found = {}
    for f in dataclasses.fields(value):
        content = getattr(value, f.name)
        if content != f.default:
            found[f.name] = _out(content)
    return found


def _out(value: Any) -> Any:
    if isinstance(value, tuple):
        if len(value) == 1 and value[0].__class__ is Run and not (value[0].bold or value[0].italic):
            return value[0].text
        return [_out(item) for item in value]
    return fields_of(value) if dataclasses.is_dataclass(value) else value


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    return {
        name: hint
        for name, hint in typing.get_type_hints(cls).items()
        if typing.get_origin(hint) is not typing.ClassVar
    }


def build(cls: type[Any], data: Any, path: str, problems: list[Problem]) -> Any:
    """The dataclass of its fields; None when something does not fit, and ``problems`` says what."""
    if not isinstance(data, dict):
        problems.append(Problem(path, _("Cần một nhóm giá trị."), "type"))
        return None
    before, hints = len(problems), _hints(typing.cast("typing.Hashable", cls))
    problems += [Problem(f"{path}.{k}", _("Mẫu giấy không có trường này."), "unknown") for k in data.keys() - hints]
    for f in dataclasses.fields(cls):
        if f.name not in data and f.default is dataclasses.MISSING:
            problems.append(Problem(f"{path}.{f.name}", _("Thiếu giá trị."), "required"))
    values = {k: _value(hints[k], data[k], f"{path}.{k}", problems) for k in hints.keys() & data.keys()}
    return cls(**values) if len(problems) == before else None


def _value(hint: Any, value: Any, path: str, problems: list[Problem]) -> Any:
    if hint == Text and isinstance(value, str):
        value = [{"text": value}] if value else []
    origin = typing.get_origin(hint)
    if origin is tuple and isinstance(value, list) and len(value) <= MOST_ITEMS:
        inner = typing.get_args(hint)[0]
        return tuple(_value(inner, item, f"{path}.{n}", problems) for n, item in enumerate(value, 1))
    if dataclasses.is_dataclass(hint):
        return build(typing.cast("type[Any]", hint), value, path, problems)
    if _fits(hint, origin, value):
        return nfc(value) if isinstance(value, str) else value
    problems.append(Problem(path, _("Giá trị không đúng loại: %(value)s.") % {"value": f"{value!r:.60}"}, "type"))
    return None


def _fits(hint: Any, origin: Any, value: Any) -> bool:
    if origin is typing.Literal:
        return isinstance(value, str) and value in typing.get_args(hint)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value > 0
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_SPAN
    if hint is str:
        return isinstance(value, str) and len(value) <= LONGEST_TEXT
    return not isinstance(hint, types.GenericAlias) and isinstance(value, hint)
