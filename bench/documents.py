"""``python -m bench.documents [--size N]…``: looking incoming documents up, books, lists, registering, on skewed data.

Documents of three years, thinner the older; 30 % of them in one commune's book, read by its records clerk, a few read
by an official. Words follow Zipf: the most frequent stands in nine documents of ten, rare ones in a handful.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.__main__ import installation, say

if TYPE_CHECKING:
    from congvu.common.actor import Actor

SIZES = (100_000,)
VOCABULARY = 20_000
WORDS = 60

_RECORDS = """
INSERT INTO records_record (id, kind, code, title, unit_id, state, confidentiality, opened_at, readers, folded, version)
SELECT md5('r' || n)::uuid, 'doc_in', '', 'Văn bản số ' || n || ' về việc w' || (n * 31 %% 977), %(unit)s,
    CASE WHEN n %% 50 = 0 THEN 'processing' ELSE 'done' END, 0,
    now() - make_interval(secs => (power((n * 7919 %% 1000003) / 1000003.0, 1.4) * 3 * 365 * 86400)::float8),
    CASE WHEN n %% 10 < 3 THEN ARRAY['p:%(clerk)s', 'p:%(chair)s'] ELSE ARRAY['p:' || (900000 + n %% 200)] END
        || CASE WHEN n %% 500 = 0 THEN ARRAY['p:%(official)s'] ELSE ARRAY[]::text[] END,
    'van ban so ' || n || ' ve viec w' || (n * 31 %% 977) || ' ' || n %% 9000 || '/snv-tcbc so noi vu', 1
FROM generate_series(%(first)s, %(last)s) AS g(n)
"""
_INCOMING = """
INSERT INTO documents_incoming (record_id, book_id, channel, arrived_at, arrival_number, arrival_year, registered_at,
    registered_by, sender, sender_code, number, symbol, issued_on, kind_name, signer, signer_position, priority,
    secrecy, copies, paper_follows, language, description, document_id, warnings, checking, file_checks,
    sent_back_reason, result)
SELECT r.id, %(book)s, 'exchange', r.opened_at, n, 2000 + n / 1000000, r.opened_at, 'Văn thư', 'Sở Nội vụ', '',
    (n %% 9000)::text, 'SNV-TCBC', r.opened_at::date, 'Công văn', 'Người ký', '', 0, 0, 1, false, 'Tiếng Việt', '', '',
    '[]', false, '[]', '', ''
FROM generate_series(%(first)s, %(last)s) AS g(n) JOIN records_record r ON r.id = md5('r' || n)::uuid
"""
# The word of rank k stands in about 0.9 / k^0.7 of the documents; the tail is spread over the vocabulary.
_WORDS = """
INSERT INTO records_words (record_id, week, words)
SELECT md5('r' || n)::uuid, (extract(epoch FROM r.opened_at) / 604800)::int, to_tsvector('simple', (
    SELECT string_agg('w' || k, ' ') FROM (
        SELECT k FROM generate_series(1, 40) AS f(k) WHERE hashint8(n * 1000 + k) & 1023 < 921 / power(k, 0.7)
        UNION ALL
        SELECT 41 + abs(hashint8(n * 1000 + 500 + i)) %% %(vocabulary)s FROM generate_series(1, %(words)s) AS t(i)
    ) AS chosen))
