"""Many documents with one authentication: unread ones are kept out, changed ones set aside, each has its own result.

Signing has two halves. While the key is open, each document is prepared and its digest signed; the signature is held.
Then, without the key, each is finished by an act of its own: time stamp, evidence, check, and the document goes on. The
second half is a job's work, since a time-stamping authority may take minutes. Both halves may be repeated after a
fault, a pulled device or a killed process: nothing is signed twice.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem, Refusal
from congvu.common.zones import utc_now
from congvu.engines.signing import policies, selectors
from congvu.engines.signing.errors import CertificateRefused, CredentialRefused, TimestampUnavailable
from congvu.engines.signing.models import Batch, BatchItem, HeldSignature
from congvu.engines.signing.services import documents
from congvu.engines.signing.types import (
    Begun,
    Content,
    Credential,
    HolderKind,
    Item,
    ItemState,
    Level,
    Offer,
    Outcome,
    Report,
    SignatureReport,
    Signed,
    Standing,
)
from congvu.ground.audit.services import act, note
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import selectors as records

MOST = 200


class Documents(Protocol):
    """What the room whose documents are signed does; one object for each kind of batch. ``holder`` says whose
    certificates sign them."""

    holder: HolderKind

    def digest(self, actor: Actor, item: Item) -> str:
        """SHA-256 of the document as it is now. Raises Refusal when it may not be signed now."""

    def load(self, actor: Actor, item: Item) -> Content:
        """The document ready to be signed, and the look of the signature. Raises Refusal like ``digest``."""

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
    holders = {KINDS[offer.kind or kind].holder for offer in offers}
    if {policies.certificate_of(certificate_id).holder_kind} != holders:
        message = _("Chứng thư này không dùng cho loại chữ ký của các văn bản đã chọn.")
        raise CertificateRefused(message, code="not_yours")
    wanted = {offer.record for offer in offers}
    if records.visible_to(actor).filter(id__in=wanted).count() != len(wanted):
        raise NotFound(_("Không tìm thấy một văn bản trong danh sách ký."))
    unread = actor.unit_id is not None and bool(orgs.setting(actor.unit_id, "sign_unread", default=False))
    batch = Batch.objects.create(
        kind=kind, certificate_id=certificate_id, user_id=_user(actor), position_id=actor.position_id, by=actor.name,
        opened_at=utc_now(),
    )  # fmt: skip
    BatchItem.objects.bulk_create(
        BatchItem(
            batch=batch, kind=offer.kind, order=number, record_id=offer.record, file=offer.file, field=offer.field,
            sha256=offer.sha256, more=dict(offer.more), reason="" if offer.read else offer.why[:500],
            state=ItemState.WAITING if offer.read or (unread and not offer.why) else ItemState.UNREAD,
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
    """Both halves after one another, for whoever may wait: the outcome of every document and, if it stopped before
    the end, why. Raises NotFound for another person's batch, CertificateRefused."""
    first = hold_batch(actor, batch_id, credential)
    second = finish_batch(actor, batch_id, level=level)
    return Outcome(second.items, first.stopped or second.stopped, first.code or second.code)


def hold_batch(actor: Actor, batch_id: UUID, credential: Credential) -> Outcome:
    """Have the key sign what waits in a batch, and hold the signatures; only responders on revocation are asked.
    A fault of the key leaves the rest waiting. Raises NotFound for another person's batch, CertificateRefused."""
    batch = own(actor, batch_id)
    policies.require_may_sign(actor, batch.certificate)
    if credential.certificate != bytes(batch.certificate.content):
        raise CredentialRefused(_("Khóa này là của một chứng thư khác với chứng thư đã chọn."), code="not_ready")
    # Once for all of them, and before the first number is taken: a certificate that is not believed signs none.
    documents.require_usable(credential.certificate, credential.chain, at=utc_now())
    stopped, code = "", ""
    # What is kept is Vietnamese, whatever the signer reads.
    with translation.override("vi"):
        prepared = dict(_prepared(actor, batch, credential))
        signatures = iter(credential.sign([begun.digest for begun in prepared.values()]))
        for item, begun in prepared.items():
            try:
                _hold(item, begun, next(signatures))
            except CredentialRefused as refusal:
                if refusal.code != "wrong_signature":
                    stopped, code = refusal.message, refusal.code
                    break
                set_aside(actor, item, code=refusal.code, reason=refusal.message)
    return Outcome(batch_items(actor, batch_id), stopped, code)


