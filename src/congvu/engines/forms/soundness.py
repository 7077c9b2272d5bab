"""What must hold of a form before anybody answers it; each breach says where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

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
            yield _("%(key)s chép từ %(copy_from)s không đứng trước") % {"key": field.key, "copy_from": field.copy_from}
        seen[field.key] = field
    for paper in form.papers:
        yield from _condition(paper.key, paper.show_if, seen)
    for check in form.clerk_checks:
        yield from _condition(check.key, check.when, seen)


def _one(field: Field, seen: dict[str, Field]) -> Iterator[str]:
    if field.key in seen:
        yield _("trùng mục %(key)s") % {"key": field.key}
    if field.kind not in KINDS:
        yield _("%(key)s: không có loại %(kind)s") % {"key": field.key, "kind": field.kind}
    if field.kind in _NEED_CHOICES and not field.choices:
        yield _("%(key)s: thiếu lựa chọn") % {"key": field.key}
    if len({choice.value for choice in field.choices}) != len(field.choices):
        yield _("%(key)s: trùng lựa chọn") % {"key": field.key}
    if field.kind == "computed" and field.params.get("function") not in FUNCTIONS:
        yield _("%(key)s: không có phép tính %(params)s") % {"key": field.key, "params": field.params.get("function")}
    if field.mark == "M" and not field.basis:
        yield _("%(key)s: mục chưa đối chiếu phải nêu căn cứ") % {"key": field.key}
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
            yield _("%(where)s: điều kiện hỏi %(key)s không đứng trước") % {"where": where, "key": key}
    for key, value in _constants(condition):
        field = seen.get(key)
        if field is not None and field.choices and value not in {choice.value for choice in field.choices}:
            yield _("%(where)s: %(key)s không có lựa chọn %(value)s") % {
                "where": where,
                "key": key,
                "value": f"{value!r}",
            }


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
    yield from (_("trùng phép kiểm %(key)s") % {"key": key} for key in {key for key in keys if keys.count(key) > 1})
    for rule in form.rules:
        if rule.name not in RULES:
            yield _("%(key)s: không có phép kiểm %(name)s") % {"key": rule.key, "name": rule.name}
            continue
        used = {*fields_of(rule), *variables(rule.when), *rule.at}
        unknown = used - pages.keys()
        yield from (_("%(key)s: không có mục %(key2)s") % {"key": rule.key, "key2": key} for key in sorted(unknown))
        if not unknown and {pages[key] for key in rule.at} != {max(pages[key] for key in used)}:
            yield _("%(key)s: phải đứng ở trang cuối trong các trang nó đọc") % {"key": rule.key}
        if rule.mark == "M" and not rule.basis:
            yield _("%(key)s: phép kiểm chưa đối chiếu phải nêu căn cứ") % {"key": rule.key}


def _texts(form: FormDef) -> Iterator[str]:
    for _page, _group, field in form.fields():
        for item in (field, *field.fields):
            if not item.label:
                yield _("%(key)s: thiếu nhãn") % {"key": item.key}
    yield from (
        _("%(key)s: giấy tờ chưa đối chiếu phải nêu căn cứ") % {"key": paper.key}
        for paper in form.papers
        if _bare(paper.mark, paper.basis)
    )


def _bare(mark: str, basis: str) -> bool:
    return mark == "M" and not basis
