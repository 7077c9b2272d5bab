"""A session with a key: opened once, good for a while, closed for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _

from congvu.common.zones import utc_now
from congvu.engines.signing.errors import CredentialRefused

LIFE = timedelta(minutes=10)


class Key(Protocol):
    """A private key that stays where it is and signs SHA-256 digests. Raises CredentialRefused."""

    def sign(self, digest: bytes) -> bytes: ...

    def close(self) -> None: ...


class Session:
    """A credential with a lifetime: what is asked after ``until`` or after ``close`` is refused."""

    def __init__(self, certificate: bytes, chain: tuple[bytes, ...], key: Key, *, life: timedelta = LIFE) -> None:
        self._certificate, self._chain = certificate, chain
        self._key: Key | None = key
        self.until: datetime = utc_now() + life

    @property
    def certificate(self) -> bytes:
        return self._certificate

    @property
    def chain(self) -> tuple[bytes, ...]:
        return self._chain

    def sign(self, digests: Sequence[bytes]) -> Iterator[bytes]:
        """One signature after the other; a fault in the middle leaves the earlier ones good."""
        for digest in digests:
            if self._key is None or utc_now() >= self.until:
                self.close()
                message = _("Phiên ký đã hết. Hãy xác thực lại để ký tiếp các văn bản còn lại.")
                raise CredentialRefused(message, code="session_expired")
            yield self._key.sign(digest)

    def close(self) -> None:
        """Forget the key."""
        if self._key is not None:
            self._key.close()
        self._key = None
