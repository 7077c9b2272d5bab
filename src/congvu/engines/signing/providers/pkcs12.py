"""Keys in a PKCS#12 file: for development and tests. Production refuses them (``SIGNING_PKCS12``)."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from django.conf import settings
from django.utils.translation import gettext as _

from congvu.engines.signing.errors import CertificateRefused, CredentialRefused
from congvu.engines.signing.providers.sessions import Session

LEAST_RSA, LEAST_EC = 2048, 256


class _FileKey:
    """A key of a file that was opened by its password."""

    def __init__(self, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> None:
        self._key = key

    def sign(self, digest: bytes) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(digest, padding.PKCS1v15(), utils.Prehashed(SHA256()))
        return self._key.sign(digest, ec.ECDSA(utils.Prehashed(SHA256())))

    def close(self) -> None:
        """Nothing is held outside this object."""


def open_file(content: bytes, password: str) -> Session:
    """A session with the key of a file. Raises CertificateRefused where the installation forbids such keys, and
    CredentialRefused for a wrong password, a file that is none, or a key that is too weak."""
    require_allowed()
    try:
        bundle = load_pkcs12(content, password.encode())
    except (ValueError, TypeError) as error:
        raise CredentialRefused(_("Mã PIN hoặc mật khẩu khóa không đúng."), code="wrong_pin") from error
    if bundle.cert is None or not isinstance(bundle.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise CredentialRefused(_("Tệp khóa không có chứng thư và khóa bí mật dùng được."), code="not_ready")
    least = LEAST_RSA if isinstance(bundle.key, rsa.RSAPrivateKey) else LEAST_EC
    if bundle.key.key_size < least:
        raise CredentialRefused(_("Khóa quá ngắn, không còn được chấp nhận để ký."), code="not_ready")
    above = tuple(one.certificate.public_bytes(Encoding.DER) for one in bundle.additional_certs)
    return Session(bundle.cert.certificate.public_bytes(Encoding.DER), above, _FileKey(bundle.key))


def require_allowed() -> None:
    """Raises CertificateRefused where keys in files are forbidden."""
    if not settings.SIGNING_PKCS12:
        message = _("Khóa trong tệp PKCS#12 chỉ dùng để thử nghiệm; hệ thống chính thức không ký bằng khóa này.")
        raise CertificateRefused(message, code="test_only")
