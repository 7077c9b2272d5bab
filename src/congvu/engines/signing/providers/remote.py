"""Remote signing in two steps (ETSI TS 119 432, the Cloud Signature Consortium's messages): the person authorises the
digests once, on the phone or by a code, then the service signs exactly these. Waiting for the person is a job's work.
"""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from congvu.engines.signing.errors import CredentialRefused

SHA256, RSA_SHA256, ECDSA_SHA256 = "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"
MOST_BYTES = 2 * 1024 * 1024


class ServiceError(Exception):
    """The service said no: ``error`` and ``description`` as it wrote them."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(f"{error}: {description}")
        self.error, self.description = error, description


class Caller(Protocol):
    """Sends one message to the service and gives its answer. Raises ServiceError, OSError."""

    def __call__(self, path: str, message: dict[str, Any]) -> dict[str, Any]: ...


def over_http(path: str, message: dict[str, Any]) -> dict[str, Any]:
    """The service at ``SIGNING_REMOTE_URL``, by its access token."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SIGNING_REMOTE_TOKEN}"}
    url = f"{settings.SIGNING_REMOTE_URL.rstrip('/')}/{path}"
    request = urllib.request.Request(url, data=json.dumps(message).encode(), headers=headers)  # noqa: S310 - a setting
    try:
        with urllib.request.urlopen(request, timeout=settings.SIGNING_REMOTE_TIMEOUT) as answer:  # noqa: S310
            return _object(answer.read(MOST_BYTES))
    except urllib.error.HTTPError as refused:
        told = _object(refused.read(MOST_BYTES))
        raise ServiceError(str(told.get("error", refused.code)), str(told.get("error_description", ""))) from refused


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError as error:
        raise OSError("the answer is no JSON") from error
    if not isinstance(found, dict):
        raise OSError("the answer is no object")
    return found


caller: Caller = over_http


class RemoteSession:
    """A credential at a remote service; ``secret`` is the PIN or one-time code, empty where the phone confirms."""

    def __init__(self, reference: str, certificate: bytes, chain: tuple[bytes, ...], secret: str, *, rsa: bool) -> None:
        self.certificate, self.chain = certificate, chain
        self._reference, self._secret = reference, secret
        self._algorithm = RSA_SHA256 if rsa else ECDSA_SHA256

    def sign(self, digests: Sequence[bytes]) -> Iterator[bytes]:
        """Authorise all digests at once, then fetch their signatures one by one."""
        if not digests:
            return
        hashes = [base64.b64encode(digest).decode() for digest in digests]
        leave = _ask(
            "credentials/authorize",
            {"credentialID": self._reference, "numSignatures": len(hashes), "hash": hashes, "hashAlgo": SHA256}
            | ({"PIN": self._secret} if self._secret else {}),
        )
        for one in hashes:
            answer = _ask(
                "signatures/signHash",
                {
                    "credentialID": self._reference, "SAD": leave.get("SAD", ""), "hash": [one], "hashAlgo": SHA256,
                    "signAlgo": self._algorithm,
                },
            )  # fmt: skip
            yield _signature(answer)

    def close(self) -> None:
        """Forget the code."""
        self._secret = ""


def _signature(answer: dict[str, Any]) -> bytes:
    try:
        (text,) = answer["signatures"]
        return base64.b64decode(text, validate=True)
    except (KeyError, TypeError, ValueError) as error:
        raise CredentialRefused(_("Dịch vụ ký số từ xa trả lời sai mẫu."), code="not_ready") from error


def _ask(path: str, message: dict[str, Any]) -> dict[str, Any]:
    try:
        return caller(path, message)
    except ServiceError as refused:
        raise _words(refused) from refused
    except OSError as error:
        message_ = _("Không kết nối được dịch vụ ký số từ xa. Văn bản chưa được ký; hãy thử lại sau.")
        raise CredentialRefused(message_, code="device_gone") from error


def _words(refused: ServiceError) -> CredentialRefused:
    """The service's own words are English and technical; the codes say what the person can do."""
    told = f"{refused.error} {refused.description}".lower()
    cases = (
        (("pin", "otp", "passphrase"), _("Mã PIN hoặc mật khẩu khóa không đúng."), "wrong_pin"),
        (("expired", "sad"), _("Phiên ký đã hết. Hãy xác thực lại để ký tiếp các văn bản còn lại."), "session_expired"),
        (("denied", "declined", "rejected"), _("Người ký đã từ chối xác nhận trên điện thoại."), "declined"),
        (("hash",), _("Dịch vụ từ chối vì văn bản khác với văn bản đã xác nhận."), "wrong_hash"),
    )
    for marks, words, code in cases:
        if any(mark in told for mark in marks):
            return CredentialRefused(words, code=code)
    words = _("Dịch vụ ký số từ xa từ chối: %(error)s.") % {"error": refused.error[:80]}
    return CredentialRefused(words, code="not_ready")
