"""Values that cross the door: letters, status reports and how deliveries stand. All pure, all immutable."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from congvu.engines.exchange.mail import Mail as Mail

T = TypeVar("T")
# The largest message that is taken in or sent, in bytes.
MESSAGE_LIMIT = 100 * 1024 * 1024


class Kind(StrEnum):
    DOCUMENT = "document"
    STATUS = "status"


class Operation(StrEnum):
    """BussinessDocType of QCVN 102:2016; on the wire 0, 1, 2, 3 in this order."""

    NEW = "new"
    RECALL = "recall"
    UPDATE = "update"
    REPLACE = "replace"


class Dialect(StrEnum):
    """How a partner packs contents: base64 of a zip with one file, or base64 of the file itself."""

    ZIP = "zip"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Party:
    """An agency as a message names it. ``in_charge`` is its superior agency."""

    id: str
    name: str = ""
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who sent it, as far as the partner tells."""

    department: str = ""
    name: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """``competence`` is the capacity line (``KT. CHỦ TỊCH``), ``position`` the post, ``name`` the person."""

    competence: str = ""
    position: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """ResponseFor: a document answered or recalled. ``organ`` is the agency it concerns."""

    organ: str = ""
    code: str = ""
    promulgated: date | None = None
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """A change of recipients in an update: the agency was added, or taken off."""

    organ: str
    added: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document that this one replaces, and for whom."""

    document_id: str
    organs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hop:
    """One system that the message passed."""

    organ: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a letter, as it is after unpacking. ``size`` is in bytes; ``file`` names an own file when sending.

    ``sha256`` is empty when the content could not be taken. ``signatures`` counts those inside a PDF, unverified.
    """

    name: str
    type: str = ""
    size: int = 0
    sha256: str = ""
    signatures: int = 0
    description: str = ""
    content_id: str = ""
    file: UUID | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A document message. ``document_id`` is opaque: never a path, never taken apart.

    ``target`` is the document an update changes (Bussiness/DocumentId), ``answers`` the documents answered or, for a
    recall, recalled, ``replaced`` those a replacement replaces. ``priority`` is 0 to 4, urgency only.
    """

    sender: Party
    to: tuple[Party, ...]
    number: str
    notation: str
    promulgated: date | None
    subject: str
    document_id: str = ""
    place: str = ""
    type: str = ""
    type_detail: str = ""
    type_name: str = ""
    content: str = ""
    signer: Signer = field(default_factory=Signer)
    due: date | None = None
    priority: int = 0
    sphere: str = ""
    typist: str = ""
    copies: int | None = None
    pages: int | None = None
    appendixes: tuple[str, ...] = ()
    direction: bool = False
    answers: tuple[Reference, ...] = ()
    steering: str = ""
    places: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    application: str = ""
    operation: Operation = Operation.NEW
    reason: str = ""
    paper: bool = False
    staff: Staff = field(default_factory=Staff)
    target: str = ""
    data_changed: bool = False
    receivers_changed: bool = False
    receivers: tuple[Receiver, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    hops: tuple[Hop, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def code(self) -> str:
        """``number/notation`` as the document shows it."""
        return "/".join(part for part in (self.number, self.notation) if part)


@dataclass(frozen=True, slots=True)
class StatusReport:
    """A status message. ``to`` is who must receive it (ResponseFor/OrganId), ``status`` the two wire characters."""

    sender: Party
    to: str
    document_id: str
    status: str
    code: str = ""
    promulgated: date | None = None
    description: str = ""
    staff: Staff = field(default_factory=Staff)
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a message: the place in it, and what, in Vietnamese. A grave one: it cannot be taken."""

    place: str
    words: str
    grave: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.words}" if self.place else self.words


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a message says. ``kind`` is None when it could not be read at all."""

    kind: Kind | None
    letter: Letter | None = None
    report: StatusReport | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def usable(self) -> bool:
        return self.kind is not None and not any(fault.grave for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message is kept. ``repeated`` when the same bytes had come before; then the answer is the same too."""

    message_id: UUID
    repeated: bool
    sha256: str = ""


class DeliveryState(StrEnum):
    """How the transport stands, apart from the status codes of the document."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StatusView:
    """One status code in the log of a document. ``applied`` is False where it did not move the state; then ``why``."""

    code: str
    words: str
    ours: bool
    at: datetime
    description: str
    applied: bool
    why: str
    staff: str


@dataclass(frozen=True, slots=True)
class StateView:
    """How a document stands between two agencies. ``request`` is what waits for 15 or 16: ``13`` or an operation."""

    document_id: str
    sender: str
    recipient: str
    outgoing: bool
    state: str
    words: str
    request: str
    withdrawn: bool
    log: tuple[StatusView, ...]


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as it was taken in or sent. ``size`` is in bytes, ``repeats`` how often the same bytes came again."""

    id: UUID
    outgoing: bool
    via: str
    kind: str
    state: str
    sender: str
    document_id: str
    code: str
    subject: str
    operation: str
    status: str
    size: int
    at: datetime
    repeats: int
    problems: tuple[str, ...]
    duplicate_of: UUID | None


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One message on its way to one partner."""

    id: UUID
    message_id: UUID
    partner: str
    partner_name: str
    kind: str
    code: str
    subject: str
    status: str
    state: DeliveryState
    remote_state: str
    attempts: int
    next_at: datetime | None
    error: str
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class PartnerView:
    key: str
    name: str
    transport: str
    address: str
    dialect: Dialect
    active: bool
    polled_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency and its codes. ``unit_id`` when it is one of ours, ``partner`` the way to it."""

    id: int
    name: str
    unit_id: int | None
    partner: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list and the cursor of the next one, empty on the last."""

    rows: tuple[T, ...]
    after: str = ""
