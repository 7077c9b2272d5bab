"""Looking through the newest records one by one, where an index of words would find far too many.

A word that stands in every tenth document fills a page from the newest few hundred somebody may read. The index would
give its hundred thousand records first, to be joined with the readable ones and sorted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from congvu.ground.records.fulltext import holding
from congvu.ground.records.models import Record, Words

Place = tuple[datetime, UUID]
# So many records are looked through at most; so few rows an index of words gives all at once.
MOST = 3000
FEW = 5000

_LOOK = """
WITH readable AS {kept} ({readable}),
looked AS MATERIALIZED (SELECT * FROM readable ORDER BY opened_at DESC, id DESC LIMIT %s)
(SELECT opened_at, id, false FROM looked WHERE {met} ORDER BY opened_at DESC, id DESC LIMIT %s)
UNION ALL
(SELECT opened_at, id, true FROM looked ORDER BY opened_at DESC, id DESC OFFSET %s LIMIT 1)
"""
_IN_FILES = (
    "coalesce((SELECT w.words @@ to_tsquery('simple', %s) FROM records_words w WHERE w.record_id = looked.id), false)"
)


@dataclass(frozen=True, slots=True)
class Look:
    """What was found, the newest first, and the last record that was looked at; None when all were."""

    found: tuple[Place, ...]
    end: Place | None


@dataclass(frozen=True, slots=True)
class Frequency:
    """What PostgreSQL expects of words: ``rows`` that have the rarest of them, and what ``share`` of all that is."""

    rows: int
    share: float

    @property
    def few(self) -> bool:
        """An index gives them all at once sooner than anything could be left out."""
        return self.rows < FEW

    def enough(self, wanted: int) -> int:
        """How many of the newest to look through for so many that answer; 0 where an index finds them sooner."""
        most = 0 if self.few else int(1.5 * wanted / self.share)
        return most if most <= MOST else 0


def frequency(words: Sequence[str], question: str) -> Frequency:
    """How frequent the words of records, and those of their files, are expected to be together; nothing is counted.

    What is expected wrongly costs time, never a result. One statement for each word, one for words of files, and one
    more for each of the two.
    """
    found = []
    if words:
        found.append(_rarest([Record.objects.filter(folded__contains=word) for word in words], Record.objects.all()))
    if question:
        found.append(_rarest([holding(question)], Words.objects.all()))
    return min(found, key=lambda one: one.share, default=Frequency(0, 0))


def _rarest(narrowed: Sequence[QuerySet[Any]], every: QuerySet[Any]) -> Frequency:
    rows = min(map(_expected, narrowed))
    return Frequency(rows, rows / max(rows, _expected(every)))


def _expected(rows: QuerySet[Any]) -> int:
    """How many rows the planner thinks there are."""
    return int(json.loads(rows.explain(format="json"))[0]["Plan"]["Plan Rows"])


def look_through(
    rows: QuerySet[Record], most: int, limit: int, *, words: Sequence[str] = (), question: str = "",
    before: Place | None = None,
) -> Look:  # fmt: skip
    """Among the newest ``most`` of these records the newest ``limit`` that have the words. Three statements.

    ``rows`` is ``visible_to(actor)`` of one kind. ``words`` stand in the record's own words, ``question`` is asked of
    those of its files (see ``asked``). ``before`` is where the page before ended.
    """
    if before is not None:
        rows = rows.filter(opened_at__lte=before[0]).filter(Q(opened_at__lt=before[0]) | Q(id__lt=before[1]))
    try:
        readable, given = rows.values("opened_at", "id", "folded").query.sql_with_params()
    except EmptyResultSet:
        return Look((), None)
    met = ["strpos(folded, %s) > 0"] * len(words) + [_IN_FILES] * bool(question)
    kept = "MATERIALIZED" if _sorted_sooner(rows, most) else "NOT MATERIALIZED"
    statement = _LOOK.format(readable=readable, kept=kept, met=" AND ".join(met) or "true")
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, most, *words, *([question] if question else []), limit, most - 1])
        found = cursor.fetchall()
    end = next(((moment, key) for moment, key, last in found if last), None)
    return Look(tuple((moment, key) for moment, key, last in found if not last), end)


def _sorted_sooner(rows: QuerySet[Record], most: int) -> bool:
    """Whether sorting all readable records is less work than passing by those of others in the index of all.

    The planner is told, because it takes the index for cheaper than it is. It also expects more readable records than
    there are, keys that no record has among them: in doubt they are sorted.
    """
    readable = _expected(rows)
    return readable * readable < 2 * most * _expected(Record.objects.all())
