"""How many rows there are, as a value that is still to be asked: a page asks all its figures in one statement."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# Beyond this many a figure says only that there are more.
CAP = 1000
KEPT = 4000
K = TypeVar("K", bound=Hashable)
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Counting:
    """A statement whose rows are counted; it gives one more than ``CAP`` at most. Empty for what has no rows."""

    sql: str = ""
    params: tuple[Any, ...] = ()

    @classmethod
    def of(cls, rows: QuerySet[Any], most: int = CAP + 1) -> Counting:
        """The rows of a query that selects what makes them distinct, counted to ``most``.

        With an order that an index has, the count stops after that many; without one it may gather all of them first.
        """
        try:
            sql, params = rows[:most].query.sql_with_params()
        except EmptyResultSet:
            return cls()
        return cls(sql, tuple(params))

    def now(self) -> int:
        """The figure by itself. One statement, none for what has no rows."""
        return totals({"": self})[""]


def reusable(make: Callable[P, Counting]) -> Callable[P, Counting]:
    """Keeps the statement for equal arguments, because making one costs as much as asking it. Its figure is asked anew.

    Only for what depends on its arguments alone: on no clock, no setting and nothing in the database.
    """
    return functools.lru_cache(maxsize=KEPT)(make)  # type: ignore[return-value]


def totals(asked: Mapping[K, Counting]) -> dict[K, int]:
    """Every figure, in one statement; none when nothing is to be counted."""
    open_ones = {key: one for key, one in asked.items() if one.sql}
    found: dict[K, int] = dict.fromkeys(asked, 0)
    if open_ones:
        parts = ", ".join(f"(SELECT count(*) FROM ({one.sql}) AS counted)" for one in open_ones.values())  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {parts}", [value for one in open_ones.values() for value in one.params])
            found |= dict(zip(open_ones, cursor.fetchone() or (), strict=True))
    return found


def capped(count: int) -> str:
    """A figure as a list shows it: ``1.000+`` beyond the cap."""
    return "1.000+" if count > CAP else f"{count:,}".replace(",", ".")
