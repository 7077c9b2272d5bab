"""What was read from an uploaded file."""

from __future__ import annotations

from dataclasses import dataclass, field

from congvu.engines.typeset.types.blocks import Block


@dataclass(frozen=True, slots=True)
class Reading:
    """The text, its pictures by key, and what was left out, in words for the reader. ``landscape``: its first page is
    wider than high."""

    body: tuple[Block, ...]
    pictures: dict[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    landscape: bool = False
