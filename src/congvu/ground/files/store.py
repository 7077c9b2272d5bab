"""Contents on disk, each under its SHA-256, two levels deep.

A content is written beside the store, synced, and moved into place by one rename: under its final name it is
always whole. The caller holds ``hold(sha256)`` from before the move until it has committed the row, so that
the sweeper and an upload of the same content cannot pass each other.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from congvu.common.ids import uuid7
from congvu.ground.files.errors import FileRefused

CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """A content received and synced, not yet in the store."""

    path: Path
    sha256: str
    size: int


def _root() -> Path:
    return Path(settings.FILES_ROOT)


def incoming_root() -> Path:
    """Beside the store, on the same disk, so that moving is one rename and a backup never meets half a file."""
    return _root().with_name(f"{_root().name}-incoming")


def path_of(sha256: str) -> Path:
    return _root() / sha256[:2] / sha256[2:4] / sha256


def stored() -> Iterator[tuple[str, Path]]:
    """Every content in the store, in no order."""
    return ((path.name, path) for path in _root().glob("??/??/*"))


@contextlib.contextmanager
def receive(stream: BinaryIO, limit: int) -> Iterator[Incoming]:
    """Take a stream in, never more than ``limit`` bytes, and drop what was not moved into the store.

    Raises FileRefused when it is larger or empty.
    """
    root = incoming_root()
    root.mkdir(parents=True, exist_ok=True)
    path = root / uuid7().hex
    try:
        yield _copy(stream, path, limit)
    finally:
        path.unlink(missing_ok=True)


def _copy(stream: BinaryIO, path: Path, limit: int) -> Incoming:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > limit:
                megabytes = f"{limit / 1024 / 1024:.3g}".replace(".", ",")
                raise FileRefused(
                    _("Tệp lớn hơn %(megabytes)s MB. Hãy chụp lại ở mức vừa, hoặc chia thành nhiều tệp nhỏ hơn.")
                    % {"megabytes": megabytes},
                    "too_large",
                )
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if not size:
        raise FileRefused(_("Tệp trống, chưa có nội dung. Hãy chọn lại tệp."), "empty")
    return Incoming(path, digest.hexdigest(), size)


def hold(sha256: str) -> None:
    """Until the end of the transaction nobody else moves or removes this content."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])


def place(incoming: Incoming) -> None:
    """Move into the store. Repeating it, or placing a content that is there, changes nothing."""
    target = path_of(incoming.sha256)
    if target.exists() and target.stat().st_size == incoming.size:
        return
    fresh = not target.parent.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(incoming.path, target)
    _sync(target.parent)
    if fresh:
        _sync(target.parent.parent)
        _sync(_root())


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
