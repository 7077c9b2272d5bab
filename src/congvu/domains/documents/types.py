"""Values in and out of the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from congvu.domains.documents.annex_types import AnnexAdded as AnnexAdded
from congvu.domains.documents.annex_types import AnnexInput as AnnexInput
from congvu.domains.documents.annex_types import AnnexPlace as AnnexPlace
from congvu.domains.documents.annex_types import AnnexView as AnnexView
from congvu.domains.documents.authorising_types import AuthorisationInput as AuthorisationInput
from congvu.domains.documents.authorising_types import AuthorisationView as AuthorisationView
from congvu.domains.documents.consulting_types import ConsultationView as ConsultationView
from congvu.domains.documents.consulting_types import ConsultedView as ConsultedView
from congvu.domains.documents.consulting_types import ConsultInput as ConsultInput
from congvu.domains.documents.consulting_types import ConsultPage as ConsultPage
from congvu.domains.documents.consulting_types import ConsultRow as ConsultRow
from congvu.domains.documents.consulting_types import DraftOpinionView as DraftOpinionView
from congvu.domains.documents.consulting_types import OpenOpinion as OpenOpinion
from congvu.domains.documents.consulting_types import OpinionsOn as OpinionsOn
from congvu.domains.documents.findings import FileCheck as FileCheck
from congvu.domains.documents.scanned import Scanned as Scanned
from congvu.domains.documents.secrecy_types import SecrecyView as SecrecyView
from congvu.domains.documents.secrecy_types import SecretMark as SecretMark
from congvu.domains.documents.signing_types import IssuingRow as IssuingRow
from congvu.domains.documents.signing_types import SigningRow as SigningRow
from congvu.domains.documents.signing_types import ToIssue as ToIssue
from congvu.domains.documents.signing_types import ToSign as ToSign
from congvu.domains.documents.spreading_types import MyReading as MyReading
from congvu.domains.documents.spreading_types import ReaderRow as ReaderRow
from congvu.domains.documents.spreading_types import SpreadInput as SpreadInput
from congvu.domains.documents.spreading_types import SpreadRow as SpreadRow
from congvu.domains.documents.spreading_types import SpreadView as SpreadView
from congvu.domains.documents.spreading_types import UnitShare as UnitShare
from congvu.domains.documents.values import CopyInput as CopyInput
from congvu.domains.documents.values import CopySource as CopySource
from congvu.domains.documents.values import CopyView as CopyView
from congvu.domains.documents.values import Forwarding as Forwarding
from congvu.domains.documents.values import LinkView as LinkView
from congvu.domains.documents.values import Opening as Opening
from congvu.domains.documents.values import OpinionView as OpinionView
from congvu.domains.documents.values import Piece as Piece
from congvu.domains.documents.values import Proposal as Proposal
from congvu.domains.documents.values import RequestInput as RequestInput
from congvu.domains.documents.values import RequestView as RequestView
from congvu.engines.signing.types import ItemState, LatestSignature


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of document. ``addressed``: it carries "Kính gửi"; ``abbreviation`` is empty where there is none."""

    key: str
    family: str
    nature: str
    name: str
    abbreviation: str
    layout: str
    addressed: bool
    archive_code: str


@dataclass(frozen=True, slots=True)
class IssuerView:
    """Whoever issues in its own name, as its papers print it."""

    id: int
    key: str
    unit_id: int
    family: str
    above: tuple[str, ...]
    lines: tuple[str, ...]
    abbreviation: str
    place: str
    collective: str
    series: str
    groups: tuple[tuple[str, ...], ...]
    symbols: Mapping[str, str]
    secret_placeholders: bool
    valid_from: date | None = None
    basis: str = ""

    @property
    def name(self) -> str:
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class IncomingInput:
    """What the envelope and the paper say, as typed, scanned or read from a message.

    ``secrecy`` other than 0 is refused unless the agency allows placeholders, which have neither subject nor files.
    ``files`` are own uploads; the first is the document itself.
    """

    sender: str
    subject: str
    sender_code: str = ""
    number: str = ""
    symbol: str = ""
    issued_on: date | None = None
    kind_name: str = ""
    signer: str = ""
    signer_position: str = ""
    priority: int = 0
    secrecy: int = 0
    pages: int | None = None
    copies: int = 1
    paper_follows: bool = False
    reply_by: date | None = None
    channel: str = "paper"
    description: str = ""
    document_id: str = ""
    message: UUID | None = None
    warnings: tuple[str, ...] = ()
    files: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Registered:
    record_id: UUID
    arrival_number: int
    arrival_year: int


@dataclass(frozen=True, slots=True)
class DirectionInput:
    """One line of a direction slip. ``due_at`` or ``no_deadline``; lines for information need neither."""

    role: str
    unit_id: int
    position_id: int | None = None
    due_at: datetime | None = None
    no_deadline: bool = False


