"""Values that enter and leave the room."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from congvu.common.symbols import written
from congvu.ground.files.types import FileInfo


@dataclass(frozen=True, slots=True)
class Described:
    """What describes a document on the day it is put into a file (NĐ 30/2020 PL VI; TT 05/2025/TT-BNV).

    ``direction`` is ``out``, ``in`` or ``other``; ``type`` the abbreviation of the kind (``QĐ``, ``CV`` for công văn);
    ``confidence`` 01 electronic original, 02 digitised, 03 both; ``paper``: only a sheet in a folder, no file.
    """

    subject: str
    direction: str = "other"
    type: str = ""
    type_name: str = ""
    number: str = ""
    notation: str = ""
    issued_on: date | None = None
    organ_name: str = ""
    pages: int = 0
    language: str = "Tiếng Việt"
    signer_position: str = ""
    signer_name: str = ""
    to_organ_id: str = ""
    to_organ_name: str = ""
    priority: int = 0
    copies: int = 0
    due_on: date | None = None
    arrived_on: date | None = None
    arrival_number: int | None = None
    to_places: str = ""
    trace: str = ""
    autograph: str = ""
    keyword: str = ""
    mode: str = "01"
    confidence: str = "01"
    condition: str = "02"
    signatures: str = ""
    process: str = ""
    description: str = ""
    paper: bool = False

    def as_json(self) -> dict[str, Any]:
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Described:
        known = {f.name for f in fields(cls)}
        given = {key: value for key, value in values.items() if key in known}
        for key in ("issued_on", "due_on", "arrived_on"):
            if given.get(key):
                given[key] = date.fromisoformat(given[key])
        return cls(**given)

    @property
    def code(self) -> str:
        """Number and symbol as papers print them."""
        return written(self.number, self.notation)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to open: from a line of the list, or outside it with title, notation and retention of its own.

    ``years`` None with ``permanent`` False means "as the line says". ``paper``: part of it is on paper.
    """

    line: int | None = None
    title: str = ""
    notation: str = ""
    years: int | None = None
    permanent: bool = False
    rule: str = ""
    started_on: date | None = None
    paper: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class LineInput:
    """A line of a list as it is edited."""

    title: str
    unit: int
    years: int | None = None
    permanent: bool = False
    rule: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a list; ``symbol`` is number and notation (``01.TCCB``), ``file`` the file opened from it."""

    id: int
    symbol: str
    title: str
    retention: str
    years: int | None
    unit_id: int
    unit: str
    note: str
    file: UUID | None


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading with its lines and, if it is a big one, the small ones under it. ``number`` is I or 1."""

    id: int
    number: str
    title: str
    symbol: str
    lines: tuple[LineView, ...]
    children: tuple[HeadingView, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """A list of files with its footer counts."""

    id: int
    agency_id: int
    agency: str
    year: int
    state: str
    state_label: str
    running: str
    decision: str
    approved_by: str
    issued_at: datetime | None
    headings: tuple[HeadingView, ...]
    total: int
    permanent: int
    abilities: frozenset[str]

    @property
    def fixed(self) -> int:
        """Files with a term of years."""
        return self.total - self.permanent


@dataclass(frozen=True, slots=True)
class FileRow:
    """A work file in a list."""

    id: UUID
    code: str
    title: str
    state: str
    state_label: str
    year: int
    notation: str
    retention: str
    maker: str
    unit_id: int
    unit: str
    documents: int
    started_on: date
    ended_on: date | None
    submit_by: date | None
    online: bool | None
    frozen: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows; ``next`` is the cursor of the page after it."""

    rows: tuple[FileRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """A document in a file. ``readable`` says whether the reader may open its record."""

    id: int
    ordinal: int
    document: UUID | None
    kind: str
    readable: bool
    files: tuple[UUID, ...]
    described: Described
    added_at: datetime
    added_by: str
    removed_at: datetime | None
    removed_reason: str


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission to the archive and its answer."""

    id: int
    number: int
    at: datetime
    by: str
    sha256: str
    size: int
    answer: str
    answer_label: str
    answer_by: date
    answered_at: datetime | None
    answered_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileView:
    """A work file whole."""

    row: FileRow
    version: int
    maker_position: int
    language: str
    rights: str
    keyword: str
    description: str
    paper: bool
    archived_at: datetime | None
    destroy_after: date | None
    frozen_reason: str
    entries: tuple[EntryView, ...]
    weeded: tuple[EntryView, ...]
    submissions: tuple[SubmissionView, ...]
    pages: int
    abilities: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Package:
    """A file ready to be sent or kept: its name and its bytes."""

    name: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """How many closed files of a unit were handled wholly on the network."""

    unit_id: int
    unit: str
    tier: str
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class MemberView:
    id: int
    position_id: int
    name: str
    agrees: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class DisposalLine:
    """A file on the list of a council, as it was then; ``contents`` are names and digests of what was destroyed."""

    code: str
    title: str
    term: str
    documents: int
    pages: int
    reason: str
    contents: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DisposalView:
    """A disposal council with its list; ``items`` are (code, title, reason)."""

    id: int
    title: str
    state: str
    state_label: str
    made_by: str
    made_at: datetime
    decision: str
    decided_by: str
    destroyed_at: datetime | None
    authority_opinion: str
    members: tuple[MemberView, ...]
    items: tuple[tuple[str, str, str], ...]
    lines: tuple[DisposalLine, ...]
    abilities: frozenset[str]


@dataclass(frozen=True, slots=True)
class UnkeptUnit:
    """How many files of a unit are in formats that are not meant for keeping."""

    unit_id: int
    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class UnkeptRow:
    """A file in such a format: the work file and the document it belongs to."""

    file_id: UUID
    code: str
    title: str
    ordinal: int
    subject: str
    info: FileInfo


@dataclass(frozen=True, slots=True)
class CopyView:
    """A keeping copy and the original beside it, each with its SHA-256 of that moment."""

    original: UUID
    original_name: str
    original_sha256: str
    copy: UUID
    copy_sha256: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class FurtherField:
    """A further field of metadata, by whom and when."""

    name: str
    value: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """Work files of one level of information."""

    level: str
    label: str
    count: int
