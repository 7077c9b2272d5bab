"""What must hold of a form before anybody answers it; each breach says where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from congvu.engines.forms.computed import FUNCTIONS
from congvu.engines.forms.conditions import variables
from congvu.engines.forms.errors import BadDefinition
from congvu.engines.forms.kinds import KINDS
from congvu.engines.forms.rules import RULES, fields_of
from congvu.engines.forms.types import Condition, Field, FormDef

_NEED_CHOICES = ("choice", "choices")


def prove(form: FormDef) -> None:
    """Raises BadDefinition with every breach found."""
    breaches = [*_fields(form), *_rules(form), *_texts(form)]
    if breaches:
        raise BadDefinition(f"{form.key}: " + "; ".join(breaches))


def _fields(form: FormDef) -> Iterator[str]:
    seen: dict[str, Field] = {}
    for page, group, field in form.fields():
        conditions = (page.show_if, group.show_if, field.show_if, field.required_if, field.copy_if)
        for condition in conditions:
            yield from _condition(field.key, condition, seen)
        yield from _one(field, seen)
        if field.copy_from and field.copy_from not in seen:
            yield f"{field.key} chép từ {field.copy_from} không đứng trước"
        seen[field.key] = field
    for paper in form.papers:
        yield from _condition(paper.key, paper.show_if, seen)
    for check in form.clerk_checks:
        yield from _condition(check.key, check.when, seen)


def _one(field: Field, seen: dict[str, Field]) -> Iterator[str]:
    if field.key in seen:
        yield f"trùng mục {field.key}"
    if field.kind not in KINDS:
        yield f"{field.key}: không có loại {field.kind}"
    if field.kind in _NEED_CHOICES and not field.choices:
        yield f"{field.key}: thiếu lựa chọn"
    if len({choice.value for choice in field.choices}) != len(field.choices):
        yield f"{field.key}: trùng lựa chọn"
    if field.kind == "computed" and field.params.get("function") not in FUNCTIONS:
        yield f"{field.key}: không có phép tính {field.params.get('function')}"
    if field.mark == "M" and not field.basis:
        yield f"{field.key}: mục chưa đối chiếu phải nêu căn cứ"
    yield from _inner(field.fields)


def _inner(fields: Sequence[Field]) -> Iterator[str]:
    seen: dict[str, Field] = {}
    for field in fields:
        yield from _condition(field.key, field.show_if, seen)
        yield from _condition(field.key, field.required_if, seen)
        yield from _one(field, seen)
        seen[field.key] = field


def _condition(where: str, condition: Condition | None, seen: dict[str, Field]) -> Iterator[str]:
    """A condition looks only back, and compares a choice only with its own items."""
    for key in variables(condition):
        if key not in seen:
            yield f"{where}: điều kiện hỏi {key} không đứng trước"
    for key, value in _constants(condition):
        field = seen.get(key)
        if field is not None and field.choices and value not in {choice.value for choice in field.choices}:
            yield f"{where}: {key} không có lựa chọn {value!r}"


def _constants(condition: Condition | None) -> Iterator[tuple[str, object]]:
    if condition is None:
        return
    ((name, operand),) = condition.items()
    if name in ("and", "or"):
        for part in operand:
            yield from _constants(part)
    elif name == "not":
        yield from _constants(operand)
    elif name in ("==", "!="):
        yield operand[0]["var"], operand[1]
    elif name == "in":
        yield from ((operand[0]["var"], value) for value in operand[1])


def _rules(form: FormDef) -> Iterator[str]:
    pages = {field.key: number for number, page in enumerate(form.pages) for g in page.groups for field in g.fields}
    keys = [rule.key for rule in form.rules]
    yield from (f"trùng phép kiểm {key}" for key in {key for key in keys if keys.count(key) > 1})
    for rule in form.rules:
        if rule.name not in RULES:
            yield f"{rule.key}: không có phép kiểm {rule.name}"
            continue
        used = {*fields_of(rule), *variables(rule.when), *rule.at}
        unknown = used - pages.keys()
        yield from (f"{rule.key}: không có mục {key}" for key in sorted(unknown))
        if not unknown and {pages[key] for key in rule.at} != {max(pages[key] for key in used)}:
            yield f"{rule.key}: phải đứng ở trang cuối trong các trang nó đọc"
        if rule.mark == "M" and not rule.basis:
            yield f"{rule.key}: phép kiểm chưa đối chiếu phải nêu căn cứ"


def _texts(form: FormDef) -> Iterator[str]:
    for _page, _group, field in form.fields():
        for item in (field, *field.fields):
            if not item.label:
                yield f"{item.key}: thiếu nhãn"
    yield from (
        f"{paper.key}: giấy tờ chưa đối chiếu phải nêu căn cứ"
        for paper in form.papers
        if _bare(paper.mark, paper.basis)
    )


def _bare(mark: str, basis: str) -> bool:
    return mark == "M" and not basis
