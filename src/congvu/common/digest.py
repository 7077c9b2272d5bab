"""Digests of texts: short names that change when the text does, and keyed ones that hide what they stand for."""

from __future__ import annotations

import hashlib

from django.utils.crypto import salted_hmac


def fingerprint(*texts: str) -> str:
    """Twelve hexadecimal digits of the texts; for naming, not for security."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:12]


def keyed(purpose: str, text: str) -> str:
    """64 hexadecimal digits that only this installation can make of the text: equal texts are seen, none is read.

    ``purpose`` keeps digests of one use from matching those of another.
    """
    return salted_hmac(purpose, text, algorithm="sha256").hexdigest()
