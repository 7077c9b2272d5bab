"""What must hold after the drill. Each check gives a list of sentences; an empty list is the truth."""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.domains.dossiers.models import Dossier, Draft
from congvu.engines.deadlines.models import Clock
from congvu.engines.workflow.models import Instance, Seat, Token, WorkItem
from congvu.ground.audit.models import Entry
from congvu.ground.audit.services import seal, verify
from congvu.ground.events.models import Delivery, Event
from congvu.ground.events.services import CONSUMERS, deliver_pending
from congvu.ground.notifications import services as notifications
from congvu.ground.notifications.models import Message
from congvu.ground.numbering.models import Counter, Number
from congvu.ground.records.models import OneTimeKey, Record
from tests.drill.jobs import person

CODE = re.compile(r"^(H99(?:\.\d+)*)-(\d{6})-(\d{4,})$")


def background() -> dict[str, int]:
    """The queue as the killed workers left it: jobs by state."""
    return dict(Tally(ProcrastinateJob.objects.values_list("status", flat=True)))


def finish() -> None:
    """What a living installation does in the next minutes: deliver the rest, send the rest, seal."""
    while deliver_pending(limit=100_000):
        pass
    for message in Message.objects.filter(state="queued").values_list("id", flat=True):
        notifications.deliver(message)
    seal()


def problems(jobs: list[dict[str, Any]], acks: list[dict[str, Any]], mails: Path) -> list[str]:
    return [*dossiers(jobs, acks), *numbers(), *wholeness(), *events(), *messages(mails), *trail()]


def dossiers(jobs: list[dict[str, Any]], acks: list[dict[str, Any]]) -> Iterator[str]:
    """Every job is one dossier, the acknowledged one, under the acknowledged code."""
    rows = Dossier.objects.select_related("record").order_by("pk")
    by_person: dict[str, list[Dossier]] = {}
    for row in rows:
        by_person.setdefault(row.applicant["personal_id"], []).append(row)
    found = {job["id"]: by_person.get(person(job["id"]).personal_id, []) for job in jobs}
    yield from (f"job {job}: {len(rows)} dossiers" for job, rows in found.items() if len(rows) != 1)
    if sum(map(len, by_person.values())) != len(jobs):
        yield f"{sum(map(len, by_person.values()))} dossiers for {len(jobs)} jobs"
    for ack in acks:
        same = [row for row in found[ack["job"]] if str(row.pk) == ack["record"]]
        if not same or (ack.get("code") and same[0].record.code != ack["code"]):
            yield f"acknowledged and not there: {ack}"


def numbers() -> Iterator[str]:
    """Per agency and day, and per receipt book, the numbers 1 to n, each used once; codes say the same."""
    for counter in Counter.objects.all():
        given = list(Number.objects.filter(counter=counter).order_by("value").values_list("value", flat=True))
        if given != list(range(1, counter.last + 1)):
            yield f"{counter.series} {counter.unit} {counter.period}: gap or duplicate in {given}"
    codes = Record.objects.filter(kind="dossier").exclude(code="").values_list("code", flat=True)
    serials: dict[tuple[str, str], list[int]] = {}
    for code in codes:
        agency, day, serial = CODE.fullmatch(code).groups()
        serials.setdefault((agency, day), []).append(int(serial))
    for (agency, day), values in serials.items():
        if sorted(values) != list(range(1, len(values) + 1)):
            yield f"codes of {agency} on {day}: {sorted(values)}"
    if Number.objects.filter(counter__series="dossier").count() != len(codes):
        yield "numbers given and codes differ in count"


def wholeness() -> Iterator[str]:
    """No record without dossier, no dossier without clocks, process, work, number, entry; no key without answer."""
    records = set(Record.objects.filter(kind="dossier").values_list("id", flat=True))
    clocks = Tally(Clock.objects.values_list("record_id", flat=True))
    running = Tally(Instance.objects.filter(state="running").values_list("record_id", flat=True))
    waiting = Tally(WorkItem.objects.filter(state="open").values_list("record_id", flat=True))
    steps = Tally(Entry.objects.filter(verb="dossier.step").values_list("record", flat=True))
    taken = Tally(
        Entry.objects.filter(verb__in=("dossier.take_in", "dossier.receive")).values_list("record", flat=True)
    )
    filed = Tally(Entry.objects.filter(verb="dossier.submit").values_list("record", flat=True))
    if records != set(Dossier.objects.values_list("pk", flat=True)):
        yield "records and dossiers differ"
    for dossier in Dossier.objects.select_related("record"):
        key = dossier.pk
        found = (clocks[key], running[key], waiting[key], steps[key], taken[key], filed[key])
        if found != (2, 1, 1, 1, 1, int(dossier.channel == 2)) or dossier.record.state != "processing":
            yield f"{dossier.record.code}: clocks, processes, work, steps, receptions, filings {found}"
        if not dossier.receipt_number or dossier.record.due_at is None:
            yield f"{dossier.record.code}: no receipt or no due time"
    orphans = set(WorkItem.objects.filter(state="open").values_list("id", flat=True))
    if orphans != set(Seat.objects.values_list("item_id", flat=True)):
        yield "open work and inbox seats differ"
    if Token.objects.count() != Instance.objects.filter(state="running").count():
        yield "tokens and running processes differ"
    if OneTimeKey.objects.filter(answer=None).exists():
        yield "a one-time key without its answer"
    if Draft.objects.filter(submitted_as=None).exists():
        yield "a draft was not filed"


def events() -> Iterator[str]:
    """Every event reached each of its consumers once."""
    wanted = {(e.id, c) for e in Event.objects.filter(name__in=CONSUMERS) for c in CONSUMERS[e.name]}
    given = list(Delivery.objects.values_list("event_id", "consumer"))
    if set(given) != wanted or len(given) != len(wanted):
        yield f"{len(wanted)} deliveries due, {len(given)} made"
    received = Tally(Event.objects.filter(name="dossier.received").values_list("payload__record", flat=True))
    if set(received.values()) != {1} or len(received) != Dossier.objects.count():
        yield "receptions published twice or not at all"


def messages(mails: Path) -> Iterator[str]:
    """One message of reception in the program and one mail for each dossier; every mail out, marked once."""
    told = Tally(Message.objects.filter(kind="dossier_received").values_list("record_id", "channel"))
    wanted = {
        (key, channel): 1 for key in Dossier.objects.values_list("pk", flat=True) for channel in ("inapp", "email")
    }
    if dict(told) != wanted:
        yield f"{len(told)} messages of reception, {len(wanted)} expected"
    unsent = Message.objects.exclude(state="sent").count()
    if unsent:
        yield f"{unsent} messages not marked as sent"
    out = Tally(mails.read_text(encoding="utf-8").split())
    ids = {str(key) for key in Message.objects.filter(channel="email").values_list("id", flat=True)}
    if set(out) != ids:
        yield f"{len(out)} mails went out, {len(ids)} are marked"


def trail() -> Iterator[str]:
    verdict = verify()
    yield from verdict.broken
    if verdict.unsealed or verdict.sealed != Entry.objects.count():
        yield f"sealed {verdict.sealed} of {Entry.objects.count()} entries"
