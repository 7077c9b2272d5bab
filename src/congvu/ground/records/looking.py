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
# So many records are looked through at most; below so many rows an index of words is the faster way.
MOST = 2000
FEW = 5000

_LOOK = """
WITH looked AS MATERIALIZED ({newest})
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


def worth_looking(words: Sequence[str], question: str, wanted: int) -> int:
    """How many of the newest to look through for ``wanted`` that answer; 0 where an index of words finds them sooner.

    It goes by what PostgreSQL expects of the rarest word, and of the words of files together; nothing is counted. One
    statement for each word, one for words of files, one more for each. What is expected wrongly costs time, never a
    result.
    """
    shares = []
    if words:
        shares.append(_share([Record.objects.filter(folded__contains=word) for word in words], Record.objects.all()))
    if question:
        shares.append(_share([holding(question)], Words.objects.all()))
    share = min(shares, default=0)
    enough = int(1.5 * wanted / share) if share else 0
    return enough if enough <= MOST else 0


def _share(narrowed: Sequence[QuerySet[Any]], every: QuerySet[Any]) -> float:
    """What part of all rows the smallest of these is; 0 for few rows."""
    smallest = min(map(_expected, narrowed))
    return smallest / max(smallest, _expected(every)) if smallest >= FEW else 0


def _expected(rows: QuerySet[Any]) -> int:
    """How many rows the planner thinks there are."""
    return int(json.loads(rows.explain(format="json"))[0]["Plan"]["Plan Rows"])


def look_through(
    rows: QuerySet[Record], most: int, limit: int, *, words: Sequence[str] = (), question: str = "",
    before: Place | None = None,
) -> Look:  # fmt: skip
    """Among the newest ``most`` of these records the newest ``limit`` that have the words. One statement.

    ``rows`` is ``visible_to(actor)`` of one kind. ``words`` stand in the record's own words, ``question`` is asked of
    those of its files (see ``asked``). ``before`` is where the page before ended.
    """
    if before is not None:
        rows = rows.filter(opened_at__lte=before[0]).filter(Q(opened_at__lt=before[0]) | Q(id__lt=before[1]))
    try:
        newest, given = (
            rows.order_by("-opened_at", "-id").values("opened_at", "id", "folded")[:most].query.sql_with_params()
        )
    except EmptyResultSet:
        return Look((), None)
    met = ["strpos(folded, %s) > 0"] * len(words) + [_IN_FILES] * bool(question)
    statement = _LOOK.format(newest=newest, met=" AND ".join(met) or "true")
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *words, *([question] if question else []), limit, most - 1])
        found = cursor.fetchall()
    end = next(((moment, key) for moment, key, last in found if last), None)
    return Look(tuple((moment, key) for moment, key, last in found if not last), end)
