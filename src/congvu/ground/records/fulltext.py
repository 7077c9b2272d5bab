"""Words of files, as they are kept and as they are asked for: folded, without marks and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from congvu.common.text import clean, fold
from congvu.common.zones import utc_now
from congvu.ground.records.models import Words

WEEK = 7 * 24 * 3600
# Signs of text kept of one record: some 150 pages. What lies behind is not found.
MOST = 400_000
# The newest weeks, which are looked through first.
NEWEST = 4
_SIGNS = re.compile(r"[^0-9a-z]+")
_QUOTED = re.compile(r'"([^"]*)"')

_KEEP = """
INSERT INTO records_words (record_id, week, words)
SELECT id, (extract(epoch FROM opened_at) / %s)::int, to_tsvector('simple', %s) FROM records_record WHERE id = %s
ON CONFLICT (record_id) DO UPDATE SET words = excluded.words
"""


def plain(text: str) -> str:
    """Lower case, no marks, words of letters and figures with single blanks between."""
    return _SIGNS.sub(" ", fold(text)).strip()


def keep_words(record: UUID, text: str) -> None:
    """Make these the words the record is found by in full text; nothing takes it out of the search. Step of a job."""
    found = plain(text[:MOST])
    if not found:
        Words.objects.filter(record=record).delete()
        return
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [WEEK, found, record])


def asked(text: str) -> str:
    """The question as PostgreSQL reads it: every word, and "words in quotes" as they stand; "" for no word."""
    phrases = [words for quoted in _QUOTED.findall(text) if (words := plain(quoted).split())]
    single = plain(_QUOTED.sub(" ", clean(text))).split()[:12]
    return " & ".join([*("(" + " <-> ".join(words[:12]) + ")" for words in phrases[:3]), *single])


def holding(question: str, *, since: int | None = None, until: int | None = None) -> QuerySet[Words]:
    """Rows whose words answer the question, of some weeks only if asked, both included.

    From a week on, the index is asked for words and weeks together. Without a beginning it is asked for the words
    alone: gathering most weeks would cost more than the few rows a rare word has.
    """
    rows = Words.objects.extra(where=["words @@ to_tsquery('simple', %s)"], params=[question])
    if since is not None:
        rows = rows.filter(week__gte=since)
        return rows if until is None else rows.filter(week__lte=until)
    return rows if until is None else rows.extra(where=["week + 0 <= %s"], params=[until])


def week_of(moment: datetime) -> int:
    return int(moment.timestamp() // WEEK)


def windows(newest: datetime | None = None) -> Iterator[tuple[int | None, int | None]]:
    """The newest weeks, then all before them: as (first, last) week, None for without an end.

    A frequent word fills a page from the newest weeks, whatever lies behind; a word that does not is rare, and the
    index finds its few records among all.
    """
    last = None if newest is None else week_of(newest)
    first = (week_of(utc_now()) if last is None else last) - NEWEST + 1
    yield first, last
    yield None, first - 1
