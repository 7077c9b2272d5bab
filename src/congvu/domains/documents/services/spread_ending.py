"""How a making known ends: by hand with a reason, or with its document; and work that nobody has to do any more."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from congvu.common.actor import Actor
from congvu.common.zones import utc_now
from congvu.domains.documents.events import DisseminationEnded
from congvu.domains.documents.models import (
    AccessChange,
    Confirmation,
    Consulted,
    Direction,
    Dissemination,
    Link,
    Recipient,
)
from congvu.domains.documents.readership import ENDED, day_of, present_in
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.ground.events.services import publish
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

GONE = "Văn bản đã bị thu hồi, nội dung đã hủy"


def close_items(row: Dissemination, *, actor: Actor | None = None) -> None:
    """Work of posts in which nobody is asked any more: done by who has just confirmed, else withdrawn. A step."""
    lacking = list(row.confirmations.filter(confirmed_at=None))
    present = present_in(lacking, day_of(row, utc_now()))
    waiting = {one.item for one in lacking if (one.user, one.position_id) in present}
    own = set(row.confirmations.filter(user=actor.user_id or 0).values_list("item", flat=True)) if actor else set()
    for item in work.open_items(row.pk):
        if item.id in waiting:
            continue
        if actor is not None and item.id in own:
            workflow.complete(item.id, actor=actor)
        else:
            workflow.cancel_item(item.id)


def end(record: Record, row: Dissemination, *, by: str, reason: str) -> None:
    """End one that is open; its record is locked. A step."""
    row.ended_at, row.ended_by, row.end_reason = utc_now(), by, reason
    row.save(update_fields=["ended_at", "ended_by", "end_reason"])
    row.confirmations.exclude(notice_at=None).update(notice_at=None)
    for item in work.open_items(record.id):
        workflow.cancel_item(item.id)
    records.change(record, state=ENDED, closed_at=row.ended_at)
    publish(DisseminationEnded(record=record.id))


def end_with_document(document: UUID, *, by: str, reason: str) -> None:
    """The document was recalled or replaced: nobody is asked to read it any more. A step of that act."""
    for row in Dissemination.objects.filter(document=document, ended_at=None).order_by("given_at"):
        end(records.lock(row.pk), row, by=by, reason=reason)


def destroy_with_document(document: UUID) -> None:
    """Its subject, number and notes are destroyed here too; who was asked and has confirmed stays. A step."""
    for row in Dissemination.objects.filter(document=document).order_by("given_at"):
        row.code, row.note = "", ""
        row.save(update_fields=["code", "note"])
        records.change(records.lock(row.pk), title=GONE, search="")
        workflow.retitle(row.pk, code="", title=GONE, ended=True)


def end_replaced(newer: UUID, *, by: str, code: str) -> None:
    """A document that replaces others was issued. A step of issuing it."""
    for link in Link.objects.filter(source=newer, relation=Link.Relation.REPLACE):
        end_with_document(link.target_id, by=by, reason=f"Văn bản được thay thế bằng {code}.")


def take_back_reading(source: Record, row: Dissemination) -> None:
    """Take the right to read away from posts that had it by this alone. A step; the document's record is locked."""
    given = row.confirmations.filter(let_read=True)
    keys = {f"p:{post}" for post in given.values_list("position_id", flat=True)}
    kept = {key for key in keys if on_its_way(source.id, key) or _asked_again(source.id, row, key)}
    if keys - kept:
        records.change(source, drop_readers=sorted(keys - kept))


def _asked_again(document: UUID, row: Dissemination, key: str) -> bool:
    """Whether the post was let to read by hand, or asked by another making known that has not ended."""
    others = Confirmation.objects.filter(dissemination__document=document, dissemination__ended_at=None)
    by_hand = AccessChange.objects.filter(Q(kept=None) | Q(kept=True), record=document, reader=key)
    return by_hand.exists() or others.exclude(dissemination=row).filter(position=int(key.removeprefix("p:"))).exists()


def on_its_way(document: UUID, reader: str) -> bool:
    """Whether a reader key was directed, asked, or sent the document: then reading is theirs by right."""
    kind, _sign, key = reader.partition(":")
    place = {"unit_id": int(key)} if kind == "u" else {"position_id": int(key)}
    directed = Direction.objects.filter(incoming=document, withdrawn_at=None, **place)
    sent = Recipient.objects.filter(outgoing=document, unit_id=int(key)) if kind == "u" else None
    asked = Consulted.objects.filter(consultation__outgoing=document, **place)
    return directed.exists() or asked.exists() or (sent is not None and sent.exists())
