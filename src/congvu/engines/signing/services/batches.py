"""Many documents with one authentication: unread ones are kept out, changed ones set aside, each has its own result.

A batch may be run again after a fault, a pulled device or a killed process: what was signed is never signed twice.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, NotFound, Problem, Refusal
from congvu.common.zones import utc_now
from congvu.engines.signing import policies, selectors
from congvu.engines.signing.errors import CredentialRefused, TimestampUnavailable
from congvu.engines.signing.models import Batch, BatchItem
from congvu.engines.signing.services import documents
from congvu.engines.signing.types import (
    Begun,
    Content,
    Credential,
    Item,
    ItemState,
    Level,
    Offer,
    Outcome,
    Signed,
    Standing,
)
from congvu.ground.audit.services import act, note
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import selectors as records

MOST = 200


class Documents(Protocol):
    """What the room whose documents are signed does; one object for each kind of batch."""

    def load(self, actor: Actor, item: Item) -> Content:
        """The document as it is now, and the look of the signature. Raises Refusal when it may not be signed now."""

    def done(self, actor: Actor, item: Item, signed: Signed) -> None:
        """Keep the signed file and go on with the process. A step inside the act of signing, in its transaction."""


KINDS: dict[str, Documents] = {}


def signs(kind: str, room: Documents) -> None:
    """Register who owns the documents of a kind of batch."""
    KINDS[kind] = room


@act("signing.open_batch", policy=policies.may_open_batch, label="Lập lượt ký nhiều văn bản")
def open_batch(actor: Actor, *, certificate_id: int, kind: str, offers: Sequence[Offer]) -> UUID:
    """Put documents together to be signed; those not read are written down and kept out, unless the unit's setting
    ``sign_unread`` allows it. Returns the batch's id. Raises CertificateRefused, Invalid, NotFound for a record that
    the actor may not read."""
    if kind not in KINDS or not 0 < len(offers) <= MOST:
        words = _("Chọn từ 1 đến %(n)s văn bản để ký.") % {"n": MOST}
        raise Invalid(words, problems=(Problem("offers", words),))
    wanted = {offer.record for offer in offers}
    if records.visible_to(actor).filter(id__in=wanted).count() != len(wanted):
        raise NotFound(_("Không tìm thấy một văn bản trong danh sách ký."))
    unread = actor.unit_id is not None and bool(orgs.setting(actor.unit_id, "sign_unread", default=False))
    batch = Batch.objects.create(
        kind=kind, certificate_id=certificate_id, user_id=_user(actor), by=actor.name, opened_at=utc_now()
    )
    BatchItem.objects.bulk_create(
        BatchItem(
            batch=batch, order=number, record_id=offer.record, file=offer.file, field=offer.field, sha256=offer.sha256,
            more=dict(offer.more), state=ItemState.WAITING if offer.read or unread else ItemState.UNREAD,
        )
        for number, offer in enumerate(offers, start=1)
    )  # fmt: skip
    out = sum(not offer.read for offer in offers)
    note(batch=str(batch.id), certificate=certificate_id, documents=len(offers), unread=out, unread_allowed=unread)
    return batch.id


def _user(actor: Actor) -> int:
    if actor.user_id is None:
        raise Invalid(_("Chỉ người đã đăng nhập mới lập được lượt ký."))
    return actor.user_id


def run_batch(actor: Actor, batch_id: UUID, credential: Credential, *, level: str = Level.B_LT) -> Outcome:
    """Sign what waits in a batch, one act for each document; the outcome of every document and, if it stopped before
    the end, why. May be repeated. Raises NotFound for another person's batch, CertificateRefused."""
    batch = Batch.objects.select_related("certificate").filter(id=batch_id, user=_user(actor)).first()
    if batch is None:
        raise NotFound(_("Không có lượt ký này."))
    policies.require_may_sign(actor, batch.certificate)
    if credential.certificate != bytes(batch.certificate.content):
        raise CredentialRefused(_("Khóa này là của một chứng thư khác với chứng thư đã chọn."), code="not_ready")
    prepared = dict(_prepared(actor, batch, credential))
    stopped = _sign_all(actor, prepared, credential, level)
    return Outcome(batch_items(actor, batch_id), *stopped)


def queue_batch(actor: Actor, batch_id: UUID) -> None:
    """Run a batch by a job: for a remote service that asks the person on the phone, which may take minutes. The job may
    be repeated: what is signed stays signed. Raises NotFound for another person's batch."""
    if not Batch.objects.filter(id=batch_id, user=_user(actor)).exists():
        raise NotFound(_("Không có lượt ký này."))
    # By name: the job's module calls this one.
    task = app.configure_task("signing.run_batch", queueing_lock=f"signing:{batch_id}")
    with contextlib.suppress(AlreadyEnqueued):
        task.defer(batch=str(batch_id), user=actor.user_id, position=actor.position_id)


