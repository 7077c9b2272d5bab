"""The step table as a form: rows of the version in force, or rows as they were typed, and back to steps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.http import QueryDict

from congvu.common.errors import Problem
from congvu.domains.procedures.types import ProcedureView, StepInput
from congvu.faces.desk.admin import words
from congvu.ground.ui.types import Option

MOST = 60
_HOURS = re.compile(r"[0-9]{1,5}([.,][0-9]{1,2})?", re.ASCII)
_ROW = re.compile(r"\D*(\d+)")
# Hours that cannot be read: the act refuses them by its rule for hours, beside the field.
UNREADABLE = Decimal(-1)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form. ``errors`` are by field; ``number`` names its inputs."""

    number: int
    order: str = ""
    name: str = ""
    role: str = ""
    place: str = ""
    hours: str = ""
    kind: str = ""
    public_name: str = ""
    drop: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def roles(self) -> list[Option]:
        return words.roles(self.role)

    @property
    def places(self) -> list[Option]:
        return words.places(self.place)

    @property
    def kinds(self) -> list[Option]:
        return words.kinds(self.kind)

    @property
    def blank(self) -> bool:
        return not (self.name or self.role or self.place or self.hours or self.public_name)


def rows_of(view: ProcedureView) -> list[Row]:
    """The steps of a version as rows."""
    return [
        Row(
            number, str(number), step.name, step.role or "", step.place or "",
            "" if step.hours is None else f"{step.hours.normalize():f}".replace(".", ","), step.kind, step.public_name,
        )
        for number, step in enumerate(view.steps, start=1)
    ]  # fmt: skip


def typed_rows(typed: QueryDict) -> list[Row]:
    """The rows as they were typed, in the order of the form."""
    count = typed.get("rows", "")
    total = min(int(count), MOST) if count.isascii() and count.isdecimal() and len(count) < 4 else 0
    return [_typed_row(typed, n) for n in range(1, total + 1)]


def _typed_row(typed: QueryDict, n: int) -> Row:
    def told(name: str) -> str:
        return typed.get(f"s{n}-{name}", "").strip()

    return Row(
        n, told("order"), told("name"), told("role"), told("place"), told("hours"), told("kind"), told("public_name"),
        drop=f"s{n}-drop" in typed,
    )  # fmt: skip


def kept(rows: list[Row]) -> list[Row]:
    """The rows that are to be steps, in the order of their numbers; rows without one keep their place."""
    there = [row for row in rows if not row.drop and not row.blank]
    return sorted(there, key=lambda row: (_order(row), row.number))


def _order(row: Row) -> Decimal:
    text = row.order.replace(",", ".")
    return Decimal(text) if _HOURS.fullmatch(row.order) else Decimal(row.number)


def steps(rows: list[Row]) -> list[StepInput]:
    return [StepInput(row.name, row.role, row.place, _hours(row.hours), row.public_name, row.kind) for row in rows]


def _hours(text: str) -> Decimal | None:
    if not text:
        return None
    return Decimal(text.replace(",", ".")) if _HOURS.fullmatch(text) else UNREADABLE


def with_errors(
    rows: list[Row], stood: list[Row], problems: tuple[Problem, ...]
) -> tuple[list[Row], list[tuple[str, str]]]:
    """The rows with each problem beside its field, and the lines of the summary: where each leads and its words.

    The act speaks of the rows it was given (``stood``) by their place.
    """
    errors: dict[int, dict[str, str]] = {}
    lines = []
    for problem in problems:
        match = _ROW.fullmatch(problem.field)
        row = stood[int(match[1]) - 1] if match and int(match[1]) <= len(stood) else None
        if row is None:
            lines.append(("cac-buoc", problem.message))
            continue
        errors.setdefault(row.number, {})[problem.code] = problem.message
        lines.append((f"s{row.number}-{problem.code}", f"{problem.field.capitalize()}: {problem.message}"))
    return [replace(row, errors=errors.get(row.number, {})) for row in rows], lines
