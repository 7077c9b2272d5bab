"""Documents of a batch signed one after the other by the tool on the signer's computer (documents.md 5.5).

The page asks for a task, hands it to the tool and tells its answer; the tool fetches the file and sends the signed one
back under the ticket of the task. What comes back is looked at in the act that takes it: until then nothing has moved,
whatever is pulled out, closed or cancelled.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, NotFound, Refusal
from congvu.common.zones import local_date, utc_now
from congvu.engines.signing import figures, policies
from congvu.engines.signing.errors import CertificateRefused, CredentialRefused, PdfTooLarge
from congvu.engines.signing.models import BatchItem, LocalSigning
from congvu.engines.signing.selectors import item_view
from congvu.engines.signing.services import batches, documents
from congvu.engines.signing.services.helper import helper_task, looked_at
from congvu.engines.signing.types import Content, HelperTask, HolderKind, ItemState, Provider, Standing
from congvu.ground.audit.services import act


def local_task(actor: Actor, batch_id: UUID, item_id: int, *, download: str, upload: str) -> dict[str, Any]:
    """The task for the tool: its address, the function, the parameter. What was handed out before for this document is
    void. Not an act: of the document nothing changes (one to be sealed gets its number, as whenever its seal is begun).

    Raises NotFound, CertificateRefused; Conflict and what the room of the document refuses, after the document was set
    aside for it.
    """
    batch = batches.own(actor, batch_id)
    policies.require_may_sign(actor, batch.certificate)
    if batch.certificate.provider != Provider.HELPER:
        raise CertificateRefused(_("Chứng thư này không ký bằng công cụ trên máy người ký."), code="not_ready")
    _require_usable(bytes(batch.certificate.content))
    row = batch.items.filter(id=item_id).select_related("batch").first()
    if row is None or row.state != ItemState.WAITING:
        raise Conflict(_("Văn bản này không còn chờ ký trong lượt này."), code="not_waiting")
    content = _loaded(actor, row)
    sealing = batch.certificate.holder_kind == HolderKind.ORGANISATION
    task = content.task or (HelperTask.ISSUED if sealing else HelperTask.APPROVED)
    made = helper_task(
        actor, batch.certificate_id, task, content.pdf, download=download, upload=upload, number=content.number,
        issued=content.issued,
    )  # fmt: skip
    given = {"ticket": made["parameter"]["JWTToken"], "pdf": content.pdf, "signed": None}
    LocalSigning.objects.update_or_create(item=row, defaults=given)
    return {**made, "address": figures.helper_place(task, local_date(utc_now()))}


def _require_usable(certificate: bytes) -> None:
    """Raises CertificateRefused: expired, revoked. The tool brings the certificates between: whether the chain is
    trusted is seen when the file is back."""
    try:
        documents.require_usable(certificate, (), at=utc_now())
    except CertificateRefused as refusal:
        if refusal.code != Standing.UNTRUSTED:
            raise


def _loaded(actor: Actor, row: BatchItem) -> Content:
    room = batches.room_of(row)
    try:
        with translation.override("vi"):
            batches.require_unchanged(actor, row, room)
            return room.load(actor, item_view(row))
    except Refusal as refusal:
        batches.set_aside(actor, row.id, code=refusal.code, reason=refusal.message)
        raise


def local_file(ticket: str) -> bytes:
    """The file of a task, for the tool. Raises CredentialRefused for an old or forged ticket, NotFound."""
    return bytes(_of(ticket).pdf)


def take_local_file(ticket: str, content: bytes) -> None:
    """What the tool sends back waits until the page says it is done; it is looked at then. Raises CredentialRefused,
    NotFound, PdfTooLarge."""
    if len(content) > settings.SIGNING_MOST_BYTES:
        megabytes = settings.SIGNING_MOST_BYTES // 1024 // 1024
        raise PdfTooLarge(_("PDF lớn hơn %(n)s MB nên không kiểm tra được.") % {"n": megabytes})
    LocalSigning.objects.filter(pk=_of(ticket).pk, ticket=ticket).update(signed=content)


def _of(ticket: str) -> LocalSigning:
    from congvu.engines.signing.providers import helper

    helper.read_ticket(ticket)
    found = LocalSigning.objects.filter(ticket=ticket, item__state=ItemState.WAITING).first()
    if found is None:
        raise NotFound(_("Không có văn bản này để ký."))
    return found


@act("signing.accept_item", policy=policies.may_sign_item, label="Ký số văn bản bằng công cụ trên máy người ký")
def accept_item(actor: Actor, item_id: int, *, answer: Mapping[str, Any]) -> ItemState:
    """One document: the tool's ``answer`` is read, the file it sent back is looked at and kept, and the document goes
    on as after any other signature. One that was signed meanwhile is left as it is.

    Raises CredentialRefused (what the tool says; another document, another certificate, another time), PdfRefused,
    CertificateRefused and what the room of the document refuses; then it waits as before.
    """
    from congvu.engines.signing.providers import helper

    row = BatchItem.objects.select_for_update(of=("self",)).select_related("batch__certificate").get(id=item_id)
    if row.state != ItemState.WAITING:
        return ItemState(row.state)
    helper.require_done(answer)
    made = LocalSigning.objects.filter(item=row).first()
    if made is None or made.signed is None:
        raise CredentialRefused(_("Công cụ ký số báo đã ký nhưng chưa gửi tệp về. Hãy ký lại."), code="not_ready")
    batches.require_unchanged(actor, row, batches.room_of(row))
    signed, mine = looked_at(actor, made.ticket, bytes(made.pdf), bytes(made.signed))
    made.delete()
    return batches.keep_signed(actor, row, signed, mine)
