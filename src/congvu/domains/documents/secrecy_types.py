"""Marks of secrecy read in a draft, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

TEXT = "text"


@dataclass(frozen=True, slots=True)
class SecretMark:
    """A mark read in a draft: ``about`` a file by its id, or the words as they stand: other words are asked
    about anew. ``label`` names the file, empty for the words.
    ``denied_by``, ``denied_at`` and ``reason``: who said that it is none."""

    about: str
    label: str
    mark: str
    denied_by: str = ""
    denied_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SecrecyView:
    """Marks read in a version, and its files that are still being read or could not be, by what each is called;
    ``gone`` are those whose content was destroyed."""

    marks: tuple[SecretMark, ...] = ()
    reading: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    gone: frozenset[UUID] = frozenset()

    @property
    def standing(self) -> tuple[SecretMark, ...]:
        """Marks about which nobody has said anything."""
        return tuple(one for one in self.marks if not one.denied_by)
