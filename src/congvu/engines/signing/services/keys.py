"""Opening a key: the right person, a certificate in force, one authentication. And whose an opened key is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.engines.signing import policies
from congvu.engines.signing.errors import CertificateRefused
from congvu.engines.signing.types import HolderKind, Opened
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


def require_seal(actor: Actor, certificate_id: int, unit_id: int) -> None:
    """What an agency signs is signed with the certificate of that agency, by its records clerk who keeps it (NĐ 30/2020
    Điều 32–33). Raises NotFound; CertificateRefused: a person's, another agency's."""
    row = policies.certificate_of(certificate_id)
    if row.holder_kind != HolderKind.ORGANISATION or row.unit_id != unit_id:
        message = _("Chứng thư này không phải của cơ quan ban hành văn bản.")
        raise CertificateRefused(message, code="not_yours")
    policies.require_may_sign(actor, row)