@dataclass(frozen=True, slots=True)
class DirectionView:
    id: UUID
    parent: UUID | None
    role: str
    role_label: str
    unit_id: int
    unit: str
    position_id: int | None
    position: str
    holder: str
    opinion: str
    due_at: datetime | None
    no_deadline: bool
    given_at: datetime
    given_by: str
    given_as: str
    on_behalf_of: str
    handed_on_at: datetime | None
    done_at: datetime | None
    done_by: str
    result: str
    item: UUID | None
    task: UUID | None = None


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """One line of a list or of the book."""

    id: UUID
    arrival_number: int | None
    arrival_year: int | None
    arrived_at: datetime
    sender: str
    code: str
    issued_on: date | None
    kind_name: str
    title: str
    priority: int
    state: str
    state_label: str
    due_at: datetime | None
    lead: str
    channel: str
    warnings: tuple[str, ...] = ()
    registered_at: datetime | None = None
    closed_at: datetime | None = None
    checking: bool = False


@dataclass(frozen=True, slots=True)
class IncomingView:
    """One incoming document in full. ``abilities`` are the verbs this actor may do now."""

    row: IncomingRow
    version: int
    book: IssuerView
    number: str
    symbol: str
    sender_code: str
    signer: str
    signer_position: str
    secrecy: int
    pages: int | None
    copies: int
    paper_follows: bool
    reply_by: date | None
    description: str
    document_id: str
    message: UUID | None
    registered_at: datetime | None
    registered_by: str
    sent_back_reason: str
    result: str
    checks: tuple[FileCheck, ...] = ()
    directions: tuple[DirectionView, ...] = ()
    opinions: tuple[OpinionView, ...] = ()
    links: tuple[LinkView, ...] = ()
    abilities: frozenset[str] = field(default_factory=frozenset)

    @property
    def id(self) -> UUID:
        return self.row.id


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of rows; ``next`` is the cursor of the page after it, empty on the last."""

    rows: tuple[IncomingRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class DraftInput:
    """What a drafter fixes at the start. ``content`` is structured text as the typesetter reads it. Without a
    ``capacity`` that which fits the signer's post is taken; "" is signing by oneself.

    ``replaces``, ``amends``, ``corrects``: the issued document of ours that this one sets right, one of them at most.
    """

    kind: str
    subject: str
    content: Mapping[str, Any]
    signer_position: int | None = None
    capacity: str | None = None
    priority: int = 0
    secrecy: int = 0
    reply_by: date | None = None
    reply_to: UUID | None = None
    issuer: str = ""
    replaces: UUID | None = None
    amends: UUID | None = None
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class DraftSettings:
    """Who is to sign a draft and how soon it must travel; changed while it is drafted or reviewed."""

    signer_position: int | None = None
    capacity: str | None = None
    priority: int = 0
    reply_by: date | None = None


@dataclass(frozen=True, slots=True)
class IssuerInput:
    """What an administrator says of an issuer. ``symbols`` are the abbreviations of drafting units by unit id.

    Without a ``key`` it is the issuer of this unit and family, a new one where there is none.
    """

    key: str
    unit_id: int
    lines: tuple[str, ...]
    abbreviation: str
    place: str
    valid_from: date
    above: tuple[str, ...] = ()
    collective: str = ""
    family: str = "administrative"
    series: str = "kind"
    groups: tuple[tuple[str, ...], ...] = ()
    symbols: Mapping[str, str] = field(default_factory=dict)
    secret_placeholders: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class RecipientInput:
    """Whoever a document is issued to: over the exchange by code, inside by unit, or on paper by name."""

    way: str
    name: str
    code: str = ""
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class VersionView:
    """One state of a draft. ``initials`` are those that hold on it, as about → who."""

    n: int
    subject: str
    content: Mapping[str, Any]
    digest: str
    note: str
    at: datetime
    by: str
    by_position: str
    initials: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RecipientView:
    way: str
    way_label: str
    name: str
    code: str
    state: str
    state_words: str
    state_at: datetime | None


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One line of a list or of the outgoing book."""

    id: UUID
    code: str
    kind: str
    title: str
    issuer: str
    drafter: str
    signer: str
    issued_on: date | None
    opened_at: datetime
    priority: int
    state: str
    state_label: str


@dataclass(frozen=True, slots=True)
class OutgoingPage:
    """A page of rows; ``next`` is the cursor of the page after it, empty on the last."""

    rows: tuple[OutgoingRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class OutgoingView:
    """One outgoing document in full. ``item`` is the step that waits for this actor, if any; ``holder`` whom the open
    step waits for; ``returns`` the steps it may be sent back to, nearest first; ``signer`` boxes 7a and 7b in words;
    ``latest`` what became of the newest signature at the open step, while that matters: held, or not good."""

    row: OutgoingRow
    record_version: int
    issuer: IssuerView
    kind: KindView
    capacity: str
    signer_position: int | None
    reply_by: date | None
    original: UUID | None
    current: VersionView
    versions: tuple[VersionView, ...]
    recipients: tuple[RecipientView, ...]
    links: tuple[LinkView, ...]
    opinions: tuple[OpinionView, ...]
    signer: str = ""
    signed_at: datetime | None = None
    issued_at: datetime | None = None
    step: str = ""
    step_name: str = ""
    holder: str = ""
    item: UUID | None = None
    returns: tuple[tuple[str, str], ...] = ()
    abilities: frozenset[str] = field(default_factory=frozenset)
    latest: LatestSignature | None = None

    @property
    def held(self) -> LatestSignature | None:
        """The signature that only waits for its time stamp, if there is one."""
        return self.latest if self.latest is not None and self.latest.state is ItemState.HELD else None

    @property
    def id(self) -> UUID:
        return self.row.id
