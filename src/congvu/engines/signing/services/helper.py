"""Signing with the tool on the signer's computer: a task goes out, a signed file comes back and is looked at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.zones import utc_now
from congvu.engines.signing import policies, selectors
from congvu.engines.signing.errors import CredentialRefused
from congvu.engines.signing.services import documents
from congvu.engines.signing.types import HelperTask, Level, SignatureReport, Signed, Standing

# How far the clock of the signer's computer may be off.
OFF = timedelta(minutes=10)
# Where the ticket stands in an address of ours: the tool brings no session along.
TICKET = "TICKET"


def helper_task(
    actor: Actor, certificate_id: int, task: HelperTask, pdf: bytes, *, download: str, upload: str, number: str = "",
    issued: date | None = None, more: dict[str, str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What the page hands to the tool: the function's name and its parameter. ``download`` and ``upload`` are addresses
    of ours, in which ``TICKET`` is replaced by the ticket that is also in ``JWTToken``, good for ten minutes. Raises
    NotFound, CertificateRefused."""
    from congvu.engines.signing.providers import helper

    row = policies.certificate_of(certificate_id)
    policies.require_may_sign(actor, row)
    ticket = helper.write_ticket(helper.Ticket(actor.user_id or 0, row.id, selectors.digest(pdf)))
    download, upload = (address.replace(TICKET, ticket) for address in (download, upload))
    return helper.message(
        task, ticket=ticket, download=download, upload=upload, number=number, issued=issued, more=more
    )


def accept_signed(actor: Actor, ticket: str, original: bytes, signed: bytes) -> Signed:
    """The file that the tool sent back, if it is the original plus one good signature of the ticket's certificate, and
    all earlier signatures still hold. Raises CredentialRefused, CertificateRefused, PdfRefused."""
    made, _mine = looked_at(actor, ticket, original, signed)
    return made


def looked_at(actor: Actor, ticket: str, original: bytes, signed: bytes) -> tuple[Signed, SignatureReport]:
    """As ``accept_signed``, with the report of the new signature."""
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
    if len(fresh) == 1 and fresh[0].certificate != bytes(row.content):
        message = _("Thiết bị đang cắm ký bằng chứng thư của “%(name)s”, không phải chứng thư đã chọn.")
        raise CredentialRefused(message % {"name": fresh[0].signer}, code="wrong_certificate")
    good = (Standing.VALID, Standing.UNKNOWN)
    if len(fresh) != 1 or any(one.standing not in good for one in found):
        message = _("Chữ ký nhận về không khớp với văn bản hoặc chứng thư, nên không được ghi vào văn bản. Hãy ký lại.")
        raise CredentialRefused(message, code="wrong_signature")
    _require_now(fresh[0])
    helper.require_open(signed)
    level = fresh[0].level if fresh[0].level in Level.values else Level.B_B
    return Signed(signed, Level(level), fresh[0].evidence), fresh[0]


def _require_now(mine: SignatureReport) -> None:
    """Raises CredentialRefused for a signature that says it was given at another time than just now: a device with
    an expired certificate and a clock put back would make a good one."""
    from congvu.engines.signing.providers import helper

    now = utc_now()
    if mine.time is None or not now - helper.LIFE - OFF <= mine.time <= now + OFF:
        message = _("Thời điểm ký ghi trong chữ ký không phải lúc này. Chỉnh lại đồng hồ của máy tính rồi ký lại.")
        raise CredentialRefused(message, code="wrong_time")
