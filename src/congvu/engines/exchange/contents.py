"""The kept bytes: written once, read in slices so that a large message is never in memory twice."""

from __future__ import annotations

import hashlib
import io
from typing import Any, BinaryIO, cast

from django.db import connection
from django.utils import timezone

from congvu.common.ids import uuid7
from congvu.engines.exchange.models import Raw
from congvu.engines.exchange.types import Accepted

SLICE = 512 * 1024
# One statement keeps the bytes and the message row; the same bytes again only count.
_KEEP = """
WITH kept AS (
    INSERT INTO exchange_raw (sha256, size, content, at) VALUES (%(sha)s, %(size)s, %(raw)s, %(now)s)
    ON CONFLICT (sha256) DO NOTHING
)
INSERT INTO exchange_message
    (id, raw_id, outgoing, via, state, kind, sender, document_id, code, subject, operation, status, body, problems, at,
     repeats)
VALUES (%(id)s, %(sha)s, %(outgoing)s, %(via)s, 'waiting', '', '', '', '', '', '', '', '{}', '[]', %(now)s, 0)
ON CONFLICT (raw_id, outgoing) DO UPDATE
    SET repeats = exchange_message.repeats + 1, repeated_at = %(now)s
RETURNING id, xmax <> 0
"""


def keep(raw: bytes, *, via: str, outgoing: bool) -> Accepted:
    """The message of these bytes, and whether they had been there before."""
    values: dict[str, Any] = {
        "sha": hashlib.sha256(raw).hexdigest(), "size": len(raw), "raw": raw, "now": timezone.now(), "id": uuid7(),
        "outgoing": outgoing, "via": via,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)
        row = cursor.fetchone()
    return Accepted(row[0], row[1], values["sha"])


class _Slices(io.RawIOBase):
    """The content column as a stream."""

    def __init__(self, sha256: str) -> None:
        self.sha256, self.at = sha256, 1

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT substring(content FROM %s FOR %s) FROM exchange_raw WHERE sha256 = %s",
                [self.at, len(buffer), self.sha256],
            )
            row = cursor.fetchone()
        piece = bytes(row[0]) if row else b""
        buffer[: len(piece)] = piece
        self.at += len(piece)
        return len(piece)


def stream(sha256: str) -> BinaryIO:
    """The kept bytes from the beginning."""
    return cast(BinaryIO, io.BufferedReader(_Slices(sha256), SLICE))


def whole(sha256: str) -> bytes:
    """All of them at once, for sending."""
    return bytes(Raw.objects.values_list("content", flat=True).get(sha256=sha256))
