"""``python -m bench.signatures [--rounds N]``: twenty signatures with one authentication; a document signed twice.

The office alone is set up, with the demo's certificates and its stand-ins for time stamps and revocation, whose time
is told apart. "Signed twice": set, signed by the person, numbered, filled in, sealed and issued, both halves of each.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from bench.__main__ import installation, say

if TYPE_CHECKING:
    from congvu.common.actor import Actor

COUNT, SINGLE = 20, 20
KINDS = ("QD", "KH", "TB", "BC", "CV")


@dataclass
class Outside:
    """Seconds that authorities outside took since the last look, and of the processor."""

    spent: float = 0
    processor: float = 0

    def taken(self) -> Cost:
        cost, self.spent, self.processor = Cost(self.spent, self.processor), 0, 0
        return cost


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, and of them of this process on the processor: the database and waiting are the rest."""

    clock: float
    processor: float

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.clock - other.clock, self.processor - other.processor)

    def __str__(self) -> str:
        return f"{self.clock * 1000:.0f} ms (processor {self.processor * 1000:.0f})"


def now() -> Cost:
    return Cost(perf_counter(), process_time())


def median(costs: Iterable[Cost]) -> Cost:
    found = list(costs)
    return Cost(statistics.median(one.clock for one in found), statistics.median(one.processor for one in found))


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works on the documents, with which certificates."""

    official: Actor
    heads: tuple[Actor, ...]
    chair: Actor
    clerk: Actor

    def ready(self, count: int) -> None:
        """So many documents wait for the chair, who has read them."""
        from congvu.domains.documents import selectors, services
        from congvu.domains.documents.types import DraftInput
        from congvu.engines.workflow import selectors as work

        text = {"type": "paragraph", "text": [{"text": "Giao các đơn vị thực hiện và báo cáo trước ngày 25."}]}
        content = {"blocks": [text] * 12, "recipients": ["Như trên", "Lưu: VT, KT"]}
        for n in range(count):
            kind = KINDS[n % len(KINDS)]
            given = content | ({"addressees": ["Sở Nội vụ"]} if kind in ("CV", "BC") else {})
            draft = DraftInput(kind=kind, subject=f"Việc cần đo số {n + 1}", content=given)
            record = services.draft(self.official, draft, key=uuid4().hex)
            services.submit(self.official, work.open_items(record)[0].id)
            for head in self.heads:
                services.endorse(head, work.open_items(record)[0].id)
        for row in selectors.to_sign(self.chair):
            services.mark_read(self.chair, row.id, n=row.version)


def office() -> Desk:
    """The invented province with certificates, issuers and pictures, and who works in its first commune."""
    from django.utils import timezone

    from congvu.boot.demo import issuers, organisation, pki
    from congvu.boot.migrations import migrate
    from congvu.boot.prepare import static_files_meanwhile
    from congvu.common.actor import SYSTEM
    from congvu.common.zones import local_date
    from congvu.domains.documents import selectors as documents
    from congvu.domains.documents import services
    from congvu.engines.typeset import services as typeset
    from congvu.ground.orgs import selectors as orgs

    with static_files_meanwhile():
        migrate()
    made = organisation.load(local_date(timezone.now()))
    issuers.load(made, communes=2)
    pki.load(made, timezone.now())
    names = ("chuyenmon", "truongphong", "chanhvp", "chutich", "vanthu")
    official, head, layout, chair, clerk = (orgs.staff_actor(made.users[name]) for name in names)
    services.set_picture(SYSTEM, typeset.demo_signature(chair.name), user=chair.user_id)
    services.set_picture(SYSTEM, typeset.demo_seal("UBND xã"), issuer=documents.issuer("xa-yen-khe").id)
    return Desk(official, (head, layout), chair, clerk)


@contextmanager
def outside_told_apart() -> Iterator[Outside]:
    """Count what the stand-ins for the authorities take."""
    from congvu.engines.signing import outside

    spent, real = Outside(), outside.transport

    def ask(url: str, **asked: Any) -> bytes:
        start = now()
        try:
            return real()(url, **asked)
        finally:
            took = now() - start
            spent.spent, spent.processor = spent.spent + took.clock, spent.processor + took.processor

    outside.transport = lambda: ask
    try:
        yield spent
    finally:
        outside.transport = real


def many(desk: Desk) -> tuple[Cost, Cost]:
    """What it takes until the page of a batch answers (the key has signed all), and until all are finished."""
    from congvu.boot.demo.pki import PIN
    from congvu.domains.documents import selectors, services
    from congvu.domains.documents.types import ToSign
    from congvu.engines.signing import services as signing

    desk.ready(COUNT)
    rows, own = selectors.to_sign(desk.chair), certificate(desk.chair)
    start = now()
    session = signing.open_session(desk.chair, own, secret=PIN)
    batch = services.open_signing(desk.chair, own, [ToSign(row.item, row.version) for row in rows])
    signing.hold_signatures(desk.chair, batch, session)
    held = now()
    outcome = signing.finish_batch(desk.chair, batch)
    end = now()
    session.close()
    if outcome.signed != COUNT:
        raise AssertionError(f"{outcome.signed} of {COUNT} were signed: {outcome.items}")
    return held - start, end - start


def twice(desk: Desk, spent: Outside) -> Iterator[tuple[Cost, Cost]]:
    """One document after the other, from its text to the issued original: the own cost, that of others."""
    from congvu.boot.demo.pki import PIN
    from congvu.domains.documents import selectors, services
    from congvu.domains.documents.types import RecipientInput, ToIssue, ToSign
    from congvu.engines.signing import services as signing
    from congvu.engines.workflow import selectors as work

    desk.ready(SINGLE)
    person, agency = certificate(desk.chair), certificate(desk.clerk)
    keys = [signing.open_session(who, own, secret=PIN) for who, own in ((desk.chair, person), (desk.clerk, agency))]
    for row in selectors.to_sign(desk.chair):
        _forget_set()
        spent.taken()
        start = now()
        _sign(desk.chair, services.open_signing(desk.chair, person, [ToSign(row.item, row.version)]), keys[0])
        to = [ToIssue(work.open_items(row.id)[0].id, (RecipientInput("paper", "Sở Nội vụ"),))]
        _sign(desk.clerk, services.open_issuing(desk.clerk, agency, to), keys[1])
        whole, others = now() - start, spent.taken()
        yield whole - others, others


def certificate(actor: Actor) -> int:
    from congvu.engines.signing import selectors as register

    return register.usable(actor)[0].id


def _sign(actor: Actor, batch: UUID, key: Any) -> None:
    from congvu.engines.signing import services as signing

    signing.hold_signatures(actor, batch, key)
    outcome = signing.finish_batch(actor, batch)
    if outcome.signed != 1:
        raise AssertionError(outcome)


def _forget_set() -> None:
    """A worker has not set the paper before: it is set anew."""
    from congvu.domains.documents import renditions

    renditions._sheets.clear()


def main() -> int:
    options = argparse.ArgumentParser(prog="bench.signatures", description=__doc__)
    options.add_argument("--rounds", type=int, default=5, help="batches of twenty (default 5)")
    given = options.parse_args()
    with installation(Path.cwd() / "var" / "bench"), outside_told_apart() as spent:
        say("Setting up the office…")
        desk = office()
        rounds = [many(desk) for _ in range(given.rounds)]
        single = list(twice(desk, spent))[2:]
    held, finished = (median(costs) for costs in zip(*rounds, strict=True))
    own, others = (median(costs) for costs in zip(*single, strict=True))
    print(f"{COUNT} signatures: page after {held}, all finished after {finished}, aim 5000")
    print(f"a document set and signed twice: {own}, aim 500; time stamps and revocation beside it {others}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
