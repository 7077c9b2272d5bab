"""Identifiers that sort by time (RFC 9562, version 7) and tokens that people can read aloud."""

from __future__ import annotations

import secrets
import time
import uuid

# No vowels, no look-alikes (0 o, 1 l i, 5 s, 2 z): a token can be neither misread nor a word.
TOKEN_ALPHABET = "346789bcdfghjkmnpqrtvwxy"  # noqa: S105 - letters, no secret


def uuid7() -> uuid.UUID:
    """A version 7 UUID: 48 bits of Unix milliseconds, then random bits."""
    millis = time.time_ns() // 1_000_000
    value = (millis << 80) | secrets.randbits(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return uuid.UUID(int=value)


def public_token(length: int = 10) -> str:
    """A random short-link token; 10 characters hold 45 bits."""
    return "".join(secrets.choice(TOKEN_ALPHABET) for _ in range(length))
