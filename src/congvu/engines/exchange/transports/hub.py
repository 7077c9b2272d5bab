"""The national hub's REST shape (documents.md §2.7): signed headers, multipart out, received list → get → done in.

Paths and header names are the partner's settings, since the hub's current version could not be read; the defaults are
those of its public client. What the queue says of an item (inbox, processing, done, fail) is its own state and never
a status code of the document.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.engines.exchange.models import Partner
from congvu.engines.exchange.transports.base import Outgoing, Rejected, Unreachable
from congvu.engines.exchange.transports.http import Answer, call, form, secret_of

_PREFIX = "XroadVnpt-"
_PATHS = {"send": "/sendEdoc", "list": "/getReceivedEdocList", "get": "/getEdoc", "update": "/updateStatus"}
_TYPES = {"document": "edoc", "status": "status"}


class Hub:
    """``settings``: ``system_id``, and ``paths`` or ``prefix`` where they differ."""

    def __init__(self, partner: Partner) -> None:
        self.partner = partner
        self.paths = _PATHS | dict(partner.settings.get("paths", {}))

    def send(self, message: Outgoing) -> tuple[str, str]:
        fields = {
            "from": message.sender, "to": ",".join(message.recipients), "serviceType": "eDoc",
            "messageType": _TYPES[message.kind],
        }  # fmt: skip
        kind, body = form(fields, "file", f"{message.id}.edxml", message.raw)
        digest = hashlib.sha256(message.raw).hexdigest()
        data = self._call("POST", self.paths["send"], digest, body, kind)
        return str(data.get("docId", "") if isinstance(data, dict) else "")[:200], "inbox"

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        for kind in _TYPES.values():
            query = urlencode({"serviceType": "eDoc", "messageType": kind})
            rows = self._call("GET", f"{self.paths['list']}?{query}")
            for row in rows if isinstance(rows, list) else []:
                if isinstance(row, dict) and row.get("docId"):
                    yield str(row["docId"]), self._get(str(row["docId"]))

    def _get(self, remote_id: str) -> bytes:
        path = f"{self.paths['get']}?{urlencode({'docId': remote_id})}"
        answer = self._answer("GET", path)
        if answer.status != 200:
            raise Unreachable(
                _("Trục không trả được văn bản %(id)s (HTTP %(n)s).") % {"id": remote_id, "n": answer.status}
            )
        return answer.body

    def done(self, remote_id: str) -> None:
        body = json.dumps({"docId": remote_id, "status": "done"}).encode()
        self._call("POST", self.paths["update"], "", body, "application/json")

    def _call(self, method: str, path: str, digest: str = "", body: bytes = b"", kind: str = "") -> Any:
        """The data of a good answer. Raises Rejected with the hub's own words, Unreachable."""
        answer = self._answer(method, path, digest, body, kind)
        if answer.status >= 500 or answer.status == 429:
            raise Unreachable(_("Trục liên thông đang lỗi (HTTP %(n)s).") % {"n": answer.status})
        told = answer.json()
        code = str(told.get("ErrorCode", "")) if isinstance(told, dict) else ""
        if answer.status != 200 or code != "0":
            words = _("Trục liên thông từ chối (HTTP %(n)s, mã %(code)s): %(words)s")
            desc = str(told.get("ErrorDesc", "")) if isinstance(told, dict) else ""
            raise Rejected(words % {"n": answer.status, "code": code or "?", "words": desc[:300]})
        return told.get("data")

    def _answer(self, method: str, path: str, digest: str = "", body: bytes = b"", kind: str = "") -> Answer:
        headers = self._signed(method, path, digest or hashlib.sha256(body).hexdigest())
        if kind:
            headers["Content-Type"] = kind
        return call(method, self.partner.address + path, headers=headers, body=body)

    def _signed(self, method: str, path: str, digest: str) -> dict[str, str]:
        """HMAC-SHA256 over method, path, time and digest of the content."""
        prefix = str(self.partner.settings.get("prefix", _PREFIX))
        system, moment = str(self.partner.settings.get("system_id", "")), str(int(timezone.now().timestamp()))
        told = "\n".join((method, urlsplit(self.partner.address + path).path, moment, digest))
        mark = hmac.new(secret_of(self.partner.key).encode(), told.encode(), hashlib.sha256).hexdigest()
        return {
            f"{prefix}SystemId": system, f"{prefix}Timestamp": moment, f"{prefix}Hash": digest,
            f"{prefix}Signature": mark,
        }  # fmt: skip
