"""Which questions stand open for given answers, in one pass from the first question to the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from congvu.engines.forms.computed import compute
from congvu.engines.forms.conditions import holds, is_empty, variables
from congvu.engines.forms.kinds import kind_of, raw_of
from congvu.engines.forms.types import Field, FormDef, Group, Page


@dataclass(frozen=True, slots=True)
class Open:
    """A question that is asked, or whose answer is known from another (``copied``)."""

    page: Page
    group: Group
    field: Field
    copied: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """``live`` holds the answers that count: hidden ones are gone, copies and computed values are in."""

    open: tuple[Open, ...]
    live: dict[str, Any]

    def on(self, page_key: str) -> list[Open]:
        return [item for item in self.open if item.page.key == page_key]


def resolve(form: FormDef, answers: Mapping[str, Any]) -> State:
    """The state of the form. Conditions look only back, so one pass is enough."""
    live: dict[str, Any] = {}
    found: list[Open] = []
    for page, group, field in form.fields():
        if not (holds(page.show_if, live) and holds(group.show_if, live) and holds(field.show_if, live)):
            continue
        copied = bool(field.copy_from) and holds(field.copy_if, live)
        value = _value(field, live, answers, copied=copied)
        if not is_empty(value):
            live[field.key] = value
        found.append(Open(page, group, field, copied))
    return State(tuple(found), live)


def _value(field: Field, live: Mapping[str, Any], answers: Mapping[str, Any], *, copied: bool) -> Any:
    if copied:
        return live.get(field.copy_from)
    if field.kind == "computed":
        return compute(field, live)
    return None if field.kind == "statement" else answers.get(field.key)


def open_in_row(fields: tuple[Field, ...], row: Mapping[str, Any]) -> list[Field]:
    """The questions that stand open in one row of a repeated group; conditions read only the row."""
    live: dict[str, Any] = {}
    found = []
    for field in fields:
        if holds(field.show_if, live):
            found.append(field)
            if not is_empty(row.get(field.key)):
                live[field.key] = row[field.key]
    return found


def open_pages(form: FormDef, answers: Mapping[str, Any]) -> tuple[Page, ...]:
    """The pages that have something to ask or to tell, in order."""
    keys = {item.page.key for item in resolve(form, answers).open}
    return tuple(page for page in form.pages if page.key in keys)


def total_is_fixed(form: FormDef, answers: Mapping[str, Any], page_key: str) -> bool:
    """Whether no answer still missing from this page on can open or close a page: only then a total is no guess."""
    state = resolve(form, answers)
    opened = {item.field.key for item in state.open}
    keys = [page.key for page in form.pages]
    ahead = set(keys[keys.index(page_key) :])
    unsure: set[str] = set()
    sure_pages: set[str] = set()
    doubtful_pages: set[str] = set()
    for page, group, field in form.fields():
        read = {key for part in (page.show_if, group.show_if, field.show_if) for key in variables(part)}
        if read & unsure:
            unsure.add(field.key)
            doubtful_pages.add(page.key)
        elif field.key in opened:
            sure_pages.add(page.key)
            if page.key in ahead and kind_of(field).asks and field.key not in state.live:
                unsure.add(field.key)
    return doubtful_pages <= sure_pages


def readable(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without those that could not be read."""
    return {key: value for key, value in answers.items() if raw_of(value) is None}
