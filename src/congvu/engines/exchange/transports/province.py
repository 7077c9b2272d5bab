"""A provincial axis (LGSP) in the shape seen at one province: two headers, multipart, error codes 10 to 23."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.engines.exchange.models import Partner
from congvu.engines.exchange.transports.base import Outgoing, Rejected, Unreachable
from congvu.engines.exchange.transports.http import call, form, secret_of

# documents.md §2.7. Only 20 passes by itself.
CODES: dict[str, str | Promise] = {
    "10": gettext_lazy("Tệp gửi lên không hợp lệ."),
    "15": gettext_lazy("Sai mã hệ thống hoặc khóa bí mật; hãy kiểm tra cấu hình kết nối."),
    "18": gettext_lazy("Trục của tỉnh không biết nơi nhận này."),
    "19": gettext_lazy("Cơ quan gửi chưa đăng ký trên trục của tỉnh."),
    "20": gettext_lazy("Trục của tỉnh đang lỗi."),
    "21": gettext_lazy("Trục của tỉnh không xử lý được tệp."),
    "22": gettext_lazy("Trục của tỉnh báo sai định dạng edXML."),
    "23": gettext_lazy("Nơi nhận đang bị khóa trên trục của tỉnh."),
}
_LATER = frozenset({"20"})
_PATHS = {"send": "/v1/sendEdoc", "list": "/v1/getReceivedEdocList", "get": "/v1/getEdoc", "update": "/v1/updateStatus"}


class Province:
    """``settings``: ``system_id``, and ``paths`` where they differ. The list and the fetching are assumed, unseen."""

    def __init__(self, partner: Partner) -> None:
        self.partner = partner
        self.paths = _PATHS | dict(partner.settings.get("paths", {}))

    def send(self, message: Outgoing) -> tuple[str, str]:
        fields = {"from": message.sender, "to": ",".join(message.recipients)}
        fields["messageType"] = "edoc" if message.kind == "document" else "status"
        kind, body = form(fields, "file", f"{message.id}.edxml", message.raw)
        data = self._call("POST", self.paths["send"], body, kind)
        return str(data.get("docId", "") if isinstance(data, dict) else "")[:200], "inbox"

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        rows = self._call("GET", self.paths["list"])
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and row.get("docId"):
                yield str(row["docId"]), self._get(str(row["docId"]))

    def _get(self, remote_id: str) -> bytes:
        path = f"{self.paths['get']}?{urlencode({'docId': remote_id})}"
        answer = call("GET", self.partner.address + path, headers=self._headers())
        if answer.status != 200:
            raise Unreachable(
                _("Trục không trả được văn bản %(id)s (HTTP %(n)s).") % {"id": remote_id, "n": answer.status}
            )
        return answer.body

    def done(self, remote_id: str) -> None:
        body = json.dumps({"docId": remote_id, "status": "done"}).encode()
        self._call("POST", self.paths["update"], body, "application/json")

    def _headers(self) -> dict[str, str]:
        return {
            "X-SystemId": str(self.partner.settings.get("system_id", "")), "X-SecretKey": secret_of(self.partner.key)
        }  # fmt: skip

    def _call(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Any:
        headers = self._headers() | ({"Content-Type": kind} if kind else {})
        answer = call(method, self.partner.address + path, headers=headers, body=body)
        if answer.status >= 500 or answer.status == 429:
            raise Unreachable(_("Trục của tỉnh đang lỗi (HTTP %(n)s).") % {"n": answer.status})
        told = answer.json()
        code = str(told.get("ErrorCode", "")) if isinstance(told, dict) else ""
        if code == "0" and answer.status == 200:
            return told.get("data")
        known = str(CODES.get(code, _("Lỗi chưa biết.")))
        words = _("%(words)s (mã %(code)s, HTTP %(n)s)") % {"words": known, "code": code or "?", "n": answer.status}
        raise (Unreachable if code in _LATER else Rejected)(words)
