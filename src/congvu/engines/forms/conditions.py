"""The small language of ``show_if`` and ``required_if``: JSON, no code.

``{"==": [{"var": "x"}, "y"]}``, ``!=``, ``in`` (left in the list on the right), ``<``, ``<=``, ``>``, ``>=``,
``filled``, ``and``, ``or``, ``not``. A comparison with an answer that is missing or unreadable is false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from congvu.engines.forms.errors import BadDefinition
from congvu.engines.forms.types import Condition

_COMPARE = {"==", "!=", "<", "<=", ">", ">=", "in"}
_SCHEMA_BOUND = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}


def is_empty(value: Any) -> bool:
    """Nothing was answered. ``False`` and 0 are answers."""
    return value is None or value == "" or value == [] or value == {}


def holds(condition: Condition | None, answers: Mapping[str, Any]) -> bool:
    """Whether the condition is true of the answers; no condition is always true."""
    if condition is None:
        return True
    ((name, operand),) = condition.items()
    if name == "and":
        return all(holds(part, answers) for part in operand)
    if name == "or":
        return any(holds(part, answers) for part in operand)
    if name == "not":
        return not holds(operand, answers)
    if name == "filled":
        return not is_empty(answers.get(operand["var"]))
    return _compare(name, answers.get(operand[0]["var"]), operand[1])


def _compare(name: str, left: Any, right: Any) -> bool:
    if is_empty(left) or isinstance(left, dict):
        return False
    if name == "==":
        return bool(left == right)
    if name == "!=":
        return bool(left != right)
    if name == "in":
        return left in right
    if type(left) is not type(right):
        return False
    return bool({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[name])


def variables(condition: Condition | None) -> Iterator[str]:
    """Keys of the fields a condition reads. Raises BadDefinition when it is not of the language."""
    if condition is None:
        return
    if not isinstance(condition, Mapping) or len(condition) != 1:
        raise BadDefinition(_("điều kiện sai: %(condition)s") % {"condition": f"{condition!r}"})
    ((name, operand),) = condition.items()
    if name in ("and", "or"):
        for part in operand:
            yield from variables(part)
    elif name == "not":
        yield from variables(operand)
    elif name == "filled":
        yield operand["var"]
    elif name in _COMPARE and len(operand) == 2 and isinstance(operand[0], Mapping):
        yield operand[0]["var"]
    else:
        raise BadDefinition(_("điều kiện sai: %(condition)s") % {"condition": f"{condition!r}"})


def both(*conditions: Condition | None) -> Condition | None:
    """All of the conditions that are there."""
    parts = [condition for condition in conditions if condition is not None]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {"and": parts}


def to_schema(condition: Condition) -> dict[str, Any]:
    """The condition as a JSON Schema that is valid exactly when it holds."""
    ((name, operand),) = condition.items()
    if name in ("and", "or"):
        return {"allOf" if name == "and" else "anyOf": [to_schema(part) for part in operand]}
    if name == "not":
        return {"not": to_schema(operand)}
    if name == "filled":
        return {"required": [operand["var"]]}
    key, right = operand[0]["var"], operand[1]
    return {"properties": {key: _value_schema(name, right)}, "required": [key]}


def _value_schema(name: str, right: Any) -> dict[str, Any]:
    if name == "==":
        return {"const": right}
    if name == "!=":
        return {"not": {"const": right}}
    if name == "in":
        return {"enum": list(right)}
    return {"type": "number", _SCHEMA_BOUND[name]: right}
