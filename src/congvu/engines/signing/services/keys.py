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


def require_seal(actor: Actor, credential: Credential, unit_id: int) -> None:
    """What an agency signs outside a batch is signed with the certificate of that agency, by its records clerk who
    keeps it (NĐ 30/2020 Điều 32–33). Raises CertificateRefused: a person's, another agency's or an unknown one."""
    digest = hashlib.sha256(credential.certificate).hexdigest()
    row = Certificate.objects.filter(fingerprint=digest).first()
    if row is None:
        message = _("Chứng thư này chưa có trong sổ chứng thư chữ ký số nên không dùng để ký văn bản được.")
        raise CertificateRefused(message, code="not_registered")
    if row.holder_kind != HolderKind.ORGANISATION or row.unit_id != unit_id:
        message = _("Chứng thư này không phải của cơ quan ban hành văn bản.")
        raise CertificateRefused(message, code="not_yours")
    policies.require_may_sign(actor, row)
