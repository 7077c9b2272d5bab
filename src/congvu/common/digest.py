"""Short fingerprints of texts, for keys that change when the text does."""

from __future__ import annotations

import hashlib


def fingerprint(*texts: str) -> str:
    """Twelve hexadecimal digits of the texts; for naming, not for security."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:12]
