"""Rows that many tests begin with: written by the program once in a process, put back in bulk afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Generic, ParamSpec, TypeVar

from django.db import connection
from django.db.backends.utils import CursorWrapper

P = ParamSpec("P")
T = TypeVar("T")
_COUNTS = "SELECT relname, n_tup_ins, n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
# Written by this transaction or a savepoint within it.
_FRESH = "WHERE xmin::text::bigint >= (pg_current_xact_id()::text::bigint & 4294967295)"


@dataclass(frozen=True, slots=True)
class _Rows:
    """Of one table, as COPY writes them. ``whole``: all of its rows, because some that were there have changed."""

    table: str
    whole: bool
    lines: tuple[bytes, ...]

    def put_back(self, cursor: CursorWrapper) -> None:
        if self.whole:
            cursor.execute(f'DELETE FROM "{self.table}"')
        with cursor.copy(f'COPY "{self.table}" FROM STDIN') as into:
            into.write(b"".join(self.lines))


class Kept(Generic[P, T]):
    """What ``make`` writes and returns: made once, later calls put the same rows back and return the same value.

    Arguments may only name what is the same for every caller. Everything is made anew where a test commits, because
    only tests that roll back begin with the same database, and where triggers cannot be put to rest. Rows keep the
    numbers of the first call; sequences never go back, so no row that comes later gets one of them.
    """

    def __init__(self, make: Callable[P, T]) -> None:
        self._make = make
        self._kept: tuple[T, tuple[_Rows, ...]] | None = None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        if not (connection.in_atomic_block and _may_put_back()):
            return self._make(*args, **kwargs)
        with connection.cursor() as cursor:
            if self._kept is None:
                self._kept = self._first(cursor, *args, **kwargs)
            else:
                # What triggers wrote is among the rows, and keys were checked the first time.
                cursor.execute("SET session_replication_role = replica")
                for rows in self._kept[1]:
                    rows.put_back(cursor)
                cursor.execute("SET session_replication_role = DEFAULT")
        return self._kept[0]

    def _first(self, cursor: CursorWrapper, *args: P.args, **kwargs: P.kwargs) -> tuple[T, tuple[_Rows, ...]]:
        before = _counts(cursor)
        known = {table: set(_lines(cursor, table, _FRESH)) for table in before}
        made = self._make(*args, **kwargs)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        rows = []
        for table, (written, changed) in _counts(cursor).items():
            if (written, changed) == before.get(table):
                continue
            whole = changed != before.get(table, (0, 0))[1]
            lines = _lines(cursor, table, "" if whole else _FRESH)
            rows.append(_Rows(table, whole, tuple(x for x in lines if whole or x not in known.get(table, ()))))
        return made, tuple(rows)


@cache
def _may_put_back() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        return bool(cursor.fetchone()[0])


def _counts(cursor: CursorWrapper) -> dict[str, tuple[int, int]]:
    """How many rows of each table this transaction has written, and how many it has changed or deleted."""
    cursor.execute(_COUNTS)
    return {table: (written, changed) for table, written, changed in cursor.fetchall() if written or changed}


def _lines(cursor: CursorWrapper, table: str, which: str) -> list[bytes]:
    with cursor.copy(f'COPY (SELECT * FROM "{table}" {which}) TO STDOUT') as out:
        return [bytes(line) for line in out]
