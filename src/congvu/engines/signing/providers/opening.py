"""From a row of the register to a session with its key."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from congvu.engines.signing.errors import CredentialRefused
from congvu.engines.signing.models import Certificate
from congvu.engines.signing.providers import pkcs12
from congvu.engines.signing.providers.sessions import Session
from congvu.engines.signing.types import Provider


def open_key(row: Certificate, secret: str) -> Session:
    """Authenticate once to the provider of a certificate. Raises CredentialRefused, CertificateRefused."""
    if row.provider == Provider.PKCS12:
        session = pkcs12.open_file(_key_file(row.provider_ref), secret)
    else:
        message = _("Chứng thư này ký bằng “%(provider)s”; nơi cung cấp chưa được kết nối với hệ thống.")
        raise CredentialRefused(message % {"provider": Provider(row.provider).label}, code="not_ready")
    if session.certificate != bytes(row.content):
        session.close()
        raise CredentialRefused(_("Khóa này là của một chứng thư khác với chứng thư đã chọn."), code="not_ready")
    return session


def _key_file(name: str) -> bytes:
    """The file of a key below the key directory; names that lead out of it find nothing."""
    root = Path(settings.SIGNING_KEYS).resolve()
    path = (root / name).resolve()
    pkcs12.require_allowed()
    if not path.is_relative_to(root) or not path.is_file():
        raise CredentialRefused(_("Không tìm thấy khóa của chứng thư này trên máy chủ."), code="not_ready")
    return path.read_bytes()
