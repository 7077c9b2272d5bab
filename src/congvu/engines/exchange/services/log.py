"""The log of a document between two agencies: every code is written down, and those that count move the state."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from congvu.engines.exchange import agencies
from congvu.engines.exchange.models import Message, StatusEntry, Thread
from congvu.engines.exchange.states import Standing, Verdict, step
from congvu.engines.exchange.types import Letter, Operation

# Came before its document: it waits for it.
EARLY = "early"


def standing(thread: Thread) -> Standing:
    return Standing(thread.state, thread.request, thread.withdrawn)


def open_thread(message: Message, *, sender: str, recipient: str, outgoing: bool) -> Thread:
    """The thread of a document that is here now; what came before it is applied in its order."""
    thread = _thread(message.document_id, sender=sender, recipient=recipient, outgoing=outgoing)
    if thread.message_id is None:
        thread.message = message
        for entry in thread.log.filter(verdict=EARLY).order_by("told_at", "id"):
            verdict = _move(thread, entry.code)
            StatusEntry.objects.filter(pk=entry.pk).update(verdict=verdict)
        thread.save(update_fields=["message", "state", "request", "withdrawn"])
    return thread


def find(document_id: str, *, sender: str, recipient: str, outgoing: bool) -> Thread:
    """The thread of the document between the two agencies, by any of their codes; a new one if there is none."""
    known = Thread.objects.select_for_update().filter(
        document_id=document_id, outgoing=outgoing, sender__in=agencies.same_agency(sender),
        recipient__in=agencies.same_agency(recipient),
    )  # fmt: skip
    found = known.order_by("id").first()
    return found or _thread(document_id, sender=sender, recipient=recipient, outgoing=outgoing)


def _thread(document_id: str, *, sender: str, recipient: str, outgoing: bool) -> Thread:
    values = {"document_id": document_id, "sender": sender, "recipient": recipient, "outgoing": outgoing}
    Thread.objects.bulk_create([Thread(**values)], ignore_conflicts=True)
    return Thread.objects.select_for_update().get(**values)


def enter(
    thread: Thread, code: str, *, ours: bool, message: Message | None, description: str = "", staff: str = "",
    told_at: datetime | None = None,
) -> Verdict | str:  # fmt: skip
    """Write a code down and, if it counts, move the thread, which the caller holds locked."""
    verdict: Verdict | str = EARLY
    if thread.message_id is not None:
        verdict = _move(thread, code)
        thread.save(update_fields=["state", "request", "withdrawn"])
    StatusEntry.objects.create(
        thread=thread, code=code, ours=ours, verdict=verdict, description=description, staff=staff[:500],
        message=message, at=timezone.now(), told_at=told_at,
    )  # fmt: skip
    return verdict


def _move(thread: Thread, code: str) -> Verdict:
    now, verdict = step(standing(thread), code)
    thread.state, thread.request, thread.withdrawn = now.state, now.request, now.withdrawn
    return verdict


def targets(letter: Letter) -> list[tuple[str, tuple[str, ...]]]:
    """The documents that an operation is about, each with the agencies it is told for (none named: all)."""
    if letter.operation is Operation.RECALL:
        named: dict[str, tuple[str, ...]] = {}
        for row in letter.answers:
            if row.document_id:
                named[row.document_id] = named.get(row.document_id, ()) + ((row.organ,) if row.organ else ())
        return list(named.items())
    if letter.operation is Operation.UPDATE:
        return [(letter.target, ())] if letter.target else []
    if letter.operation is Operation.REPLACE:
        return [(row.document_id, row.organs) for row in letter.replaced]
    return []


def concerns(organs: tuple[str, ...], code: str) -> bool:
    """Whether an operation told for these agencies is meant for the one of the code."""
    return not organs or not set(organs).isdisjoint(agencies.same_agency(code))
