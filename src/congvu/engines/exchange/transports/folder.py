"""A watched folder: another program carries what lies in ``out`` and puts what came into ``in``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from congvu.engines.exchange.edxml.tree import LIMITS
from congvu.engines.exchange.models import Partner
from congvu.engines.exchange.transports.base import Outgoing, Unreachable

BATCH = 100
ENDINGS = (".edxml", ".xml")


class Folder:
    """``address`` is the folder; ``in``, ``out`` and ``done`` lie below it. A file counts once it has its last name."""

    def __init__(self, partner: Partner) -> None:
        self.root = Path(partner.address)

    def send(self, message: Outgoing) -> tuple[str, str]:
        """The same message always has the same name, so a repeat lies over itself."""
        name = f"{message.id}.edxml"
        target = self.root / "out" / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(f".{name}.part")
            with partial.open("wb") as out:
                out.write(message.raw)
                out.flush()
                os.fsync(out.fileno())
            os.replace(partial, target)
        except OSError as error:
            raise Unreachable(self._words(error)) from error
        return name, "done"

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        try:
            found = sorted((self.root / "in").iterdir()) if (self.root / "in").is_dir() else []
            names = [path for path in found if path.suffix.lower() in ENDINGS and not path.name.startswith(".")]
            for path in names[:BATCH]:
                if path.is_file() and 0 < path.stat().st_size <= LIMITS.message:
                    yield path.name, path.read_bytes()
        except OSError as error:
            raise Unreachable(self._words(error)) from error

    def done(self, remote_id: str) -> None:
        kept = self.root / "done"
        try:
            kept.mkdir(parents=True, exist_ok=True)
            os.replace(self.root / "in" / remote_id, kept / remote_id)
        except OSError as error:
            raise Unreachable(self._words(error)) from error

    def _words(self, error: OSError) -> str:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        return _("Không dùng được thư mục trao đổi %(path)s: %(reason)s.") % {"path": self.root, "reason": reason}
