"""The answers as the reader sees them: check-answers page, dossier page, print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from congvu.engines.forms.conditions import is_empty
from congvu.engines.forms.kinds import kind_of, raw_of
from congvu.engines.forms.state import Open, open_in_row, readable, resolve
from congvu.engines.forms.types import Answers, Field, FormDef, Row, SummaryGroup


def summary(form: FormDef, answers: Answers, *, papers: bool = True) -> list[SummaryGroup]:
    """Every open question with its answer, grouped as on the form; ``papers`` also lists the uploads."""
    state = resolve(form, readable(answers))
    groups: dict[tuple[str, str], list[Row]] = {}
    labels: dict[tuple[str, str], str] = {}
    for item in state.open:
        if item.field.kind in ("statement", "flag") or (item.field.kind == "file" and not papers):
            continue
        key = (item.page.key, item.group.key)
        labels[key] = str(item.group.title or item.page.title)
        groups.setdefault(key, []).extend(_rows(item, state.live.get(item.field.key)))
    return [SummaryGroup(group, page, labels[page, group], tuple(rows)) for (page, group), rows in groups.items()]


def _rows(item: Open, value: Any) -> Iterator[Row]:
    field = item.field
    if field.kind != "rows":
        yield Row(field.key, str(field.label), say(field, value), is_empty(value))
        return
    for number, row in enumerate(value or [], start=1):
        parts = [
            f"{inner.label}: {say(inner, row[inner.key])}"
            for inner in open_in_row(field.fields, row)
            if inner.key in row
        ]
        yield Row(field.key, f"{field.label} {number}", "; ".join(parts))
    if not value:
        yield Row(field.key, str(field.label), say(field, None), empty=True)


def say(field: Field, value: Any) -> str:
    """One answer in words; an open question reads "Không ghi"."""
    if is_empty(value) or raw_of(value) is not None:
        return _("Không ghi")
    return kind_of(field).text(field, value)
