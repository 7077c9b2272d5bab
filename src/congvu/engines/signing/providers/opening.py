"""From a row of the register to a session with its key."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import load_der_x509_certificate
from django.conf import settings
from django.utils.translation import gettext as _

from congvu.engines.signing import selectors
from congvu.engines.signing.errors import CredentialRefused
from congvu.engines.signing.models import Certificate
from congvu.engines.signing.providers import pkcs12, remote, token
from congvu.engines.signing.types import Opened, Provider


def open_key(row: Certificate, secret: str) -> Opened:
    """Authenticate once to the provider of a certificate. Raises CredentialRefused, CertificateRefused."""
    content = bytes(row.content)
    if row.provider == Provider.TOKEN:
        return token.open_token(row.provider_ref, content, secret)
    if row.provider == Provider.REMOTE and settings.SIGNING_REMOTE_URL:
        return remote.RemoteSession(row.provider_ref, content, _between(), secret, rsa=_is_rsa(content))
    if row.provider != Provider.PKCS12:
        message = _("Chứng thư này ký bằng “%(provider)s”; nơi cung cấp chưa được kết nối với hệ thống.")
        raise CredentialRefused(message % {"provider": Provider(row.provider).label}, code="not_ready")
    session = pkcs12.open_file(_key_file(row.provider_ref), secret)
    if session.certificate != content:
        session.close()
        raise CredentialRefused(_("Khóa này là của một chứng thư khác với chứng thư đã chọn."), code="not_ready")
    return session


def _between() -> tuple[bytes, ...]:
    """Certificates between that are known here: a remote service sends none along."""
    return tuple(root.certificate for root in selectors.roots() if not root.anchor)


def _is_rsa(certificate: bytes) -> bool:
    return isinstance(load_der_x509_certificate(certificate).public_key(), RSAPublicKey)


def _key_file(name: str) -> bytes:
    """The file of a key below the key directory; names that lead out of it find nothing."""
    root = Path(settings.SIGNING_KEYS).resolve()
    path = (root / name).resolve()
    pkcs12.require_allowed()
    if not path.is_relative_to(root) or not path.is_file():
        raise CredentialRefused(_("Không tìm thấy khóa của chứng thư này trên máy chủ."), code="not_ready")
    return path.read_bytes()