def hold_signatures(actor: Actor, batch_id: UUID, credential: Credential) -> Outcome:
    """Have the opened key sign every document of a batch that waits, and let a job finish them: the caller waits for
    the key and for nothing else. Raises NotFound, CertificateRefused."""
    outcome = hold_batch(actor, batch_id, credential)
    if outcome.held:
        defer(batch_id)
    return outcome


def require_free(offers: Sequence[Offer]) -> None:
    """Raises Conflict for a document that a key has signed, so that it only waits for its time stamp."""
    latest = selectors.latest([offer.record for offer in offers])
    if any(found.state is ItemState.HELD for found in latest.values()):
        raise Conflict(_("Đã ký, đang đóng dấu thời gian. Không cần ký lại."), code="held")


def own(actor: Actor, batch_id: UUID) -> Batch:
    batch = Batch.objects.select_related("certificate").filter(id=batch_id, user=_user(actor)).first()
    if batch is None:
        raise NotFound(_("Không có lượt ký này."))
    return batch


def _prepared(actor: Actor, batch: Batch, credential: Credential) -> Iterator[tuple[int, Begun]]:
    """Documents with their digests; those that cannot be signed are set aside, each for its own reason."""
    for row in batch.items.filter(state=ItemState.WAITING).select_related("batch").order_by("order"):
        room = room_of(row)
        try:
            require_unchanged(actor, row, room)
            content = room.load(actor, selectors.item_view(row))
            begun = documents.open_place(
                content.pdf, field=row.field, credential=credential, appearance=content.appearance,
                reason=content.reason, at=utc_now(),
            )  # fmt: skip
        except Refusal as refusal:
            set_aside(actor, row.id, code=refusal.code, reason=refusal.message)
            continue
        yield row.id, begun


def room_of(row: BatchItem) -> Documents:
    """Whose document it is."""
    return KINDS[row.kind or row.batch.kind]


def require_unchanged(actor: Actor, row: BatchItem, room: Documents) -> None:
    if room.digest(actor, selectors.item_view(row)) != row.sha256:
        raise Conflict(_("Văn bản đã thay đổi sau khi trình ký. Hãy đọc lại rồi ký riêng."), code=ItemState.CHANGED)


def _hold(item_id: int, begun: Begun, signature: bytes) -> None:
    """Keep a signature that fits. Not an act: the document moves when it is finished. Raises CredentialRefused."""
    documents.require_match(begun, signature)
    with transaction.atomic():
        row = BatchItem.objects.select_for_update().get(id=item_id)
        if row.state == ItemState.WAITING:
            row.state, row.at = ItemState.HELD, utc_now()
            row.save(update_fields=["state", "at"])
            HeldSignature.objects.create(
                item=row, pdf=begun.pdf, attributes=begun.attributes, start=begun.start, end=begun.end,
                chain=list(begun.chain), signature=signature,
            )  # fmt: skip


def finish_batch(actor: Actor, batch_id: UUID, *, level: str = Level.B_LT) -> Outcome:
    """Finish what is held, one act for each document. A time stamp that does not come leaves the rest held. May be
    repeated. Raises NotFound for another person's batch."""
    batch = own(actor, batch_id)
    for item in list(batch.items.filter(state=ItemState.HELD).order_by("order").values_list("id", flat=True)):
        try:
            with translation.override("vi"):
                sign_item(actor, item, level=level)
        except TimestampUnavailable as refusal:
            return Outcome(batch_items(actor, batch_id), refusal.message, refusal.code)
        except Refusal as refusal:
            set_aside(actor, item, code=refusal.code, reason=refusal.message)
    return Outcome(batch_items(actor, batch_id))


