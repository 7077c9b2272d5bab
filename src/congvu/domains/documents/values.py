"""Values about what is said of documents and what happens after issue; ``types`` is the door to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OpinionView:
    text: str
    leader: bool
    at: datetime
    by: str
    by_position: str
    on_behalf_of: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A document that stands to this one in ``relation``; ``outward`` when this one points at it."""

    record_id: UUID
    kind: str
    code: str
    title: str
    relation: str
    label: str
    outward: bool


@dataclass(frozen=True, slots=True)
class RequestInput:
    """What the sender of a document asks of it. ``operation`` is 13, recall, update or replace; ``message`` carried it.

    ``changes`` are the fields of an update, ``files`` its contents, own uploads. ``declined`` is the reason the
    exchange itself answered 16 with.
    """

    operation: str
    reason: str
    by: str
    message: UUID
    changes: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[UUID, ...] = ()
    declined: str = ""


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request about a document and its answer (15, 16 or none). ``recipient`` is whom we asked, else empty.

    ``open`` while nobody answered; ``may_answer`` and ``may_note_return`` are for the reader.
    """

    id: UUID
    record_id: UUID
    operation: str
    label: str
    about: str
    recipient: str
    way: str
    reason: str
    asked_at: datetime
    asked_by: str
    answer: str
    answer_label: str
    answered_at: datetime | None
    answered_by: str
    words: str
    may_answer: bool = False
    may_note_return: bool = False

    @property
    def open(self) -> bool:
        return not self.answer


@dataclass(frozen=True, slots=True)
class CopyInput:
    """Which copy is made: ``form`` SY, SL or TrS; ``to`` paper or electronic.

    ``file`` is the scan, or the re-created extract, an own upload; without it the document's own PDF is copied, of
    which an extract takes page 1 and ``pages``. ``signer_position`` signs a paper copy.
    """

    form: str
    to: str
    file: UUID | None = None
    signer_position: int | None = None
    recipients: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CopySource:
    """What is copied, and how it may be: pairs of form and medium with their names (NĐ 30/2020 Điều 25)."""

    id: UUID
    kind: str
    code: str
    title: str
    medium: str
    ways: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CopyView:
    """A copy as lists and the book of copies show it; ``content`` is its file. An electronic one that is not ``sealed``
    yet is no copy."""

    id: UUID
    source: UUID
    code: str
    form: str
    form_label: str
    origin: str
    medium: str
    medium_label: str
    title: str
    made_on: date
    made_by: str
    signer: str
    recipients: tuple[str, ...]
    content: UUID
    pages: int
    sealed: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words in a comparison; ``kind`` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What a draft of a kind begins with: lines of the layout that every document of the kind has."""

    bases: tuple[str, ...] = ()
    text: str = ""
    recipients: tuple[str, ...] = ()
    ending: str = "./."
    subject: str = ""
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forwarding:
    """Where a registered document goes: to a leader's post, or straight to a unit where the handler is obvious."""

    leader: int | None = None
    unit: int | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """To whom documents like this one went before; ``times`` of ``seen``."""

    unit_id: int
    unit: str
    leader: int | None
    times: int
    seen: int
