"""The small language of conditions: comparisons, and/or/not, in, arithmetic, numbers, strings, names.

A text is parsed to a syntax tree of which only a short list of node kinds is accepted; it is never executed as
Python. Numbers are exact decimals.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from congvu.common.errors import Invalid, Problem

MAX_LENGTH = 500
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Mod: operator.mod,
}  # fmt: skip
_PLAIN = (ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.Not, ast.USub, ast.UAdd, ast.UnaryOp, ast.BinOp,
          ast.Compare, ast.Load, ast.Name, ast.Tuple, ast.List, *_COMPARE, *_ARITHMETIC)  # fmt: skip
_REFUSED: dict[type[ast.AST], str] = {
    ast.Call: gettext_noop("không được gọi hàm"),
    ast.Attribute: gettext_noop("không được dùng dấu chấm để lấy thuộc tính"),
    ast.Subscript: gettext_noop("không được dùng ngoặc vuông để lấy phần tử"),
    ast.Lambda: gettext_noop("không được viết hàm"),
    ast.NamedExpr: gettext_noop("không được gán giá trị"),
    ast.Pow: gettext_noop("không được dùng phép lũy thừa"),
}
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}


class ConditionError(Invalid):
    """The condition cannot be read, or cannot be answered with the variables at hand."""

    code = "condition"


def _refuse(text: str, node: ast.AST | None, what: str) -> ConditionError:
    column = getattr(node, "col_offset", None)
    place = _(", cột %(column)s") % {"column": _column(text, column)} if column is not None else ""
    message = _("Điều kiện “%(text)s”%(place)s: %(what)s.") % {"text": text, "place": place, "what": what}
    return ConditionError(message, problems=(Problem("condition", message, "condition"),))


def _column(text: str, offset: int) -> int:
    return len(text.encode()[:offset].decode(errors="ignore")) + 1


def strip(text: str) -> str:
    """The bare condition inside the wrappers modellers write: ``${…}``, ``#{…}`` or a leading ``=``."""
    text = text.strip()
    if text[:2] in ("${", "#{") and text.endswith("}"):
        text = text[2:-1]
    return text.removeprefix("=").strip()


@lru_cache(maxsize=2048)
def parse(text: str) -> ast.Expression:
    """The checked tree of a condition. Raises ConditionError, in Vietnamese, naming the column."""
    bare = strip(text)
    if not bare or len(bare) > MAX_LENGTH:
        raise _refuse(bare[:40], None, _("phải có từ 1 đến 500 ký tự") if not bare else _("dài hơn 500 ký tự"))
    try:
        tree = ast.parse(bare, mode="eval")
    except SyntaxError as error:
        place = ast.Pass(col_offset=max(0, (error.offset or 1) - 1))
        raise _refuse(bare, place, _("viết sai cú pháp")) from None
    except (ValueError, RecursionError, MemoryError):
        raise _refuse(bare, None, _("không đọc được")) from None
    for node in _walk(tree):
        _check(bare, node)
    return tree


def _walk(tree: ast.AST) -> Iterator[ast.AST]:
    """Parents before children, so the message names the outermost thing that is wrong."""
    todo = [tree]
    while todo:
        node = todo.pop()
        yield node
        todo.extend(reversed(list(ast.iter_child_nodes(node))))


def _check(text: str, node: ast.AST) -> None:
    if isinstance(node, ast.Constant):
        if not isinstance(node.value, str | int | float) and node.value is not None:
            raise _refuse(text, node, _("chỉ được dùng số, chữ trong ngoặc kép, true, false, null"))
    elif isinstance(node, ast.Name):
        if node.id.startswith("_"):
            raise _refuse(text, node, _("tên biến “%(id)s” không hợp lệ") % {"id": node.id})
    elif not isinstance(node, _PLAIN):
        known = next(
            (_(words) for kind, words in _REFUSED.items() if isinstance(node, kind)), _("phép viết này không được dùng")
        )
        raise _refuse(text, node, known)


def names(text: str) -> set[str]:
    """The variables a condition reads."""
    return {node.id for node in ast.walk(parse(text)) if isinstance(node, ast.Name)} - set(_WORDS)


def holds(text: str, variables: Mapping[str, Any]) -> bool:
    """Whether the condition is true. Raises ConditionError for a missing variable or values that cannot be compared."""
    tree = parse(text)
    try:
        return bool(_value(strip(text), tree.body, variables))
    except (TypeError, ArithmeticError):
        raise _refuse(strip(text), None, _("không tính được với các giá trị hiện có")) from None


def _number(value: Any) -> Any:
    if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
        return Decimal(str(value))
    return value


def _value(text: str, node: ast.AST, variables: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant():
            return _number(node.value)
        case ast.Name():
            return _name(text, node, variables)
        case ast.Tuple() | ast.List():
            return [_value(text, item, variables) for item in node.elts]
        case ast.BoolOp():
            parts = (bool(_value(text, item, variables)) for item in node.values)
            return all(parts) if isinstance(node.op, ast.And) else any(parts)
        case ast.UnaryOp():
            operand = _value(text, node.operand, variables)
            return (
                not operand
                if isinstance(node.op, ast.Not)
                else -_need(operand)
                if isinstance(node.op, ast.USub)
                else operand
            )
        case ast.BinOp():
            left, right = _value(text, node.left, variables), _value(text, node.right, variables)
            return _ARITHMETIC[type(node.op)](_need(left), _need(right))
        case ast.Compare():
            return _compare(text, node, variables)
    raise _refuse(text, node, _("phép viết này không được dùng"))


def _need(value: Any) -> Decimal:
    if not isinstance(value, Decimal):
        raise TypeError("arithmetic is for numbers")
    return value


def _name(text: str, node: ast.Name, variables: Mapping[str, Any]) -> Any:
    if node.id in variables:
        value = variables[node.id]
        return [_number(item) for item in value] if isinstance(value, list | tuple) else _number(value)
    if node.id in _WORDS:
        return _WORDS[node.id]
    raise _refuse(text, node, _("chưa có giá trị của “%(id)s”") % {"id": node.id})


def _compare(text: str, node: ast.Compare, variables: Mapping[str, Any]) -> bool:
    left = _value(text, node.left, variables)
    for sign, item in zip(node.ops, node.comparators, strict=True):
        right = _value(text, item, variables)
        if not _COMPARE[type(sign)](left, right):
            return False
        left = right
    return True
