"""One HTTP call, bounded in time and size, following no redirect."""

from __future__ import annotations

import http.client
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from congvu.engines.exchange.edxml.tree import LIMITS, MEGABYTE
from congvu.engines.exchange.transports.base import Rejected, Unreachable

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes

    def json(self) -> Any:
        """Raises Unreachable for what is no JSON: a proxy's page, a broken answer."""
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise Unreachable(
                _("Hệ thống đối tác trả lời không đúng định dạng (HTTP %(n)s).") % {"n": self.status}
            ) from error


def secret_of(key: str) -> str:
    """The secret shared with a partner. Raises Rejected when this installation was given none."""
    found: str | None = settings.EXCHANGE_SECRET(key)
    if not found:
        name = "CONGVU_EXCHANGE_SECRET_" + key.upper().replace("-", "_")
        raise Rejected(_("Chưa đặt khóa bí mật của hệ thống đối tác (biến %(name)s).") % {"name": name})
    return found


def call(method: str, url: str, *, headers: dict[str, str], body: bytes = b"") -> Answer:
    """The answer, whatever its status. Raises Unreachable when there is none, Rejected for one without end."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    most = LIMITS.message + MEGABYTE
    try:
        connection.request(method, path, body=body or None, headers=headers)
        response = connection.getresponse()
        told = response.read(most + 1)
    except (OSError, http.client.HTTPException) as error:
        words = _("Không kết nối được tới %(host)s (%(reason)s).")
        raise Unreachable(words % {"host": parts.netloc, "reason": type(error).__name__}) from error
    finally:
        connection.close()
    if len(told) > most:
        raise Rejected(_("Hệ thống đối tác trả lời dài quá mức cho phép."))
    return Answer(response.status, told)


def form(fields: dict[str, str], name: str, filename: str, content: bytes) -> tuple[str, bytes]:
    """A multipart body with one file, and its content type."""
    border = secrets.token_hex(16)
    lines = "".join(
        f'--{border}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    )
    head = (
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = b"".join([lines.encode(), head.encode(), content, f"\r\n--{border}--\r\n".encode()])
    return f"multipart/form-data; boundary={border}", body
