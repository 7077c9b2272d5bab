"""Values that enter and leave the room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Person:
    """An applicant or agent as stated on the day of filing. ``kind`` is a ``Subject.Kind`` value."""

    full_name: str
    personal_id: str = ""
    tax_code: str = ""
    kind: str = "person"
    phone: str = ""
    email: str = ""
    address: str = ""
    authorisation: str = ""

    def as_dict(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of the dossier. Counts are copies handed in: originals, certified copies, plain copies.

    ``shown`` papers were only looked at and given back. ``file`` is the uploaded or scanned file, if any.
    """

    name: str
    originals: int = 0
    certified: int = 0
    plain: int = 0
    shown: bool = False
    file: UUID | None = None

    def as_dict(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**values, "file": str(self.file) if self.file else None}


@dataclass(frozen=True, slots=True)
class Intake:
    """What a clerk takes in at the counter or by post. ``authority_id`` None means the clerk's own agency decides."""

    procedure_code: str
    applicant: Person
    papers: tuple[PaperLine, ...] = ()
    agent: Person | None = None
    request: str = ""
    channel: int = 1
    authority_id: int | None = None
    result_channel: str = "counter"
    copies: int = 1
    answers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Received:
    """The answer of a reception: what the citizen takes home."""

    record_id: UUID
    code: str
    receipt_number: str
    due_at: datetime
    token: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """The answer of an online submission; the dossier code is born later, at reception."""

    record_id: UUID
    portal_number: str
    token: str


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One line of a list."""

    id: UUID
    code: str
    portal_number: str
    title: str
    procedure_code: str
    applicant_name: str
    state: str
    state_label: str
    channel: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class SupplementView:
    id: int
    items: tuple[str, ...]
    reason: str
    asked_at: datetime
    asked_by: str
    answer_by: datetime
    answered_at: datetime | None
    cancelled_at: datetime | None
    answer_note: str


@dataclass(frozen=True, slots=True)
class ResultView:
    name: str
    code: str
    number: str
    source: str
    signed: bool
    signer: str
    file: UUID
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class ProposalView:
    """The result somebody put down, ``n`` of its dossier; ``name`` as it will be called. ``read`` by who asks."""

    dossier: UUID
    n: int
    name: str
    text: str
    file: UUID | None
    by: str
    at: datetime
    read: bool


@dataclass(frozen=True, slots=True)
class ResultToSign:
    """A proposed result whose approval waits for a post: the step, the dossier's code and title, and since when."""

    item: UUID
    code: str
    title: str
    since: datetime
    due_at: datetime | None
    proposal: ProposalView

    @property
    def id(self) -> UUID:
        return self.proposal.dossier


@dataclass(frozen=True, slots=True)
class DossierView:
    """One dossier for the page of a person who may read it. ``abilities`` are the acts open to that person now."""

    id: UUID
    version: int
    code: str
    portal_number: str
    token: str
    title: str
    procedure_code: str
    procedure_version: int
    declared_version: int
    state: str
    state_label: str
    national_status: int
    channel: str
    authority_id: int
    authority_name: str
    center_name: str
    applicant: Person
    agent: Person | None
    request: str
    answers: dict[str, Any]
    form_version: int | None
    papers: tuple[PaperLine, ...]
    copies: int
    result_channel: str
    submitted_at: datetime | None
    received_at: datetime | None
    received_by: str
    receipt_number: str
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    end_reason: str
    supplements: tuple[SupplementView, ...]
    results: tuple[ResultView, ...]
    rating: int | None
    abilities: frozenset[str]


@dataclass(frozen=True, slots=True)
class PublicView:
    """What a look-up without login shows (R20): the code and how far it is. No name, no phone, no address, no file."""

    code: str
    procedure_name: str
    authority_name: str
    state: str
    state_label: str
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    steps_done: int
    steps_total: int
    rated: bool
    may_rate: bool
    token: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part and the whole it is taken from; both are always shown."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class SettledRow:
    """A settled dossier without any name: what was promised, and when it was ready."""

    code: str
    procedure_code: str
    authority_id: int
    due_at: datetime | None
    finished_at: datetime | None
    on_time: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list and the cursor of the next page ("" when there is none)."""

    rows: tuple[DossierRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """An application being filled in."""

    id: UUID
    procedure_version: int
    authority_id: int
    form_version: int | None
    values: dict[str, Any]
    pages_done: tuple[str, ...]
    version: int
    saved_at: datetime
    submitted_as: UUID | None


@dataclass(frozen=True, slots=True)
class ResultInput:
    """What the issuing step gives: a file, or the text of a draft; for a ministry system its number and its file."""

    name: str = ""
    number: str = ""
    text: str = ""
    file: UUID | None = None
