"""Outgoing documents of the first commune, played through the acts while the clock is moved back.

Every list has something: drafts, documents on their way, twenty that wait for the chair with one hỏa tốc on top, some
to be numbered, some issued with both signatures, one dropped. Keys are those of the demo's certificates.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib.resources import files as package
from typing import Any
from uuid import UUID

import time_machine

from congvu.boot.demo import annexes, opinions
from congvu.boot.demo.arrivals import HOME, days_back, holder
from congvu.boot.demo.organisation import Organisation
from congvu.boot.demo.pki import PIN
from congvu.boot.demo.territory import COMMUNES
from congvu.common.actor import SYSTEM, Actor
from congvu.common.zones import at
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import CopyInput, DraftInput, ToIssue, ToSign
from congvu.engines.signing import selectors as register
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import Opened
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import blocks_to_json
from congvu.engines.workflow import selectors as work
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import selectors as calendars

# How far a document goes, in order; ``drop`` ends beside the way.
WAY = ("draft", "content", "layout", "sign", "issue", "issued")
STEP = timedelta(minutes=9)


def play(made: Organisation, *, now: datetime) -> int:
    """Play the documents unless there are some. Returns how many were drafted."""
    stage = Stage(made, now, holder(made, HOME, "chair"), holder(made, f"{HOME}-vp", "registrar"))
    if documents.outgoing_list(stage.clerk, documents.OutgoingQuery(), limit=1).rows:
        return 0
    pictures(made, now, HOME, f"UBND {COMMUNES[0].full}")
    parts = _parts()
    with keys(stage):
        for place, part in enumerate(sorted(parts, key=lambda part: -part["ago"])):
            stage.drafted[part["subject"]] = stage.play(part, place)
    opinions.play(made, stage.drafted, now=now)
    opinions.authorise(made, now=now)
    _copy(stage)
    return len(parts)


def _copy(stage: Stage) -> None:
    """A paper copy of the oldest issued document, for the book of copies."""
    leader = orgs.positions(stage.made.units[HOME], "chair")[0].id
    given = CopyInput("SY", "paper", signer_position=leader, recipients=("Các trưởng thôn", "Lưu: VT"))
    services.copy(stage.clerk, next(iter(stage.drafted.values())), given, key="demo-copy-0")


def _parts() -> list[dict[str, Any]]:
    text = package("congvu.boot.demo").joinpath("outgoing.json").read_text(encoding="utf-8")
    parts: list[dict[str, Any]] = json.loads(text)
    return parts


def pictures(made: Organisation, now: datetime, key: str, name: str) -> None:
    """Handwriting of the leaders and the seal of an agency, both drawn and saying that they are invented."""
    with time_machine.travel(now - timedelta(days=30), tick=True):
        for position in orgs.positions(made.units[key], "chair"):
            for person in orgs.holders_of(position.id):
                if not person.stand_in:
                    services.set_picture(SYSTEM, typeset.demo_signature(person.name), user=person.user_id)
        services.set_picture(SYSTEM, typeset.demo_seal(name), issuer=documents.issuer(key).id)


@contextmanager
def keys(stage: Stage) -> Iterator[None]:
    """The chair's and the agency's keys, opened once: good for some minutes from now, so for all that was before."""
    stage.chair_own, stage.seal_own = (register.usable(actor)[0].id for actor in (stage.chair, stage.clerk))
    stage.chair_key = signing.open_session(stage.chair, stage.chair_own, secret=PIN)
    stage.seal_key = signing.open_session(stage.clerk, stage.seal_own, secret=PIN)
    try:
        yield
    finally:
        for key in (stage.chair_key, stage.seal_key):
            key.close()


@dataclass(slots=True)
class Stage:
    """Who acts for which agency, and with which keys."""

    made: Organisation
    now: datetime
    chair: Actor
    clerk: Actor
    chair_key: Opened | None = None
    seal_key: Opened | None = None
    chair_own: int = 0
    seal_own: int = 0
    home: str = HOME
    people: dict[tuple[str, str], Actor] = field(default_factory=dict)
    drafted: dict[str, UUID] = field(default_factory=dict)

    def play(self, part: Mapping[str, Any], place: int) -> UUID:
        """One document from its draft to where it ends, a few minutes between the steps."""
        moment = self._start(part["ago"], place)
        author, head = self._person(part["unit"], "specialist"), self._person(part["unit"], "head")
        office = self._person("vp", "head")
        with time_machine.travel(moment, tick=True):
            record = services.draft(author, _draft(part), key=f"demo-outgoing-{self.home}-{place}")
            annexes.bring(author, record, part.get("annexes", ()))
            if part["ends"] == "drop":
                services.drop(author, record, reason="Đã mượn được nhà văn hóa thôn, không cần công văn.")
                return record
        steps: tuple[Callable[[UUID], object], ...] = (
            lambda item: services.submit(author, item, comment=part.get("note", "")),
            lambda item: services.endorse(head, item),
            lambda item: services.endorse(office, item),
            self._sign,
            lambda item: self._issue(record, item),
        )
        for step in steps[: WAY.index(part["ends"])]:
            moment = min(moment + STEP, self.now)
            with time_machine.travel(moment, tick=True):
                step(_waiting(record))
        return record

    def _person(self, unit: str, role: str) -> Actor:
        """Who acts in the first post of this role in a section; asked once."""
        if (unit, role) not in self.people:
            self.people[unit, role] = holder(self.made, f"{self.home}-{unit}", role)
        return self.people[unit, role]

    def _start(self, ago: int, place: int) -> datetime:
        """A morning some working days ago; today's documents in the hours before now."""
        if ago == 0:
            return self.now - timedelta(minutes=95 - 4 * (place % 8))
        return at(_days(self.now)[ago], 8, 5 + 5 * (place % 10))

    def _sign(self, item: UUID) -> None:
        assert self.chair_key is not None
        record = work.record_of(item)
        n = documents.outgoing(self.chair, record).current.n
        services.mark_read(self.chair, record, n=n)
        batch = services.open_signing(self.chair, self.chair_own, [ToSign(item, n)])
        self._finish(self.chair, batch, self.chair_key)

    def _issue(self, record: UUID, item: UUID) -> None:
        assert self.seal_key is not None
        chosen = [ToIssue(item, documents.recipients_of(self.clerk, record))]
        batch = services.open_issuing(self.clerk, self.seal_own, chosen)
        self._finish(self.clerk, batch, self.seal_key)

    def _finish(self, actor: Actor, batch: UUID, key: Opened) -> None:
        """The key signs, and what the job would do is done at once."""
        signing.hold_batch(actor, batch, key)
        outcome = signing.finish_batch(actor, batch)
        if outcome.signed < len(outcome.items):
            raise RuntimeError(outcome.stopped or next(one.reason for one in outcome.items if one.reason))


def _days(now: datetime) -> list[date]:
    return list(days_back(now, calendars.calendar("vn")))


def _waiting(record: UUID) -> UUID:
    (item,) = work.open_items(record)
    return item.id


def _draft(part: Mapping[str, Any]) -> DraftInput:
    to, addressed = part["to"], documents.kind(part["kind"]).addressed
    copies = part.get("copies") or (["Như trên"] if addressed else to or ["Phòng Kinh tế", "Phòng Văn hóa - Xã hội"])
    content = {
        "blocks": blocks_to_json(typeset.read_text(part["text"])),
        "addressees": to if addressed else [],
        "bases": part.get("bases", []),
        "recipients": [*copies, f"Lưu: VT, {part['unit'].upper()}"],
    }
    return DraftInput(part["kind"], part["subject"], content, priority=part.get("priority", 0))
