"""Where the sources lie, and what a prepared database depends on. Importing this changes nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "congvu"


def fingerprint() -> str:
    """Changes whenever a migration, the data it loads, or the room list does."""
    files = sorted(
        [
            *SOURCE.glob("**/migrations/*.py"),
            *SOURCE.glob("ground/*/data/*"),
            *SOURCE.glob("domains/*/data/*kinds.json"),
            SOURCE / "boot" / "rooms.py",
        ]
    )
    digest = hashlib.sha256()
    for path in files:
        digest.update(str(path.relative_to(SOURCE)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]
