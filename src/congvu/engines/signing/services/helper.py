"""Signing with the tool on the signer's computer: a task goes out, a signed file comes back and is looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.engines.signing import policies, selectors
from congvu.engines.signing.errors import CredentialRefused
from congvu.engines.signing.services import documents
from congvu.engines.signing.types import Evidence, HelperTask, Level, Signed, Standing


def helper_task(
    actor: Actor, certificate_id: int, task: HelperTask, pdf: bytes, *, download: str, upload: str, number: str = "",
    issued: date | None = None, more: dict[str, str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What the page hands to the tool: the function's name and its parameter. ``download`` and ``upload`` are addresses
    of ours; the ticket in ``JWTToken`` is good for ten minutes. Raises NotFound, CertificateRefused."""
    from congvu.engines.signing.providers import helper

    row = policies.certificate_of(certificate_id)
    policies.require_may_sign(actor, row)
    ticket = helper.write_ticket(helper.Ticket(actor.user_id or 0, row.id, selectors.digest(pdf)))
    return helper.message(
        task, ticket=ticket, download=download, upload=upload, number=number, issued=issued, more=more
    )


def accept_signed(actor: Actor, ticket: str, original: bytes, signed: bytes) -> Signed:
    """The file that the tool sent back, if it is the original plus one good signature of the ticket's certificate, and
    all earlier signatures still hold. Raises CredentialRefused, CertificateRefused, PdfRefused."""
    from congvu.engines.signing.providers import helper

    told = helper.read_ticket(ticket)
    row = policies.certificate_of(told.certificate)
    if told.user != (actor.user_id or 0):
        raise CredentialRefused(_("Phiên ký này là của người khác."), code="session_expired")
    policies.require_may_sign(actor, row)
    helper.require_same(original, signed, told)
    before = {found.cms_sha256 for found in documents.validate(original, online=False).signatures}
    found = documents.validate(signed).signatures
    fresh = [one for one in found if one.cms_sha256 not in before]
    good = (Standing.VALID, Standing.UNKNOWN)
    if len(fresh) != 1 or fresh[0].certificate != bytes(row.content) or any(one.standing not in good for one in found):
        message = _("Chữ ký nhận về không khớp với văn bản hoặc chứng thư, nên không được ghi vào văn bản. Hãy ký lại.")
        raise CredentialRefused(message, code="wrong_signature")
    level = fresh[0].level if fresh[0].level in Level.values else Level.B_B
    return Signed(signed, Level(level), fresh[0].evidence + Evidence())
