"""The agency's signature in the corner of an electronic copy (NĐ 30/2020 Phụ lục I phần II, ô 14).

The copy has its number and its file before; the key signs and is closed, a job stamps, checks and keeps the copy. Until
then it is none: nothing is copied from it and its file is not shown.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.common.zones import utc_now
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.issuers import issuer_view
from congvu.domains.documents.models import Copy
from congvu.domains.documents.services.copying import AGENCY, COPY, MADE, SEALING, keep_file
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import Content, HelperTask, HolderKind, Item, Offer, Signed
from congvu.engines.typeset import services as typeset
from congvu.ground.files import services as files
from congvu.ground.records import selectors as readable
from congvu.ground.records import services as records

COPIES = "document_copy"


def seal_copy(actor: Actor, certificate_id: int, copy_id: UUID) -> UUID:
    """Open a batch of one for a copy that waits for its seal; ``hold_signatures`` goes on. Returns the batch's id.

    Raises NotFound, WrongState for a copy that is sealed, CertificateRefused for a certificate that is not the
    agency's, Conflict for one whose seal is held already.
    """
    record = readable.get_visible(actor, copy_id, kind=COPY)
    if record.state != SEALING:
        raise WrongState(_("Bản sao này đã được đóng dấu."))
    row = Copy.objects.select_related("issuer").get(record=copy_id)
    signing.require_seal(actor, certificate_id, row.issuer.unit_id)
    offers = [Offer(copy_id, row.content, AGENCY, _digest(row), read=True)]
    signing.require_free(offers)
    return signing.open_batch(actor, certificate_id=certificate_id, kind=COPIES, offers=offers)


def _digest(row: Copy) -> str:
    return hashlib.sha256(str(row.content).encode()).hexdigest()


class _Copies:
    """Copies that wait for their seal, as the batch sees them."""

    holder = HolderKind.ORGANISATION

    def digest(self, actor: Actor, item: Item) -> str:
        return _digest(_waiting(actor, item))

    def load(self, actor: Actor, item: Item) -> Content:
        row = _waiting(actor, item)
        prepared = files.open_file(actor, row.content).path.read_bytes()
        look = typeset.draw_copy_corner(
            typeset.annex_corner(prepared), agency=issuer_view(row.issuer).name, at=utc_now(),
            form=row.form,  # type: ignore[arg-type]
        )  # fmt: skip
        return Content(prepared, look, task=HelperTask.COPY)

    def done(self, actor: Actor, item: Item, signed: Signed) -> None:
        record = records.lock(item.record)
        row = _waiting(actor, item)
        row.content = keep_file(actor, record, row.form, signed.pdf, sealed=True)
        row.save(update_fields=["content"])
        records.change(record, state=MADE)


def _waiting(actor: Actor, item: Item) -> Copy:
    """Raises NotFound, WrongState once it was sealed."""
    record = readable.get_visible(actor, item.record, kind=COPY)
    row = Copy.objects.select_related("issuer").filter(record=item.record).first()
    if row is None:
        raise NotFound(_("Không tìm thấy bản sao này."))
    if record.state != SEALING:
        raise WrongState(_("Bản sao này đã được đóng dấu."))
    return row


signing.signs(COPIES, _Copies())
