"""What waits for a signature, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from congvu.domains.documents.consulting_types import OpinionsOn

if TYPE_CHECKING:
    from congvu.domains.documents.types import RecipientInput


@dataclass(frozen=True, slots=True)
class ToSign:
    """One document somebody wants to sign: the step that waits, and the version that was on the screen."""

    item: UUID
    version: int


@dataclass(frozen=True, slots=True)
class ToIssue:
    """One signed document to be numbered, sealed and sent: the step that waits, and whom it goes to."""

    item: UUID
    to: Sequence[RecipientInput]


@dataclass(frozen=True, slots=True)
class SigningRow:
    """A document that waits for the actor's signature. ``read``: the actor had this version on the screen, with all
    that is said against it. ``since`` is when it came to be signed; ``note`` what was written with the version."""

    id: UUID
    item: UUID
    version: int
    code: str
    kind: str
    kind_order: int
    title: str
    unit: str
    drafter: str
    priority: int
    note: str
    since: datetime
    due_at: datetime | None
    read: bool
    opinions: OpinionsOn


@dataclass(frozen=True, slots=True)
class IssuingRow:
    """A signed document that waits to be issued, and whom its text names. ``issued_on`` is given with the number."""

    id: UUID
    item: UUID
    code: str
    kind: str
    title: str
    priority: int
    signer: str
    signed_at: datetime | None
    issued_on: date | None
    to: tuple[RecipientInput, ...]
