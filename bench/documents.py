"""``python -m bench.documents [--size N]… [--keep NAME]``: looking documents up, books, lists, boards, registering.

On skewed data, see ``bench.papers``. With ``--keep`` the filled database stays in ``var/bench-documents-NAME``, and
the next run with the same name goes on with it: filled further if it is smaller than asked, measured as it is if not.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bench.__main__ import installation, say

if TYPE_CHECKING:
    from congvu.common.actor import Actor

SIZES = (100_000,)
# The least that a list can ask of its index, without rights: the newest of one kind, the first of one book. A page is
# compared with the one whose index it goes along.
_NEWEST = (
    "SELECT * FROM records_record r JOIN {table} d ON d.record_id = r.id WHERE r.kind = '{kind}'"
    " ORDER BY r.opened_at DESC, r.id DESC LIMIT 31"
)
FLOORS = {
    "in": _NEWEST.format(table="documents_incoming", kind="doc_in"),
    "out": _NEWEST.format(table="documents_outgoing", kind="doc_out"),
    "task": _NEWEST.format(table="tasks_task", kind="task"),
    "book": "SELECT * FROM documents_incoming d JOIN records_record r ON r.id = d.record_id"
    " WHERE book_id = %(book)s AND arrival_year = 2000 AND arrival_number IS NOT NULL ORDER BY arrival_number LIMIT 51",
    "book out": "SELECT * FROM documents_outgoing d JOIN records_record r ON r.id = d.record_id WHERE issuer_id ="
    " %(book)s AND number_year = 2000 AND number IS NOT NULL ORDER BY issued_on, series, number, record_id LIMIT 51",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds, rows of the answer, statements sent; ``floor`` in milliseconds, 0 where there is none."""

    p50: float
    p95: float
    rows: int
    statements: int
    floor: float = 0

    def __str__(self) -> str:
        ratio = f"  {self.p50 / self.floor:5.1f} x floor" if self.floor else ""
        return (
            f"p50 {self.p50:7.1f} ms  p95 {self.p95:7.1f} ms  {self.rows:3} rows  {self.statements:3} statements{ratio}"
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """One measure; ``ask`` answers how many rows it read, ``floor`` names a statement of ``FLOORS``."""

    name: str
    ask: Callable[[], int]
    floor: str = ""


def office() -> dict[str, Any]:
    """The invented province with its books, and who looks."""
    from django.utils import timezone

    from bench import papers
    from congvu.boot.demo import issuers, organisation
    from congvu.boot.migrations import migrate
    from congvu.boot.prepare import static_files_meanwhile
    from congvu.common.zones import local_date
    from congvu.domains.documents import selectors as documents
    from congvu.ground.orgs import selectors as orgs

    with static_files_meanwhile():
        migrate()
    if not papers.there():
        issuers.load(organisation.load(local_date(timezone.now())), communes=2)
    made = organisation.find()
    names = {"clerk": "vanthu", "official": "chuyenmon", "head": "truongphong", "chair": "chutich"}
    people = {part: orgs.staff_actor(made.users[name]) for part, name in names.items()}
    values = {"unit": made.units["xa-yen-khe"], "book": documents.book_of(people["clerk"]).id}
    return {**people, "values": values | {part: actor.position_id for part, actor in people.items()}}


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


def measures(people: dict[str, Any]) -> Iterator[Asked]:
    """What is asked, first the floors themselves."""
    for name in FLOORS:
        yield Asked(f"floor: {name}", partial(_bare, name, people["values"]))
    for who in ("clerk", "head", "official"):
        actor = people[who]
        # Books are opened by who keeps or oversees them.
        books = _books(actor, people["values"]["book"]) if who == "clerk" else ()
        for one in (*_looked_for(actor), *books, *_listed(actor), *_tasks(actor)):
            yield replace(one, name=f"{who}: {one.name}")
    yield Asked("clerk: register one", _registering(people["clerk"]))


def _bare(name: str, values: dict[str, Any]) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(FLOORS[name], values)
        return len(cursor.fetchall())


def _looked_for(actor: Actor) -> Iterator[Asked]:
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
        yield Asked(name, lambda one=one: len(documents.find(actor, one).rows))


def _books(actor: Actor, book: int) -> Iterator[Asked]:
    from congvu.domains.documents import selectors as documents

    far = f"{date.today() - timedelta(days=200)}~~1~{UUID(int=0)}"
    for kind, floor, after in (("incoming", "book", "90000"), ("outgoing", "book out", far)):
        kept = documents.BookQuery(kind, book, 2000)
        for name, start in (("first page", ""), ("far page", after)):
            ask = partial(documents.register_page, actor, kept, after=start)
            yield Asked(f"book {kind}, {name}", lambda ask=ask: len(ask().rows), floor)


def _listed(actor: Actor) -> Iterator[Asked]:
    """The first page of every list of documents, a page far back in the longest, and the figures of the tabs."""
    from congvu.common.cursors import write_cursor
    from congvu.domains.documents import selectors as documents

    far = write_cursor(datetime.now(UTC) - timedelta(days=500), UUID(int=0))
    for view in ("", *documents.VIEWS):
        one = documents.IncomingQuery(view=view, urgent_first=view in ("cho-vao-so", "cho-chi-dao", "dang-xu-ly"))
        yield Asked(f"in {view or 'all'}", lambda one=one: len(documents.incoming_list(actor, one).rows), "in")
    every = documents.IncomingQuery()
    yield Asked("in all, far back", lambda: len(documents.incoming_list(actor, every, after=f"0_{far}").rows), "in")
    yield Asked("in, figures of the tabs", lambda: len(documents.counts(actor)))
    for view in ("", *documents.OUT_VIEWS):
        out = documents.OutgoingQuery(view=view)
        yield Asked(f"out {view or 'all'}", lambda out=out: len(documents.outgoing_list(actor, out).rows), "out")
    issued = documents.OutgoingQuery()
    yield Asked("out all, far back", lambda: len(documents.outgoing_list(actor, issued, after=far).rows), "out")
    yield Asked("out, figures of the tabs", lambda: len(documents.counts_out(actor)))


def _tasks(actor: Actor) -> Iterator[Asked]:
    from congvu.domains.tasks import selectors as tasks

    for part in tasks.PARTS:
        for ended in (False, True):
            query = tasks.Query(part=part, ended=ended)
            name = f"tasks {part or 'all'}, {'ended' if ended else 'open'}"
            yield Asked(name, lambda query=query: len(tasks.tasks(actor, query).rows), "task")
    yield Asked("tasks, figures of the tabs", lambda: len(tasks.counts(actor)))
    year = datetime.now(UTC) - timedelta(days=365)
    for name, board in (("source", tasks.by_source), ("unit", tasks.by_unit), ("leader", tasks.by_leader)):
        yield Asked(f"board by {name}, one year", lambda board=board: len(board(actor, since=year)))


def _registering(clerk: Actor) -> Callable[[], int]:
    from congvu.domains.documents import services
    from congvu.domains.documents.types import Forwarding, IncomingInput
    from congvu.ground.orgs import selectors as orgs

    numbers = count(int(time.time()))  # other numbers than those of an earlier run of a kept database
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
    options.add_argument("--keep", metavar="NAME", help="keep the database, and go on with it the next time")
    options.add_argument("--only", metavar="WORDS", default="", help="measure only what has these words in its name")
    given = options.parse_args()
    name = f"bench-documents-{given.keep}" if given.keep else "bench-documents"
    with installation(Path.cwd() / "var" / name, kept=bool(given.keep)):
        people = office()
        for size in sorted(set(given.size or SIZES)):
            _filled(people["values"], size)
            _measured(people, given.runs, given.only)
    return 0


def _filled(values: dict[str, Any], size: int) -> None:
    from bench import papers

    start, there = time.perf_counter(), papers.there()
    if there < size:
        papers.fill(values, there + 1, size)
        say(f"{size - there:,} documents filled in {time.perf_counter() - start:.0f} s; measuring…")
    print(f"{max(size, there):,} documents")


def _measured(people: dict[str, Any], runs: int, only: str) -> None:
    floors = {name: timed(partial(_bare, name, people["values"]), runs).p50 for name in FLOORS}
    for one in measures(people):
        if only in one.name:
            cost = replace(timed(one.ask, runs), floor=floors.get(one.floor, 0))
            print(f"  {one.name:45} {cost}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
