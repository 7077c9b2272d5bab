"""The JSON Schema 2020-12 of a form's clean answers: types, bounds, and what must be there under which conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from congvu.engines.forms.conditions import both, to_schema
from congvu.engines.forms.kinds import kind_of
from congvu.engines.forms.types import Condition, Field, FormDef

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(form: FormDef) -> dict[str, Any]:
    """A schema that accepts exactly the answers that may be stored, rules across fields aside."""
    required: list[str] = []
    conditional: list[dict[str, Any]] = []
    for page, group, field in form.fields():
        for condition in _needs(field):
            shown = both(page.show_if, group.show_if, field.show_if, condition)
            if shown is None:
                required.append(field.key)
            else:
                conditional.append({"if": to_schema(shown), "then": {"required": [field.key]}})
    return {
        "$schema": DIALECT,
        "title": form.title.vi,
        **_object([field for _page, _group, field in form.fields()], required, conditional),
    }


def _needs(field: Field) -> Iterator[Condition | None]:
    """The condition under which an answer must be there (None: always); nothing for a free question."""
    if not kind_of(field).asks or not (field.required or field.required_if):
        return
    typed = {"not": field.copy_if} if field.copy_if else None
    yield both(typed, None if field.required else field.required_if)


def _object(fields: list[Field], required: list[str], conditional: list[dict[str, Any]]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {field.key: _property(field) for field in fields if field.kind != "statement"},
        "required": required,
        "additionalProperties": False,
    }
    return schema | ({"allOf": conditional} if conditional else {})


def _property(field: Field) -> dict[str, Any]:
    schema = kind_of(field).schema(field) | {"title": field.label.vi}
    if field.kind == "rows":
        schema["items"] = _row(field)
    return schema


def _row(field: Field) -> dict[str, Any]:
    required: list[str] = []
    conditional: list[dict[str, Any]] = []
    for inner in field.fields:
        for condition in _needs(inner):
            shown = both(inner.show_if, condition)
            if shown is None:
                required.append(inner.key)
            else:
                conditional.append({"if": to_schema(shown), "then": {"required": [inner.key]}})
    return _object(list(field.fields), required, conditional)