FROM generate_series(%(first)s, %(last)s) AS g(n) JOIN records_record r ON r.id = md5('r' || n)::uuid
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds, rows of the answer, statements sent."""

    p50: float
    p95: float
    rows: int
    statements: int

    def __str__(self) -> str:
        return f"p50 {self.p50:7.1f} ms  p95 {self.p95:7.1f} ms  {self.rows:3} rows  {self.statements:3} statements"


def office() -> dict[str, Any]:
    """The invented province with its books, and who looks."""
    from django.utils import timezone

    from congvu.boot.demo import issuers, organisation
    from congvu.boot.migrations import migrate
    from congvu.boot.prepare import static_files_meanwhile
    from congvu.common.zones import local_date
    from congvu.domains.documents import selectors as documents
    from congvu.ground.orgs import selectors as orgs

    with static_files_meanwhile():
        migrate()
    made = organisation.load(local_date(timezone.now()))
    issuers.load(made, communes=2)
    actors = {name: orgs.staff_actor(made.users[name]) for name in ("vanthu", "chuyenmon", "chutich")}
    clerk, official, chair = actors["vanthu"], actors["chuyenmon"], actors["chutich"]
    values = {
        "unit": made.units["xa-yen-khe"], "book": documents.book_of(clerk).id, "clerk": clerk.position_id,
        "official": official.position_id, "chair": chair.position_id, "vocabulary": VOCABULARY, "words": WORDS,
    }  # fmt: skip
    return {"values": values, "clerk": clerk, "official": official}


def fill(values: dict[str, Any], first: int, last: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX records_words_found")
    for begin in range(first, last + 1, 20_000):
        with connection.cursor() as cursor:
            for statement in (_RECORDS, _INCOMING, _WORDS):
                cursor.execute(statement, {**values, "first": begin, "last": min(last, begin + 19_999)})
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX records_words_found ON records_words USING gin (words, week)")
        cursor.execute("VACUUM ANALYZE")


def timed(run: Callable[[], int], runs: int) -> Cost:
    """One measure: how long it took in milliseconds, how many rows came, how many statements it sent."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as sent:
        rows = run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    ordered = sorted(times)
    return Cost(ordered[runs // 2], ordered[int((runs - 1) * 0.95)], rows, len(sent))


def measures(people: dict[str, Any]) -> Iterator[tuple[str, Callable[[], int]]]:
    """What is asked. The first is bare SQL over one index, without rights: nothing is left to shorten there."""
    yield "floor: bare SQL, newest 20 of the book", partial(_bare, people["values"]["book"])
    for who in ("clerk", "official"):
        for name, ask in (*_looked_for(people[who]), *_listed(people[who], people["values"]["book"])):
            yield f"{who}: {name}", ask
    yield "clerk: register one", _registering(people["clerk"])


def _bare(book: int) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM documents_incoming i JOIN records_record r ON r.id = i.record_id"
            " WHERE i.book_id = %s AND arrival_year = 2000 ORDER BY arrival_number DESC LIMIT 20",
            [book],
        )
        return len(cursor.fetchall())


def _looked_for(actor: Actor) -> Iterator[tuple[str, Callable[[], int]]]:
    from congvu.domains.documents import selectors as documents

    query = documents.FindQuery
    asked = {
        "one frequent word (90 %)": query(content="w1"), "three frequent words": query(content="w1 w2 w3"),
        "a middling word (9 %)": query(content="w30"), "a phrase of frequent words": query(content='"w1 w2"'),
        "a rare word": query(content="w4242"), "two rare words": query(content="w4242 w777"),
        "frequent and rare": query(content="w1 w4242"), "no such word": query(content="khongco"),
        "number 15/SNV": query(text="15/SNV-TCBC"), "words of the subject": query(text="ve viec w31"),
        "rare word, of one kind": query(content="w4242", fields={"kind": "cong van"}),
    }  # fmt: skip
    for name, one in asked.items():
        yield name, lambda one=one: len(documents.find(actor, one).rows)


def _listed(actor: Actor, book: int) -> Iterator[tuple[str, Callable[[], int]]]:
    from congvu.domains.documents import selectors as documents

    kept = documents.BookQuery("incoming", book, 2000)
    for name, after in (("first page of the book", ""), ("page far in the book", "90000")):
        yield name, lambda after=after: len(documents.register_page(actor, kept, after=after).rows)
    for view in documents.VIEWS:
        one = documents.IncomingQuery(view=view)
        yield f"list {view}", lambda one=one: len(documents.incoming_list(actor, one).rows)
    yield "list of all", lambda: len(documents.incoming_list(actor, documents.IncomingQuery()).rows)
    yield "counts of the menu", lambda: len(documents.counts(actor))


def _registering(clerk: Actor) -> Callable[[], int]:
    from congvu.domains.documents import services
    from congvu.domains.documents.types import Forwarding, IncomingInput
    from congvu.ground.orgs import selectors as orgs

    numbers = count(1)
    leader = orgs.positions(orgs.tree().agency_of(clerk.unit_id).id, "chair")[0].id

    def register() -> int:
        number = next(numbers)
        given = IncomingInput("Sở Nội vụ", f"V/v đo tốc độ lần {number}", number=str(number), symbol="ĐO-TCBC")
        services.register(clerk, given, Forwarding(leader=leader), key=f"bench-{time.time_ns()}")
        return 1

    return register


def main() -> int:
    options = argparse.ArgumentParser(prog="bench.documents", description=__doc__)
    options.add_argument("--size", type=int, action="append", help=f"documents; again for more sizes (default {SIZES})")
    options.add_argument("--runs", type=int, default=40)
    given = options.parse_args()
    with installation(Path.cwd() / "var" / "bench-documents"):
        people, there = office(), 0
        for size in sorted(set(given.size or SIZES)):
            start = time.perf_counter()
            fill(people["values"], there + 1, size)
            there = size
            say(f"{size:,} documents filled in {time.perf_counter() - start:.0f} s; measuring…")
            print(f"{size:,} documents")
            for what, ask in measures(people):
                cost = timed(ask, given.runs)
                print(f"  {what:45} {cost}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
