"""What is measured, and how: services in this process, pages over HTTP against the real web process.

Statements are counted in this process, with the same request. "SQL alone" is what those statements take without the
program: a page's are run again bare, an act's are timed while it runs because they cannot be run twice.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypedDict
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client

from bench import api
from bench.fill import CLERK
from bench.web import Web, running
from congvu.common.actor import Actor
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as acts
from congvu.domains.dossiers.types import Intake, PaperLine, Person
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import ItemView
from congvu.ground.accounts.models import User
from congvu.ground.orgs import selectors as orgs

PROCEDURE = "2.000908"

FAR = 20


class Result(TypedDict):
    """Milliseconds, but for memory (MB). ``aim`` is p50 and p95 of the budgets, empty where they set none."""

    what: str
    aim: tuple[float, ...]
    p50: float
    p95: float
    cpu: float | None
    statements: int | None
    floor: float | None


def result(
    what: str, aim: tuple[float, ...], times: list[float], *, cpu: float | None = None, statements: int | None = None,
    floor: float | None = None,
) -> Result:  # fmt: skip
    ordered = sorted(times)
    return Result(
        what=what, aim=aim, p50=statistics.median(ordered), p95=ordered[int((len(ordered) - 1) * 0.95)], cpu=cpu,
        statements=statements, floor=floor,
    )  # fmt: skip


@dataclass
class Log:
    """Statements with their parameters and the time each took, in ms."""

    lines: list[tuple[str, Any]] = field(default_factory=list)
    took: float = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.took += (time.perf_counter() - start) * 1000
            self.lines.append((sql, params))


@contextmanager
def logged() -> Iterator[Log]:
    log = Log()
    with connection.execute_wrapper(log):
        yield log


def service(what: str, aim: tuple[float, ...], calls: list[Callable[[], object]], *, warm: int = 2) -> Result:
    """A function of this process. Each call is made once; the first ones only warm up."""
    times, floors, counts = [], [], []
    for number, call in enumerate(calls):
        with logged() as log:
            start = time.perf_counter()
            call()
            took = (time.perf_counter() - start) * 1000
        if number >= warm:
            times.append(took)
            floors.append(log.took)
            counts.append(len(log.lines))
    return result(what, aim, times, statements=int(statistics.median(counts)), floor=statistics.median(floors))


def page(web: Web, what: str, aim: tuple[float, ...], address: str, *, runs: int, staff: bool = True) -> Result:
    """A page over HTTP, and its statements here."""
    session, web.session = web.session, web.session if staff else ""
    try:
        for _ in range(4):
            web.get(address)
        before, times = web.cpu(), []
        for _ in range(runs):
            start = time.perf_counter()
            web.get(address)
            times.append((time.perf_counter() - start) * 1000)
        cpu = (web.cpu() - before) / runs
    finally:
        web.session = session
    lines = statements_of(address, staff=staff)
    return result(what, aim, times, cpu=cpu, statements=len(lines), floor=bare(lines))


def statements_of(address: str, *, staff: bool) -> list[tuple[str, Any]]:
    """What the page asks the database once it is warm."""
    client = Client(SERVER_NAME="127.0.0.1")
    if staff:
        client.force_login(User.objects.get(username=CLERK))
    for _ in range(2):
        with logged() as log:
            answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address} answered {answer.status_code}")
    return log.lines


def bare(lines: list[tuple[str, Any]], *, runs: int = 15) -> float:
    """The reading statements of a page run again without the program, in ms: the median of their sums."""
    sums = []
    connection.ensure_connection()
    reads = [(sql, params) for sql, params in lines if sql.lstrip()[:6].upper() in ("SELECT", "WITH R")]
    with connection.connection.cursor() as cursor:
        for _ in range(runs):
            start = time.perf_counter()
            for sql, params in reads:
                cursor.execute(sql, params)
                cursor.fetchall()
            sums.append((time.perf_counter() - start) * 1000)
    return statistics.median(sums)


def clerk() -> Actor:
    return orgs.staff_actor(User.objects.get(username=CLERK).pk)


def intake() -> Intake:
    person = Person("Trần Thị Đo Lường", personal_id="099188000999", phone="0900000999")
    return Intake(PROCEDURE, person, papers=(PaperLine("Tờ khai", originals=1),))


def take_in(actor: Actor) -> UUID:
    return acts.take_in(actor, intake(), key=uuid4().hex).record_id


def holder(item: ItemView) -> Actor:
    """Somebody for whom the item waits."""
    role, _, unit = item.holders[0].removeprefix("r:").partition("@")
    for post in orgs.positions(int(unit), role):
        for person in orgs.holders_of(post.id):
            return orgs.staff_actor(person.user_id, post.id)
    raise LookupError(item.holders)


def waiting(actor: Actor, count: int) -> list[tuple[Actor, ItemView]]:
    """Fresh dossiers, each with its first step and somebody to do it."""
    items = [work.open_items(take_in(actor), actor)[0] for _ in range(count)]
    who = holder(items[0])
    return [(who, item) for item in items]


def all_of(*, runs: int) -> list[Result]:
    actor = clerk()
    found = _services(actor, runs)
    with running() as web:
        web.session = _signed_in(CLERK)
        found.append(_advance(web, actor, runs))
        found.append(_filing(web, actor, runs))
        found += _pages(web, actor, runs)
        found.append(result("cold start of the web process", (2000,), [web.cold]))
        found.append(result("memory of the web process, MB", (150,), [web.memory()]))
    return found


def _services(actor: Actor, runs: int) -> list[Result]:
    taken = [take_in(actor) for _ in range(3)]
    ready = waiting(actor, runs + 2)
    return [
        service("reception at the counter, service", (25,), [lambda: take_in(actor)] * (runs + 2)),
        service("advance one step, service", (6, 12), [_step(who, item.id) for who, item in ready]),
        service("typeset a receipt", (20,), [lambda: acts.receipt_pdf(actor, taken[0])] * (runs + 2)),
    ]


def _step(who: Actor, item: UUID) -> Callable[[], object]:
    return lambda: acts.complete_step(who, item)


def _signed_in(username: str) -> str:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username=username))
    return client.cookies["sessionid"].value


def _advance(web: Web, actor: Actor, runs: int) -> Result:
    """A step done by its holder in the browser: the form is sent, the next page is shown."""
    ready = waiting(actor, runs + 4)
    mine, web.session = web.session, _signed_in(User.objects.get(pk=ready[0][0].user_id).username)
    times, before = [], 0.0
    for number, (_who, item) in enumerate(ready):
        if number == 4:
            before = web.cpu()
        start = time.perf_counter()
        status, leads = web.ask("POST", f"/lam-viec/ho-so/viec/{item.id}/xong", {})
        if status != 302:
            raise AssertionError("the step was refused")
        web.get(leads)
        times.append((time.perf_counter() - start) * 1000)
    cpu = (web.cpu() - before) / runs
    web.session = mine
    return result("advance one step, by HTTP with the next page", (20, 35), times[4:], cpu=cpu)


def _filing(web: Web, actor: Actor, runs: int) -> Result:
    """By a program outside: a file of 100 KB, then the dossier; two requests."""
    api.file_dossiers(web, actor, PROCEDURE, 4)
    before = web.cpu()
    times = api.file_dossiers(web, actor, PROCEDURE, runs)
    return result("API submission with a file, two requests", (10, 20), times, cpu=(web.cpu() - before) / runs)


def _pages(web: Web, actor: Actor, runs: int) -> list[Result]:
    row = dossiers.dossiers(actor, dossiers.Query(states=("processing",)), limit=1).rows[0]
    token = dossiers.dossier(actor, row.id).token
    inbox, desk, find = "/lam-viec/", "/lam-viec/ho-so/", "/lam-viec/tim?q="
    return [
        page(web, "inbox, first page", (20, 40), inbox, runs=runs),
        page(web, f"inbox, page {FAR} or the last", (20, 40), f"{inbox}?sau={_far(actor)}", runs=runs),
        page(web, "dossier list", (), desk, runs=runs),
        page(web, "search, broad", (60, 100), f"{find}nguyen", runs=runs),
        page(web, "search, by code", (10,), f"{find}{row.code}", runs=runs),
        page(web, "one dossier", (), f"{desk}{row.id}/", runs=runs),
        page(web, "tracking page by token", (10, 20), f"/h/{token}", runs=runs, staff=False),
        page(web, "procedure search", (), "/thu-tuc?q=khai+sinh", runs=runs, staff=False),
    ]  # fmt: skip


def _far(actor: Actor) -> str:
    cursor = ""
    for _ in range(FAR - 1):
        found = work.inbox(actor, after=cursor)
        if not found.next:
            break
        cursor = found.next
    return cursor