def _prepared(actor: Actor, batch: Batch, credential: Credential) -> Iterator[tuple[int, Begun]]:
    """Documents with their digests; those that cannot be signed are set aside, each for its own reason."""
    for row in batch.items.filter(state=ItemState.WAITING).order_by("order"):
        try:
            content = _unchanged(actor, row, KINDS[batch.kind])
            begun = documents.begin(
                content.pdf, field=row.field, credential=credential, appearance=content.appearance,
                reason=content.reason,
            )  # fmt: skip
        except Refusal as refusal:
            set_aside(actor, row.id, code=refusal.code, reason=refusal.message)
            continue
        yield row.id, begun


def _unchanged(actor: Actor, row: BatchItem, room: Documents) -> Content:
    content = room.load(actor, _item(row))
    if hashlib.sha256(content.pdf).hexdigest() != row.sha256:
        raise Invalid(_("Văn bản đã thay đổi sau khi trình ký. Hãy đọc lại rồi ký riêng."), code=ItemState.CHANGED)
    return content


def _sign_all(actor: Actor, prepared: Mapping[int, Begun], credential: Credential, level: str) -> tuple[str, str]:
    """Sign in order as signatures come; why it stopped (words, code), or nothing.

    A fault of the key leaves the rest waiting.
    """
    signatures = iter(credential.sign([begun.digest for begun in prepared.values()]))
    for item, begun in prepared.items():
        try:
            sign_item(actor, item, begun, next(signatures), level=level)
        except (CredentialRefused, TimestampUnavailable) as refusal:
            if refusal.code != "wrong_signature":
                return refusal.message, refusal.code
            set_aside(actor, item, code=refusal.code, reason=refusal.message)
        except Refusal as refusal:
            set_aside(actor, item, code=refusal.code, reason=refusal.message)
    return "", ""


@act("signing.sign_item", policy=policies.may_sign_item, label="Ký văn bản trong lượt ký")
def sign_item(actor: Actor, item_id: int, begun: Begun, signature: bytes, *, level: str = Level.B_LT) -> ItemState:
    """One document: the signature is written in, checked, kept with its evidence, and the document goes on. A document
    signed meanwhile is left as it is. Raises what the room of the document, the key or the time stamp refuse with."""
    row = BatchItem.objects.select_for_update(of=("self",)).select_related("batch").get(id=item_id)
    if row.state != ItemState.WAITING:
        return ItemState(row.state)
    room = KINDS[row.batch.kind]
    _unchanged(actor, row, room)
    signed = documents.finish(begun, signature, level=level)
    # What is kept is Vietnamese, whatever the signer reads.
    with translation.override("vi"):
        report = documents.validate(signed.pdf)
    mine = next(found for found in report.signatures if found.field == row.field)
    if mine.standing not in (Standing.VALID, Standing.UNKNOWN):
        raise CredentialRefused(mine.reason, code="wrong_signature")
    row.state, row.at, row.result = ItemState.SIGNED, utc_now(), selectors.digest(signed.pdf)
    row.save(update_fields=["state", "at", "result"])
    documents.keep(signed.pdf, report, record=row.record_id)
    room.done(actor, _item(row), signed)
    note(record=row.record_id, batch=str(row.batch_id), file=str(row.file), level=signed.level, sha256=row.result)
    return ItemState.SIGNED


def set_aside(actor: Actor, item_id: int, *, code: str, reason: str) -> None:
    """Write down why a document of the own batch was not signed. Not an act: nothing of the document changes."""
    state = ItemState.CHANGED if code == ItemState.CHANGED else ItemState.FAILED
    with transaction.atomic():
        rows = BatchItem.objects.filter(id=item_id, batch__user=actor.user_id, state=ItemState.WAITING)
        rows.update(state=state, reason=reason[:500], at=utc_now())


def batch_items(actor: Actor, batch_id: UUID) -> tuple[Item, ...]:
    """The documents of an own batch in their order. One statement."""
    rows = BatchItem.objects.filter(batch=batch_id, batch__user=actor.user_id).order_by("order")
    return tuple(_item(row) for row in rows)


def _item(row: BatchItem) -> Item:
    more: dict[str, Any] = dict(row.more)
    return Item(
        row.id, row.record_id, row.file, row.field, row.sha256, ItemState(row.state), row.reason, row.result, more
    )
