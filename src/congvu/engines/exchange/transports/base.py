"""What every transport does, and the two ways in which it fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Unreachable(Exception):
    """Nobody took it now; later somebody may. The text is Vietnamese."""


class Rejected(Exception):
    """The partner refused it for good: somebody must mend something first. The text is Vietnamese."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message ready to go. ``kind`` is ``document`` or ``status``."""

    id: UUID
    kind: str
    sender: str
    recipients: tuple[str, ...]
    document_id: str
    raw: bytes


class Transport(Protocol):
    """A way to one partner."""

    def send(self, message: Outgoing) -> tuple[str, str]:
        """Hand it over; the partner's id and state of it. Raises Unreachable, Rejected."""

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        """What waits there for us: the partner's id and the bytes. Raises Unreachable, Rejected."""

    def done(self, remote_id: str) -> None:
        """Tell the partner that it is kept here. Raises Unreachable, Rejected."""
