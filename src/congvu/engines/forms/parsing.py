"""From one POST of a page to values. Nothing that was typed is lost: what cannot be read is kept raw."""

from __future__ import annotations

from datetime import date
from typing import Any

from congvu.engines.forms.conditions import is_empty
from congvu.engines.forms.kinds import RAW, Bad, FormData, kind_of
from congvu.engines.forms.state import resolve
from congvu.engines.forms.types import Answers, Command, Field, FormDef, Parsed

SHOWN, LOCKED, ROWS = "_shown", "_locked", "rows"
_COMMANDS = ("add", "remove", "edit", "refresh", "drop", "save")


def parse(form: FormDef, page_key: str, data: FormData, files: FormData | None, before: Answers, today: date) -> Parsed:
    """Read a page. ``before`` are the answers so far; a value of None means the box was emptied.

    Raises KeyError for a page the form does not have.
    """
    page = form.page(page_key)
    fields = [field for group in page.groups for field in group.fields]
    shown = _names(data, SHOWN) if SHOWN in data else {item.field.key for item in resolve(form, before).on(page_key)}
    locked = _names(data, LOCKED)
    command = read_command(data)
    values: dict[str, Any] = {}
    for field in fields:
        if field.key in shown and kind_of(field).asks and field.kind != "file":
            values[field.key] = read_value(field, field.key, data, today)
    _apply(command, fields, values, before)
    opened = [item for item in resolve(form, merge(before, values)).on(page_key) if not item.copied]
    asked = [item.field.key for item in opened if kind_of(item.field).asks]
    revealed = tuple(key for key in asked if key not in shown and key not in locked) if SHOWN in data else ()
    return Parsed(values, _uploads(fields, files), command, revealed)


def merge(before: Answers, values: Answers) -> dict[str, Any]:
    """The answers after a page: emptied ones are gone."""
    return {key: value for key, value in {**before, **values}.items() if not is_empty(value)}


def read_command(data: FormData) -> Command:
    """The button that was pressed; "continue" when none of ours was."""
    for name in _COMMANDS:
        if f"_{name}" in data:
            target, _, row = str(data.get(f"_{name}", "")).partition(":")
            number = int(row) if row.isdecimal() and len(row) < 6 else None
            return Command(name, target, number)  # type: ignore[arg-type]
    return Command("next")


def read_value(field: Field, name: str, data: FormData, today: date) -> Any:
    """The value of the boxes called ``name``: clean, raw, or None when they are empty."""
    if field.kind == ROWS:
        return _read_rows(field, name, data, today)
    raw = kind_of(field).read(field, name, data)
    return None if raw is None else value_of(field, raw, today)


def value_of(field: Field, raw: Any, today: date) -> Any:
    """The clean value of what was read, or ``{"raw": …}``."""
    try:
        return kind_of(field).parse(field, raw, today)
    except Bad:
        return {RAW: raw}


def _read_rows(field: Field, name: str, data: FormData, today: date) -> list[dict[str, Any]]:
    typed = str(data.get(f"{name}.{ROWS}", ""))
    count = min(int(typed), int(field.params.get("most", 50))) if typed.isdecimal() and len(typed) < 4 else 0
    rows = []
    for number in range(count):
        row = {inner.key: read_value(inner, f"{name}.{number}.{inner.key}", data, today) for inner in field.fields}
        rows.append({key: value for key, value in row.items() if not is_empty(value)})
    return rows


def _apply(command: Command, fields: list[Field], values: dict[str, Any], before: Answers) -> None:
    """Add or remove a row, or take a file off its paper."""
    field = next((item for item in fields if item.key == command.target), None)
    if field is None:
        return
    rows = list(values.get(field.key, before.get(field.key)) or [])
    if command.name == "add" and field.kind == ROWS:
        values[field.key] = [*rows, {}][: int(field.params.get("most", 50))]
    elif command.name in ("remove", "drop") and field.kind in (ROWS, "file") and command.row is not None:
        values[field.key] = rows[: command.row] + rows[command.row + 1 :]


def _names(data: FormData, key: str) -> set[str]:
    return set(str(data.get(key, "")).split())


def _uploads(fields: list[Field], files: FormData | None) -> tuple[tuple[str, Any], ...]:
    """Every file sent for a paper of this page, in order."""
    if files is None:
        return ()
    papers = [field.key for field in fields if field.kind == "file"]
    return tuple((key, file) for key in papers for file in files.getlist(key))
