"""Reading figures by day, and what has been compared. Everybody may read it: law is public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.ground.law.models import Comparison, Figure
from congvu.ground.law.registry import FIGURES, KINDS, to_compare
from congvu.ground.law.types import Compared, FigureDef, FigureRow, FigureView, Item, ItemView, Kind

T = TypeVar("T")
FIGURE = "figure"
_STORED = """(SELECT value FROM law_figure WHERE key = %s AND valid_from <= %s
  ORDER BY valid_from DESC, id DESC LIMIT 1)"""


def figure(definition: FigureDef[T], on: date) -> T:
    """The value in force on a day, one statement. Raises LookupError: a missing figure is a fault of the program."""
    found = _on(definition, on).first()
    if found is None:
        raise LookupError(f"no figure {definition.key!r} on {on}")
    return definition.parse(found)


def sql(definition: FigureDef[T], on: date) -> tuple[str, tuple[str, date]]:
    """The stored text of that value as part of a hand-written statement, with its parameters: read once with it."""
    return _STORED, (definition.key, on)


def _on(definition: FigureDef[T], on: date) -> QuerySet[Figure, str]:
    rows = Figure.objects.filter(key=definition.key, valid_from__lte=on)
    return rows.order_by("-valid_from", "-id").values_list("value", flat=True)


def figures(on: date) -> tuple[FigureView, ...]:
    """Every declared figure with all its dated values, in order of its words. Two statements."""
    compared_rows = compared(FIGURE)
    rows = Figure.objects.filter(key__in=FIGURES).order_by("key", "-valid_from", "-id")
    by_key = {key: _dated(list(found), on, compared_rows) for key, found in groupby(rows, lambda row: row.key)}
    views = [
        FigureView(key, str(made.label), str(made.hint), made.legal, by_key.get(key, ()))
        for key, made in FIGURES.items()
    ]
    return tuple(sorted(views, key=lambda view: (not view.legal, view.label)))


def _dated(rows: Sequence[Figure], on: date, known: dict[str, Compared]) -> tuple[FigureRow, ...]:
    """Rows newest first with the day each ends."""
    found: list[FigureRow] = []
    begins: date | None = None
    for row in rows:
        replaced = begins == row.valid_from
        ends = begins - timedelta(days=1) if begins is not None else None
        holds = not replaced and row.valid_from <= on and (ends is None or on <= ends)
        found.append(
            FigureRow(
                row.id, row.value, row.valid_from, ends, row.legal_basis, row.set_by, holds, replaced,
                known.get(str(row.id)),
            )
        )  # fmt: skip
        begins = row.valid_from
    return tuple(found)


@to_compare(FIGURE, label=gettext_lazy("Số liệu pháp lý"))
def _figures_to_compare() -> Iterable[Item]:
    """Values of legal figures that nobody replaced; a convention has no text to compare."""
    for view in figures(date.max):
        for row in view.rows:
            if view.legal and not row.replaced:
                words = _("%(value)s từ ngày %(day)s") % {"value": row.value, "day": f"{row.valid_from:%d/%m/%Y}"}
                yield Item(str(row.id), f"{view.label}: {words}", row.legal_basis, view.label, view.key)


def kinds() -> tuple[Kind, ...]:
    """The kinds of statements that rooms ask to have compared."""
    return tuple(KINDS[key] for key in sorted(KINDS))


def items(kind: str, *, part: str = "") -> tuple[ItemView, ...]:
    """The statements of a kind, each with its comparison; of one part, if asked. Raises KeyError for no such kind."""
    known = compared(kind)
    return tuple(ItemView(kind, item, known.get(item.key)) for item in KINDS[kind].lister() if part in ("", item.part))


def counts() -> dict[str, tuple[int, int]]:
    """For each kind: how many nobody has compared yet, and how many there are."""
    found = {}
    for kind in KINDS:
        listed = items(kind)
        found[kind] = (sum(view.compared is None for view in listed), len(listed))
    return found


def compared(kind: str) -> dict[str, Compared]:
    """Comparisons of a kind in force, by the key of what was compared. One statement."""
    rows = Comparison.objects.filter(kind=kind, withdrawn_at=None)
    return {row.key: _view(row) for row in rows}


def history(kind: str, key: str) -> tuple[Compared, ...]:
    """Every comparison of one statement, withdrawn ones too, newest first. One statement."""
    return tuple(_view(row) for row in Comparison.objects.filter(kind=kind, key=key).order_by("-id"))


def _view(row: Comparison) -> Compared:
    view = Compared(row.id, row.kind, row.key, row.label, row.against, row.at, row.by)
    if row.withdrawn_at is None:
        return view
    return replace(
        view, withdrawn_at=row.withdrawn_at, withdrawn_by=row.withdrawn_by, withdrawn_reason=row.withdrawn_reason
    )
