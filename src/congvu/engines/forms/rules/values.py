"""Rules that compare answers, and rules about rows."""

from __future__ import annotations

from typing import Any

from congvu.common.text import nfc
from congvu.engines.forms.conditions import is_empty
from congvu.engines.forms.rules.registry import Broken, Context, rule


def plain(value: Any) -> Any:
    """A value as comparing sees it: case and blanks of texts do not matter, an address is its codes."""
    if isinstance(value, str):
        return " ".join(nfc(value).casefold().split())
    if isinstance(value, dict) and "country" in value:
        return (value["country"], value.get("province", ""), value.get("commune", ""))
    return value


@rule("same", "a", "b")
def same(context: Context) -> Broken:
    """Both answers are equal."""
    a, b = context.value("a"), context.value("b")
    return None if is_empty(a) or is_empty(b) or plain(a) == plain(b) else {}


@rule("differ", "a", "b")
def differ(context: Context) -> Broken:
    """The answers are not equal; of addresses the detail counts too."""
    a, b = context.value("a"), context.value("b")
    if is_empty(a) or is_empty(b):
        return None
    return {} if plain(a) == plain(b) and _detail(a) == _detail(b) else None


def _detail(value: Any) -> Any:
    return plain(value.get("detail", "")) if isinstance(value, dict) else ""


@rule("one_of", "field", "any")
def one_of(context: Context) -> Broken:
    """The answer equals one of the others."""
    value, others = context.value("field"), context.values("any")
    return None if is_empty(value) or not others or plain(value) in [plain(item) for item in others] else {}


@rule("is_one_of", "field")
def is_one_of(context: Context) -> Broken:
    """The answer is one of ``values`` (used with ``when``)."""
    value = context.value("field")
    return None if is_empty(value) or value in context.params["values"] else {}


@rule("is_not", "field")
def is_not(context: Context) -> Broken:
    """The answer is none of ``values``."""
    value = context.value("field")
    return {} if not is_empty(value) and value in context.params["values"] else None


@rule("tell")
def tell(_context: Context) -> Broken:
    """Always speaks (used with ``when``): something the applicant should know or do."""
    return {}


@rule("exactly_one", "rows")
def exactly_one(context: Context) -> Broken:
    """Exactly one row has ``field`` ticked."""
    rows = context.value("rows")
    if is_empty(rows):
        return None
    count = sum(1 for row in rows if row.get(context.params["field"]) is True)
    return None if count == 1 else {"count": str(count)}


@rule("no_duplicates", "rows")
def no_duplicates(context: Context) -> Broken:
    """No two rows agree in ``field``."""
    rows = context.value("rows") or []
    values = [plain(row[context.params["field"]]) for row in rows if not is_empty(row.get(context.params["field"]))]
    twice = next((value for value in values if values.count(value) > 1), None)
    return {"value": str(twice)} if twice is not None else None


@rule("includes", "rows", "value")
def includes(context: Context) -> Broken:
    """One of the rows has ``field`` equal to another answer."""
    rows, value = context.value("rows"), context.value("value")
    if is_empty(rows) or is_empty(value):
        return None
    return None if plain(value) in [plain(row.get(context.params["field"])) for row in rows] else {}


@rule("row_where", "rows")
def row_where(context: Context) -> Broken:
    """Speaks when a row's ``field`` is one of ``values`` or begins with one of ``begins``."""
    field = context.params["field"]
    for row in context.value("rows") or []:
        value = row.get(field)
        begins = any(str(value or "").startswith(start) for start in context.params.get("begins", ()))
        if value in context.params.get("values", ()) or begins:
            return {"value": str(value)}
    return None


@rule("is_not_fact")
def is_not_fact(context: Context) -> Broken:
    """A register does not say ``value``; silent while the register was not asked."""
    return {} if context.value("fact") == context.params["value"] else None
