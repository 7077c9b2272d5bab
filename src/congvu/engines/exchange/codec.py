"""The values of this room as JSON, and back: what message rows and ``edxml make`` hold."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

V = TypeVar("V")


def dump(value: Any) -> Any:
    """The value as JSON; fields that hold their default are left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: dump(v) for f in dataclasses.fields(value) if not _default(f, v := getattr(value, f.name))}
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _default(field: dataclasses.Field[Any], value: Any) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(value == field.default)
    return field.default_factory is not dataclasses.MISSING and bool(value == field.default_factory())


def load(cls: type[V], data: Any, place: str = "") -> V:
    """The value of the JSON. Raises ValueError naming the place of what is unknown, missing or of another kind."""
    if not isinstance(data, dict):
        raise ValueError(place or cls.__name__)
    hints = get_type_hints(cls)
    for name in data:
        if name not in hints:
            raise ValueError(f"{place}.{name}".lstrip("."))
    values = {name: _load(hints[name], value, f"{place}.{name}".lstrip(".")) for name, value in data.items()}
    try:
        return cls(**values)
    except TypeError as error:
        raise ValueError(f"{place}: {error}".lstrip(": ")) from error


def _load(hint: Any, data: Any, place: str) -> Any:
    if get_origin(hint) is UnionType:
        if data is None:
            return None
        return _load(next(arg for arg in get_args(hint) if arg is not NoneType), data, place)
    if get_origin(hint) is tuple:
        if not isinstance(data, list):
            raise ValueError(place)
        return tuple(_load(get_args(hint)[0], item, f"{place}.{n}") for n, item in enumerate(data))
    if dataclasses.is_dataclass(hint):
        return load(hint, data, place)  # type: ignore[arg-type]
    return _plain(hint, data, place)


def _plain(hint: Any, data: Any, place: str) -> Any:
    try:
        if hint is datetime or hint is date:
            return hint.fromisoformat(data)
        if hint is UUID or issubclass(hint, Enum):
            return hint(data)
    except (TypeError, ValueError, AttributeError) as error:
        raise ValueError(place) from error
    if not isinstance(data, hint) or (hint is int and isinstance(data, bool)):
        raise ValueError(place)
    return data
