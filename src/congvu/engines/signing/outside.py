"""The services outside that signing needs: time stamps (RFC 3161), OCSP (RFC 6960) and lists of revoked certificates.

All go through one small transport, so that a demonstration and tests answer in their place.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from functools import cache
from typing import Protocol
from urllib.parse import urlsplit

from asn1crypto import cms, tsp
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from congvu.engines.signing.errors import TimestampUnavailable

MOST_BYTES = 8 * 1024 * 1024
REQUEST, QUERY = "application/timestamp-query", "application/ocsp-request"


class Transport(Protocol):
    """Asks an address; ``body`` None is a GET. Raises OSError when there is no whole answer in ``timeout`` seconds."""

    def __call__(self, url: str, *, body: bytes | None, media_type: str, timeout: float) -> bytes: ...


def over_http(url: str, *, body: bytes | None, media_type: str, timeout: float) -> bytes:
    """The transport in service: http and https only, at most 8 MB. Raises OSError."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise OSError(f"not an address of the web: {url[:80]}")
    headers = {"Content-Type": media_type} if body is not None else {}
    request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 - the scheme was looked at
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310
            content: bytes = answer.read(MOST_BYTES + 1)
    except (ValueError, http.client.HTTPException) as error:
        raise OSError(str(error)) from error
    if len(content) > MOST_BYTES:
        raise OSError("the answer is too long")
    return content


@cache
def _named(path: str) -> Transport:
    made: Transport = import_string(path)
    return made


def transport() -> Transport:
    """What setting ``SIGNING_TRANSPORT`` names, else HTTP."""
    path = settings.SIGNING_TRANSPORT
    return _named(path) if path else over_http


class Stamper(TimeStamper):
    """The configured time-stamping authority. It may take minutes (2 to 131 seconds were measured): its caller is a
    job, or the setting allows it little time."""

    def __init__(self, url: str, timeout: float) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url, self._timeout = url, timeout

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        try:
            answer = transport()(self._url, body=req.dump(), media_type=REQUEST, timeout=self._timeout)
        except OSError as error:
            raise _unavailable() from error
        return tsp.TimeStampResp.load(answer)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Raises TimestampUnavailable also for an answer that is none, of another request or of another digest."""
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            imprint = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
            if imprint["hashed_message"].native != message_digest:
                raise TimestampRequestError("a stamp of another digest")
        except (TimestampRequestError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise _unavailable() from error
        return token


def _unavailable() -> TimestampUnavailable:
    return TimestampUnavailable(_("Máy chủ dấu thời gian chưa trả lời. Văn bản chưa được ký; hãy thử lại sau ít phút."))


def stamper() -> Stamper | None:
    """The time-stamping authority of this installation; None if none is set."""
    url = settings.SIGNING_TSA_URL
    return Stamper(url, settings.SIGNING_TSA_TIMEOUT) if url else None
