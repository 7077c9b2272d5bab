"""One question as values for its template: names, ids, boxes, options, and what a screen reader is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from congvu.common.errors import Problem
from congvu.engines.forms import lists, places
from congvu.engines.forms.checking import needed
from congvu.engines.forms.kinds import kind_of
from congvu.engines.forms.kinds.choices import MOST_RADIOS, open_choices
from congvu.engines.forms.kinds.others import ACCEPT
from congvu.engines.forms.state import open_in_row
from congvu.engines.forms.types import Field, FormDef

Items = tuple[tuple[str, str], ...]
_MODES = {"cccd": "numeric", "phone": "tel", "number": "numeric", "money": "numeric", "email": "email"}
_TYPES = {"phone": "tel", "email": "email"}
_WIDTHS = {"cccd": "cv-w-20", "phone": "cv-w-12", "number": "cv-w-4", "money": "cv-w-12", "partial_date": "cv-w-12"}
_AUTOCOMPLETE = {"name": "name", "phone": "tel", "email": "email", "sex": "sex"}
_FIRST_BOX = {"date": ".d", "address": ".province", "choice": ".0", "yesno": ".0", "choices": ".0"}


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    id: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One input of several: a part of a date or of an address; ``options`` are the elements of its list."""

    name: str
    id: str
    value: str
    bad: bool
    options: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a repeated group; ``remove`` is the value of its button."""

    number: int
    fields: tuple[FieldView, ...]
    remove: str


@dataclass(frozen=True, slots=True)
class FileView:
    name: str
    drop: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """``template`` is a file under ``forms/fields/``; ``described_by`` joins the ids of hint and error.

    ``options`` are radios and check boxes, ``list_options`` the elements of a long list.
    """

    name: str
    id: str
    kind: str
    template: str
    label: str
    hint: str
    error: str
    optional: bool
    value: Any
    boxes: Mapping[str, Box]
    options: tuple[Option, ...]
    list_options: SafeString
    rows: tuple[RowView, ...]
    files: tuple[FileView, ...]
    described_by: str
    input_type: str = "text"
    input_mode: str = ""
    autocomplete: str = "off"
    width: str = ""
    unit: str = ""
    accept: str = ""
    longest: int | None = None
    communes_url: str = ""
    asks_country: bool = False
    most_rows: int = 0

    @property
    def path(self) -> str:
        return f"forms/fields/{self.template}.html"

    @property
    def can_add(self) -> bool:
        return len(self.rows) < self.most_rows


def field_id(name: str) -> str:
    """The id of a field's first input (and of nothing else on the page)."""
    return "f-" + name.replace(".", "-")


def anchor(problem: Problem, form: FormDef) -> str:
    """The id a problem's link goes to: the box that is wrong, else the first input of the field."""
    field = _find(form, problem.field)
    if field is None:
        return "f-form"
    if problem.code.startswith("part_"):
        return field_id(f"{problem.field}.{problem.code.removeprefix('part_')}")
    suffix = _FIRST_BOX.get(field.kind, "")
    if suffix == ".0" and _as_list(field):
        suffix = ""
    if field.kind == "address" and field.params.get("abroad"):
        suffix = ".country"
    return field_id(problem.field + suffix)


def _find(form: FormDef, name: str) -> Field | None:
    key, *rest = name.split(".")
    field = next((item for _page, _group, item in form.fields() if item.key == key), None)
    if field is None or not rest:
        return field
    return next((inner for inner in field.fields if inner.key == rest[-1]), None)


def _as_list(field: Field) -> bool:
    return field.kind == "choice" and len(field.choices) > MOST_RADIOS


