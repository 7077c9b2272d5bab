"""Keys in a USB token or an HSM, by PKCS#11. The library (``python-pkcs11``, an extra) and its driver are the office's.

Only digests go in and signatures come out; the PIN is handed to the device and forgotten.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from cryptography.hazmat.primitives.asymmetric import utils
from django.conf import settings
from django.utils.translation import gettext as _

from congvu.engines.signing.errors import CredentialRefused
from congvu.engines.signing.providers.sessions import Session

# DER of a DigestInfo for SHA-256 (RFC 8017, 9.2): devices pad it, they do not hash again.
SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


def open_token(label: str, certificate: bytes, pin: str) -> Session:
    """A session with the token of that label, for the key of the certificate. Raises CredentialRefused."""
    library = _library()
    with refusing(library):
        driver = library.lib(settings.SIGNING_PKCS11_MODULE)
        opened = driver.get_token(token_label=label).open(user_pin=pin)
        attribute, kind = library.Attribute, library.ObjectClass
        found = list(opened.get_objects({attribute.CLASS: kind.CERTIFICATE}))
        own = next((one for one in found if bytes(one[attribute.VALUE]) == certificate), None)
        if own is None:
            opened.close()
            raise CredentialRefused(_("Thiết bị này không chứa chứng thư đã chọn."), code="not_ready")
        key = opened.get_key(object_class=kind.PRIVATE_KEY, id=own[attribute.ID])
        above = tuple(bytes(one[attribute.VALUE]) for one in found if one is not own)
    return Session(certificate, above, _TokenKey(library, opened, key))


def _library() -> ModuleType:
    if not settings.SIGNING_PKCS11_MODULE:
        raise CredentialRefused(_("Máy chủ chưa khai báo thư viện của thiết bị ký (PKCS#11)."), code="not_ready")
    try:
        return importlib.import_module("pkcs11")
    except ImportError as error:
        message = _("Máy chủ chưa cài gói python-pkcs11 để dùng thiết bị ký.")
        raise CredentialRefused(message, code="not_ready") from error


class _TokenKey:
    """A private key inside the device."""

    def __init__(self, library: ModuleType, opened: Any, key: Any) -> None:
        self._library, self._opened, self._key = library, opened, key

    def sign(self, digest: bytes) -> bytes:
        with refusing(self._library):
            if self._key.key_type == self._library.KeyType.RSA:
                return bytes(self._key.sign(SHA256_INFO + digest, mechanism=self._library.Mechanism.RSA_PKCS))
            raw = bytes(self._key.sign(digest, mechanism=self._library.Mechanism.ECDSA))
        half = len(raw) // 2
        return utils.encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))

    def close(self) -> None:
        try:
            self._opened.close()
        except self._library.exceptions.PKCS11Error:
            return  # pulled out: there is nothing left to close


@contextmanager
def refusing(library: ModuleType) -> Iterator[None]:
    """What the device refuses becomes words; the codes tell what the person can do."""
    faults = library.exceptions
    try:
        yield
    except faults.PinLocked as error:
        message = _("Thiết bị ký đã bị khóa vì nhập sai mã PIN quá nhiều lần. Làm đề nghị khôi phục (mẫu 06).")
        raise CredentialRefused(message, code="pin_locked") from error
    except (faults.PinIncorrect, faults.PinLenRange, faults.PinInvalid) as error:
        raise CredentialRefused(_("Mã PIN hoặc mật khẩu khóa không đúng."), code="wrong_pin") from error
    except (faults.SessionClosed, faults.SessionHandleInvalid, faults.UserNotLoggedIn) as error:
        message = _("Phiên ký đã hết. Hãy xác thực lại để ký tiếp các văn bản còn lại.")
        raise CredentialRefused(message, code="session_expired") from error
    except (faults.DeviceRemoved, faults.TokenNotPresent, faults.NoSuchToken, faults.DeviceError) as error:
        message = _("Thiết bị ký đã bị rút ra hoặc không phản hồi. Cắm lại thiết bị rồi ký tiếp.")
        raise CredentialRefused(message, code="device_gone") from error
    except faults.PKCS11Error as error:
        message = _("Thiết bị ký báo lỗi %(error)s.") % {"error": type(error).__name__}
        raise CredentialRefused(message, code="not_ready") from error
