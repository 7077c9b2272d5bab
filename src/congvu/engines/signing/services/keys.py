"""Opening a key: the right person, a certificate in force, one authentication. And whose an opened key is."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.engines.signing import policies
from congvu.engines.signing.errors import CertificateRefused
from congvu.engines.signing.models import Certificate
from congvu.engines.signing.types import Credential, HolderKind, Opened
from congvu.ground.accounts import services as accounts

TRIES, WINDOW = 30, 15 * 60


def open_session(actor: Actor, certificate_id: int, *, secret: str = "") -> Opened:
    """A credential of this person for the next minutes, opened by a PIN (or by what the provider asks for).

    Raises NotFound, CertificateRefused (not this person's, post ended, expired, suspended, revoked…), CredentialRefused
    (wrong PIN, device away) and, after thirty openings in a quarter of an hour, TooMany: PINs are not for guessing.
    """
    from congvu.engines.signing.providers import opening

    row = policies.certificate_of(certificate_id)
    policies.require_may_sign(actor, row)
    accounts.count_attempt("signing.pin", str(certificate_id), most=TRIES, seconds=WINDOW)
    return opening.open_key(row, secret)


def require_own(actor: Actor, credential: Credential) -> None:
    """A person's signature is given with the acting person's own certificate, whatever key was opened. Raises
    CertificateRefused: an agency's, another person's or an unknown certificate, a post that has ended."""
    row = _registered(credential)
    if row.holder_kind != HolderKind.PERSON:
        message = _("Người có thẩm quyền ký bằng chứng thư cá nhân của mình, không ký bằng chứng thư của cơ quan.")
        raise CertificateRefused(message, code="not_yours")
    policies.require_may_sign(actor, row)


def require_seal(actor: Actor, credential: Credential, unit_id: int) -> None:
    """An agency's signature is given with the certificate of that agency, by its records clerk who keeps it
    (NĐ 30/2020 Điều 32–33). Raises CertificateRefused: a person's, another agency's or an unknown certificate."""
    row = _registered(credential)
    if row.holder_kind != HolderKind.ORGANISATION:
        message = _("Văn bản phát hành bằng chứng thư của cơ quan ban hành, không bằng chứng thư cá nhân.")
        raise CertificateRefused(message, code="not_yours")
    if row.unit_id != unit_id:
        message = _("Chứng thư này không phải của cơ quan ban hành văn bản.")
        raise CertificateRefused(message, code="not_yours")
    policies.require_may_sign(actor, row)


def _registered(credential: Credential) -> Certificate:
    digest = hashlib.sha256(credential.certificate).hexdigest()
    row = Certificate.objects.filter(fingerprint=digest).first()
    if row is None:
        message = _("Chứng thư này chưa có trong sổ chứng thư chữ ký số nên không dùng để ký văn bản được.")
        raise CertificateRefused(message, code="not_registered")
    return row