@act("signing.sign_item", policy=policies.may_sign_item, label="Ký số văn bản")
def sign_item(actor: Actor, item_id: int, *, level: str = Level.B_LT) -> ItemState:
    """One document: the held signature is written in, stamped, checked, kept with its evidence, and the document goes
    on. A document finished meanwhile is left as it is. Raises what the room of the document or the stamp refuse with.
    """
    row = BatchItem.objects.select_for_update(of=("self",)).select_related("batch__certificate").get(id=item_id)
    if row.state != ItemState.HELD:
        return ItemState(row.state)
    require_unchanged(actor, row, room_of(row))
    begun, signature = _held(row)
    closed = documents.close(begun, signature, level=level)
    # Signatures made before were judged and kept when they were made; here they must be intact. What is added after
    # this judgement is evidence alone, by the library: it is not compared with all that was there before.
    report = documents.validate(closed, only=row.field)
    mine = next(found for found in report.signatures if found.field == row.field)
    broken = [found.reason for found in report.signatures if not found.integrity]
    if broken:
        words = _("Chữ ký số trên văn bản không toàn vẹn: %(why)s") % {"why": "; ".join(broken)}
        raise Conflict(words, code="broken")
    if mine.standing not in (Standing.VALID, Standing.UNKNOWN):
        raise CredentialRefused(mine.reason, code="wrong_signature")
    signed = documents.complete(begun, closed, level=level)
    mine = replace(mine, level=signed.level, covers_whole_file=signed.pdf == closed)
    HeldSignature.objects.filter(item=row).delete()
    return keep_signed(actor, row, signed, mine)


def keep_signed(actor: Actor, row: BatchItem, signed: Signed, mine: SignatureReport) -> ItemState:
    """Keep a signed document with its evidence; it goes on. Step of an act."""
    row.state, row.at, row.result = ItemState.SIGNED, utc_now(), selectors.digest(signed.pdf)
    row.save(update_fields=["state", "at", "result"])
    documents.keep(signed.pdf, Report((mine,)), record=row.record_id)
    room_of(row).done(actor, selectors.item_view(row), signed)
    note(record=row.record_id, batch=str(row.batch_id), file=str(row.file), level=signed.level, sha256=row.result)
    return ItemState.SIGNED


def _held(row: BatchItem) -> tuple[Begun, bytes]:
    held = HeldSignature.objects.get(item=row)
    attributes = bytes(held.attributes)
    begun = Begun(
        bytes(held.pdf), row.field, bytes.fromhex(selectors.digest(attributes)), attributes, held.start, held.end,
        bytes(row.batch.certificate.content), tuple(bytes(one) for one in held.chain),
    )  # fmt: skip
    return begun, bytes(held.signature)


def set_aside(actor: Actor, item_id: int, *, code: str, reason: str) -> None:
    """Write down why a document of the own batch was not signed; a signature held for it is thrown away. Not an act:
    nothing of the document changes."""
    state = ItemState.CHANGED if code == ItemState.CHANGED else ItemState.FAILED
    with transaction.atomic():
        open_ones = (ItemState.WAITING, ItemState.HELD)
        rows = BatchItem.objects.filter(id=item_id, batch__user=actor.user_id, state__in=open_ones)
        rows.update(state=state, reason=reason[:500], at=utc_now())
        HeldSignature.objects.filter(item=item_id, item__batch__user=actor.user_id).delete()


def queue_batch(actor: Actor, batch_id: UUID, *, ask: bool = False) -> None:
    """Finish a batch by a job. With ``ask`` a remote service first asks the person on the phone, for minutes perhaps,
    and signs what waits. The job may be repeated: what is signed stays signed. Raises NotFound for another's batch."""
    own(actor, batch_id)
    defer(batch_id, ask=ask)


def defer(batch_id: UUID, *, ask: bool = False) -> None:
    """Put the job of a batch into the queue, unless it waits there already."""
    # By name: the job's module calls this one.
    task = app.configure_task("signing.run_batch", queueing_lock=f"signing:{batch_id}")
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        task.defer(batch=str(batch_id), ask=ask)


def signer_of(batch_id: UUID) -> Actor:
    """Who opened a batch, in the post of that moment: a substitution that has ended since was good when the key signed.
    For jobs. Raises Forbidden for a login that is closed now."""
    row = Batch.objects.get(id=batch_id)
    return orgs.staff_actor(row.user_id, row.position_id, at=row.opened_at)


def held_batches(since: datetime) -> list[UUID]:
    """Batches opened since then with documents that wait to be finished. For jobs. One statement."""
    rows = BatchItem.objects.filter(state=ItemState.HELD, batch__opened_at__gte=since)
    return list(rows.order_by("batch").values_list("batch", flat=True).distinct())


def batch_items(actor: Actor, batch_id: UUID) -> tuple[Item, ...]:
    """The documents of an own batch in their order. One statement."""
    return selectors.items_of(actor, batch_id)
