"""Signing and sealing, one document or many with one authentication: who has read which version, and how it goes on.

What a signature stands for is the version the signer had on the screen. A document written on since then, sent back or
signed meanwhile is set aside by the batch with the reason; one that nobody read stays out unless the unit allows it,
and so does, whatever the unit allows, one that somebody objects to until the signer has opened it since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, NotFound
from congvu.common.zones import utc_now
from congvu.domains.documents import flow, policies
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.models import Outgoing, Reading, Version
from congvu.domains.documents.objections import heard, opinions_on
from congvu.domains.documents.secrecy import require_clear
from congvu.domains.documents.services import sealing_annexes as annexes
from congvu.domains.documents.services.drafting import at_step
from congvu.domains.documents.services.issuing import check_recipients, number, paper_to_seal, send_out
from congvu.domains.documents.services.signing import AGENCY, PERSON, paper_to_sign, require_read, take_signature
from congvu.domains.documents.types import OpinionsOn, ToIssue, ToSign
from congvu.engines.signing import selectors as register
from congvu.engines.signing import services as signing
from congvu.engines.signing.errors import CertificateRefused
from congvu.engines.signing.types import Content, HolderKind, Item, Offer, Signed
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.services import act, note

BATCH, SEALS = "document", "document_seal"


@act("document.read", policy=policies.may_read_draft, label="Xem văn bản trình ký")
def mark_read(actor: Actor, document_id: UUID, *, n: int) -> None:
    """The acting person has read version ``n``, and what is said against it by now.

    Raises Conflict when a newer version was written since it was shown: that one has not been read.
    """
    row = Outgoing.objects.get(record_id=document_id)
    if row.version != n:
        raise Conflict(_("Dự thảo đã thay đổi sau khi mở. Đây là bản mới, hãy xem lại."), code="changed")
    version = Version.objects.get(outgoing=row, n=n)
    Reading.objects.update_or_create(version=version, user=actor.user_id or 0, defaults={"at": utc_now()})
    note(record=document_id, version=n, digest=version.digest)


def open_signing(actor: Actor, certificate_id: int, chosen: Sequence[ToSign]) -> UUID:
    """Open a batch of documents that wait for this post's signature, each in the version the signer had on the screen.

    Returns the batch's id. Raises as ``offer_to_sign``; CertificateRefused, Conflict for one whose signature is held
    already, Invalid for none or too many.
    """
    offers = [offer_to_sign(actor, one) for one in chosen]
    signing.require_free(offers)
    return signing.open_batch(actor, certificate_id=certificate_id, kind=BATCH, offers=offers)


def offer_to_sign(actor: Actor, one: ToSign) -> Offer:
    """A document that waits for this post's signature, for a batch; whether it was read is asked here, not of the page.
    Raises NotFound, AlreadyDone, Forbidden for a step that does not wait for the actor."""
    item = work.item(actor, one.item)
    version = Version.objects.filter(outgoing=item.record_id, n=one.version).first()
    if version is None:
        raise NotFound(_("Không tìm thấy bản dự thảo này."))
    read, objected = _read_at(actor, version), opinions_on([item.record_id]).get(item.record_id, OpinionsOn())
    with translation.override("vi"):  # it is kept with the batch
        why = "" if heard(objected, read) else _against()
    # One version of one document is one thing to be signed, whichever batch it is in.
    file = uuid5(item.record_id, f"version {version.n}")
    more = {"item": str(item.id), "version": version.n}
    return Offer(item.record_id, file, PERSON, version.digest, read is not None and not why, more, why, BATCH)


def _read_at(actor: Actor, version: Version) -> datetime | None:
    rows = Reading.objects.filter(version=version, user=actor.user_id or 0)
    return rows.values_list("at", flat=True).first()


def _require_heard(actor: Actor, version: Version) -> None:
    """Raises Conflict when somebody spoke against the draft after the signer read it, and nobody has settled it."""
    said = opinions_on([version.outgoing_id]).get(version.outgoing_id, OpinionsOn())
    if said.objected_at is not None and not heard(said, _read_at(actor, version)):
        raise Conflict(_against(), code="objected")


def _against() -> str:
    return _("Có ý kiến không nhất trí chưa được tiếp thu, giải trình. Hãy mở xem rồi mới ký.")


def open_issuing(actor: Actor, certificate_id: int, chosen: Sequence[ToIssue]) -> UUID:
    """Open a batch of signed documents to be numbered in this order, sealed and sent to their recipients.

    Returns the batch's id; no number is taken yet. Raises NotFound, AlreadyDone, Forbidden for a step that does not
    wait for the actor, WrongState for one that is not signed, CertificateRefused for a certificate that is not the
    issuer's, Conflict for one whose seal is held already, Invalid for its recipients, for none or too many documents.
    """
    offers = [offer for one in chosen for offer in _seal_offers(actor, certificate_id, one)]
    signing.require_free(offers)
    return signing.open_batch(actor, certificate_id=certificate_id, kind=SEALS, offers=offers)


def _seal_offers(actor: Actor, certificate_id: int, one: ToIssue) -> list[Offer]:
    """The annexes that are files of their own, then the document itself, which goes out when they are signed."""
    item = work.item(actor, one.item)
    row = Outgoing.objects.select_related("issuer").get(record_id=item.record_id)
    if item.node != flow.ISSUE or row.original is None:
        raise WrongState(_("Văn bản chưa được ký nên chưa phát hành được."))
    if register.unit_of(certificate_id) != row.issuer.unit_id:
        message = _("Chứng thư này không phải của cơ quan ban hành văn bản.")
        raise CertificateRefused(message, code="not_yours")
    check_recipients(one.to)
    more = {"item": str(item.id), "to": [asdict(to) for to in one.to]}
    document = Offer(item.record_id, row.original, AGENCY, _digest(row), read=True, more=more)
    return [*annexes.offers(row, item.id), document]


def _digest(row: Outgoing) -> str:
    """What is sealed: the file the person signed, which is frozen."""
    return hashlib.sha256(str(row.original).encode()).hexdigest()


class _Drafts:
    """Documents at the step of signature, as the batch sees them."""

    holder = HolderKind.PERSON

    def digest(self, actor: Actor, item: Item) -> str:
        _row, newest = _waiting(actor, item)
        return newest.digest if newest.n == item.more["version"] else ""

    def load(self, actor: Actor, item: Item) -> Content:
        row, newest = _waiting(actor, item)
        _require_heard(actor, newest)
        require_clear(newest, read=True)
        return paper_to_sign(actor, row, require_read(row, item.more["version"]))

    def done(self, actor: Actor, item: Item, signed: Signed) -> None:
        step = UUID(item.more["item"])
        record, row, found = at_step(step, flow.SIGN, version=None)
        newest = require_read(row, item.more["version"])
        take_signature(actor, record, row, found.id, signed)
        note(version=newest.n, digest=newest.digest)


def _waiting(actor: Actor, item: Item) -> tuple[Outgoing, Version]:
    """The document and its newest version, if it still waits for this post's signature. Raises Refusal."""
    work.item(actor, UUID(item.more["item"]))
    row = Outgoing.objects.select_related("issuer", "kind").get(record_id=item.record)
    return row, Version.objects.get(outgoing=row, n=row.version)


class _Originals:
    """Documents at the step of issuing, as the batch sees them. Whoever loads one gives it its number."""

    holder = HolderKind.ORGANISATION

    def digest(self, actor: Actor, item: Item) -> str:
        work.item(actor, UUID(item.more["item"]))
        if annexes.is_annex(item):
            return annexes.digest(item)
        return _digest(Outgoing.objects.get(record_id=item.record))

    def load(self, actor: Actor, item: Item) -> Content:
        require_clear(Version.objects.get(outgoing=item.record, n=F("outgoing__version")), read=True)
        number(actor, UUID(item.more["item"]))
        row = Outgoing.objects.select_related("issuer", "kind").get(record_id=item.record)
        return annexes.paper_to_seal(actor, row, item) if annexes.is_annex(item) else paper_to_seal(actor, row)

    def done(self, actor: Actor, item: Item, signed: Signed) -> None:
        record, row, found = at_step(UUID(item.more["item"]), flow.ISSUE, version=None)
        if annexes.is_annex(item):
            annexes.keep_sealed(actor, record, row, item, signed)
            return
        send_out(actor, record, row, found.id, signed, item.more["to"])


signing.signs(BATCH, _Drafts())
signing.signs(SEALS, _Originals())