def field_view(
    field: Field,
    name: str,
    value: Any,
    problems: Mapping[str, Problem],
    live: Mapping[str, Any],
    today: date,
    communes_url: str = "",
) -> FieldView:
    """The view of one question called ``name`` (with row number inside a repeated group)."""
    kind = kind_of(field)
    boxes = kind.boxes(field, value) if field.kind != "rows" else {"": ""}
    problem = problems.get(name)
    hint, error = str(field.hint), problem.message if problem else ""
    ids = [f"{field_id(name)}-h"] * bool(hint) + [f"{field_id(name)}-e"] * bool(error)
    plain = boxes.get("")
    as_list = _as_list(field)
    return FieldView(
        name=name,
        id=field_id(name),
        kind=field.kind,
        template="select" if as_list else kind.template,
        label=str(field.label),
        hint=hint,
        error=error,
        optional=kind.asks and not needed(field, live),
        value=plain if isinstance(plain, str | list) else "",
        boxes=_boxes(field, name, boxes, problem),
        options=() if as_list else _options(field, name, plain, today),
        list_options=_field_list(field, plain, today) if as_list else SafeString(""),
        rows=_row_views(field, name, value, problems, today, communes_url) if field.kind == "rows" else (),
        files=_files(name, plain) if field.kind == "file" else (),
        described_by=" ".join(ids),
        **_attributes(field, communes_url),
    )


def _attributes(field: Field, communes_url: str) -> dict[str, Any]:
    """What only some kinds need."""
    return {
        "input_type": _TYPES.get(field.kind, "text"),
        "input_mode": _MODES.get(field.kind, ""),
        "autocomplete": _AUTOCOMPLETE.get(field.prefill, "off") if field.prefill else "off",
        "width": _WIDTHS.get(field.kind, ""),
        "unit": str(field.params.get("unit", "")),
        "accept": str(field.params.get("accept", ACCEPT)),
        "longest": field.params.get("max") if field.kind in ("text", "textarea") else None,
        "communes_url": communes_url,
        "asks_country": bool(field.params.get("country") or field.params.get("abroad")),
        "most_rows": int(field.params.get("most", 50)) if field.kind == "rows" else 0,
    }


def _options(field: Field, name: str, chosen: Any, today: date) -> tuple[Option, ...]:
    picked = chosen if isinstance(chosen, list) else [chosen]
    return tuple(
        Option(choice.value, str(choice.label), field_id(f"{name}.{number}"), choice.value in picked)
        for number, choice in enumerate(open_choices(field, today))
    )


def _field_list(field: Field, chosen: Any, today: date) -> SafeString:
    items = tuple((choice.value, str(choice.label)) for choice in open_choices(field, today))
    return list_options(items, str(chosen or ""))


def _boxes(field: Field, name: str, values: Mapping[str, Any], problem: Problem | None) -> dict[str, Box]:
    if field.kind not in ("date", "address"):
        return {}
    part = problem.code.removeprefix("part_") if problem and problem.code.startswith("part_") else ""
    return {
        key: Box(
            f"{name}.{key}",
            field_id(f"{name}.{key}"),
            str(value),
            problem is not None and part in ("", key),
            _place_options(key, values) if field.kind == "address" else SafeString(""),
        )
        for key, value in values.items()
    }


def _place_options(part: str, values: Mapping[str, Any]) -> SafeString:
    """The list of an address box: countries, provinces, or the communes of the province chosen."""
    items: Items = ()
    if part == "country":
        items = tuple((value, str(label)) for value, label in lists.labels("countries").items() if value != "XX")
    elif part == "province":
        items = tuple((place.code, place.name) for place in places.provinces())
    elif part == "commune":
        items = tuple((place.code, place.name) for place in places.communes(str(values.get("province", ""))))
    return list_options(items, str(values.get(part, "")))


@lru_cache(maxsize=512)
def list_options(items: Items, chosen: str) -> SafeString:
    """The ``option`` elements of a list; made in one piece, because a template loop over 200 countries is slow."""
    rows = ((value, mark_safe(" selected") if value == chosen else "", label) for value, label in items)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


def _row_views(
    field: Field, name: str, value: Any, problems: Mapping[str, Problem], today: date, communes_url: str
) -> tuple[RowView, ...]:
    rows = value if isinstance(value, list) and value else [{}] if field.required else []
    views = []
    for number, row in enumerate(rows):
        inner = tuple(
            field_view(item, f"{name}.{number}.{item.key}", row.get(item.key), problems, row, today, communes_url)
            for item in open_in_row(field.fields, row)
        )
        views.append(RowView(number + 1, inner, f"{name}:{number}"))
    return tuple(views)


def _files(name: str, value: Any) -> tuple[FileView, ...]:
    files = value if isinstance(value, list) else []
    return tuple(FileView(str(item.get("name", item["id"])), f"{name}:{number}") for number, item in enumerate(files))
