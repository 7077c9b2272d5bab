"""Checking answers: each question by its kind, then across questions, in the order of the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import jsonschema_rs
import orjson
from django.utils.translation import gettext as _

from congvu.common.errors import Problem
from congvu.engines.forms.conditions import holds, is_empty, variables
from congvu.engines.forms.kinds import Bad, kind_of, raw_of
from congvu.engines.forms.rules import RULES, Context, fields_of
from congvu.engines.forms.schema import json_schema
from congvu.engines.forms.state import Open, State, open_in_row, resolve
from congvu.engines.forms.types import Answers, CheckResult, Field, FormDef, Rule

MISSING = "missing"


def check(
    form: FormDef, answers: Answers, *, page: str | None, today: date, facts: Mapping[str, Any] | None = None
) -> CheckResult:
    """Check all answers, or those of one page. ``facts`` are known from registers and feed rules about them."""
    clean, bad = _normalise(form, answers, today)
    state = resolve(form, clean)
    scope = [item for item in state.open if page is None or item.page.key == page]
    problems: list[Problem] = []
    for item in scope:
        problems += _field_problems(item, bad, state)
    broken = {problem.field.split(".")[0] for problem in problems}
    told = _rule_problems(form, state, scope, broken, Context(state.live, {}, today, facts or {}))
    order = {item.field.key: number for number, item in enumerate(state.open)}
    problems = _sorted([*problems, *told["error"]], order)
    if page is None:
        problems += _unknown(form, answers)
        problems = problems or _by_schema(form, state)
    return CheckResult(state.live, tuple(problems), tuple(_sorted(told["warning"], order)))


def _sorted(problems: list[Problem], order: dict[str, int]) -> list[Problem]:
    return sorted(problems, key=lambda problem: order.get(problem.field.split(".")[0], len(order)))


def _normalise(form: FormDef, answers: Answers, today: date) -> tuple[dict[str, Any], dict[str, list[Problem]]]:
    """The clean answers, and for each field what could not be read (rows keep a problem for each box)."""
    clean: dict[str, Any] = {}
    bad: dict[str, list[Problem]] = {}
    for _page, _group, field in form.fields():
        value = answers.get(field.key)
        if is_empty(value) or not kind_of(field).kept:
            continue
        if field.kind == "rows":
            rows, wrong = _normalise_rows(field, value, today)
        else:
            rows, wrong = _normalise_one(field, field.key, value, today)
        if wrong:
            bad[field.key] = wrong
        if not is_empty(rows):
            clean[field.key] = rows
    return clean, bad


def _normalise_one(field: Field, name: str, value: Any, today: date) -> tuple[Any, list[Problem]]:
    raw = raw_of(value)
    try:
        return kind_of(field).parse(field, value if raw is None else raw, today), []
    except Bad as wrong:
        return None, [Problem(name, f"{field.label}: {wrong}", f"part_{wrong.part}" if wrong.part else "unreadable")]


def _normalise_rows(field: Field, value: Any, today: date) -> tuple[Any, list[Problem]]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        return None, [Problem(field.key, _("%(label)s: ghi từng dòng") % {"label": field.label}, "unreadable")]
    rows, problems = [], []
    filled = [row for row in value if any(not is_empty(item) for item in row.values())]
    for number, row in enumerate(filled):
        kept: dict[str, Any] = {}
        for inner in open_in_row(field.fields, row):
            name = f"{field.key}.{number}.{inner.key}"
            if is_empty(row.get(inner.key)):
                if needed(inner, kept):
                    problems.append(missing(inner, name))
                continue
            item, wrong = _normalise_one(inner, name, row[inner.key], today)
            problems += wrong
            if not wrong:
                kept[inner.key] = item
        rows.append(kept)
    return rows, problems


def needed(field: Field, live: Mapping[str, Any]) -> bool:
    """Whether the question must be answered, given the other answers."""
    return field.required or (field.required_if is not None and holds(field.required_if, live))


def missing(field: Field, name: str) -> Problem:
    """What to do about an unanswered question, in the form's own words or made from the label."""
    if field.ask:
        return Problem(name, str(field.ask), MISSING)
    label = str(field.label)
    label = label[:1].lower() + label[1:]
    words = {
        "choice": _("Chọn %(label)s"),
        "choices": _("Chọn %(label)s"),
        "yesno": _("Chọn Có hoặc Không: %(label)s"),
        "consent": _("Đánh dấu vào ô: %(label)s"),
        "file": _("Chụp hoặc tải lên: %(label)s"),
        "address": _("Chọn và ghi %(label)s"),
        "rows": _("Ghi ít nhất một dòng: %(label)s"),
    }
    return Problem(name, words.get(field.kind, _("Ghi %(label)s")) % {"label": label}, MISSING)


def _field_problems(item: Open, bad: Mapping[str, list[Problem]], state: State) -> list[Problem]:
    field = item.field
    if not kind_of(field).asks:
        return []
    if item.copied:
        return []
    if field.key in bad:
        return bad[field.key]
    if field.key not in state.live and needed(field, state.live):
        return [missing(field, field.key)]
    return []


def _rule_problems(
    form: FormDef, state: State, scope: list[Open], broken: set[str], base: Context
) -> dict[str, list[Problem]]:
    """Rules whose last page is in scope and whose questions are open and readable."""
    visible = {item.field.key for item in scope}
    told: dict[str, list[Problem]] = {"error": [], "warning": []}
    for rule in form.rules:
        at = next((key for key in rule.at if key in visible), None)
        if at is None or broken & {*fields_of(rule), *variables(rule.when)}:
            continue
        if not holds(rule.when, state.live):
            continue
        found = RULES[rule.name].function(Context(base.answers, rule.params, base.today, base.facts))
        if found is not None:
            told[rule.severity].append(Problem(at, _say(rule, found), rule.key))
    return told


def _say(rule: Rule, found: Mapping[str, str]) -> str:
    text = str(rule.message)
    for name, value in found.items():
        text = text.replace("{" + name + "}", value)
    return text


def _unknown(form: FormDef, answers: Answers) -> list[Problem]:
    known = {field.key for _page, _group, field in form.fields()}
    words = _("Biểu mẫu này không có mục “%(key)s”; bỏ mục đó rồi gửi lại")
    return [Problem(key[:100], words % {"key": key[:100]}, "unknown") for key in answers if key not in known]


@lru_cache(maxsize=64)
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(orjson.loads(schema))


def _by_schema(form: FormDef, state: State) -> list[Problem]:
    """The last gate: the published schema itself. It speaks only when a kind and its schema disagree."""
    validator = _validator(orjson.dumps(json_schema(form)).decode())
    problems = []
    for error in validator.iter_errors(state.live):
        path = ".".join(str(part) for part in error.instance_path) or form.key
        problems.append(Problem(path, _("Mục này chưa đúng dạng của biểu mẫu; ghi lại"), "schema"))
    return problems
