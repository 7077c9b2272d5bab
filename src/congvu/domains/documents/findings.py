"""What was found of an arrived document's files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What was found of the signatures of one file. ``standing`` is ``valid``, ``unsigned``, or the worst standing of
    a signature; ``reason`` a Vietnamese sentence about it; ``signatures`` the report of each, as it is kept."""

    file: UUID
    name: str
    standing: str
    valid: int
    reason: str
    signatures: tuple[Mapping[str, Any], ...] = ()
