"""Between two installations of this program: one call of the other's API, acknowledged with the digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from congvu.engines.exchange.models import Partner
from congvu.engines.exchange.transports.base import Outgoing, Rejected, Unreachable
from congvu.engines.exchange.transports.http import Answer, call, form, secret_of

PATH = "/api/v1/exchange/messages"
# Refusals that pass by themselves.
_LATER = frozenset({408, 425, 429})


class Direct:
    """``address`` is the other installation; its token for us stands in the environment."""

    def __init__(self, partner: Partner) -> None:
        self.partner = partner

    def send(self, message: Outgoing) -> tuple[str, str]:
        kind, body = form({}, "message", f"{message.id}.edxml", message.raw)
        headers = {"Authorization": f"Bearer {secret_of(self.partner.key)}", "Content-Type": kind}
        answer = call("POST", self.partner.address + PATH, headers=headers, body=body)
        if answer.status in (200, 201):
            return self._acknowledged(answer, message.raw), "done"
        words = _told(answer)
        if answer.status >= 500 or answer.status in _LATER or answer.status < 400:
            raise Unreachable(words)
        raise Rejected(words)

    @staticmethod
    def _acknowledged(answer: Answer, raw: bytes) -> str:
        """Only the digest of just these bytes is an acknowledgement."""
        told = answer.json()
        if not isinstance(told, dict) or told.get("sha256") != hashlib.sha256(raw).hexdigest():
            raise Unreachable(_("Hệ thống đối tác xác nhận một nội dung khác."))
        return str(told.get("id", ""))[:200]

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        """The other side brings its messages itself."""
        return iter(())

    def done(self, remote_id: str) -> None:
        """Nothing was fetched."""


def _told(answer: Answer) -> str:
    """The other installation's own words, or the bare status."""
    words = _("Hệ thống đối tác từ chối (HTTP %(n)s).") % {"n": answer.status}
    try:
        problem = answer.json()
    except Unreachable:
        return words
    detail = problem.get("detail") if isinstance(problem, dict) else None
    return f"{words} {detail}" if isinstance(detail, str) else words
