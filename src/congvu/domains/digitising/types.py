"""Values that enter and leave the room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from congvu.common.symbols import written


@dataclass(frozen=True, slots=True)
class HoldingInput:
    """A body of paper as it is entered. ``importance`` 3 to 1, ``condition`` 01 good, 02 fair, 03 bad."""

    title: str
    fonds: str
    pages: int | None
    first_year: int | None
    last_year: int | None
    importance: int | None
    condition: str
    shelf: str = ""
    boxes: int = 0
    files: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Priority:
    """How early to scan: points, the word for them (high, middle, low) and the reasons with their points."""

    points: int
    level: str
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class HoldingView:
    """A body of paper with its proposed priority and how many of its pages are planned, scanned, accepted."""

    id: int
    title: str
    fonds: str
    shelf: str
    boxes: int
    files: int
    pages: int
    first_year: int
    last_year: int
    importance_label: str
    condition_label: str
    note: str
    priority: Priority
    planned: int
    scanned: int
    accepted: int


@dataclass(frozen=True, slots=True)
class ScanInput:
    """A scan as it is taken in: what paper it is of. ``kind`` is the abbreviation of the kind of document."""

    paper_file: str
    file_title: str
    kind: str
    type_name: str
    subject: str
    number: str = ""
    notation: str = ""
    issued_on: date | None = None
    organ_name: str = ""
    pages: int | None = None
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What the check of a scanned file found: ``dpi`` is the lowest of its pages, ``pictures`` pages that are one.

    ``signed_at`` says whether a visible signature stands in the upper right of page 1; None: there is none at all.
    """

    pages: int
    pictures: int
    dpi: int
    colour: bool
    pdf_version: str
    archival: bool
    signed_at: bool | None


@dataclass(frozen=True, slots=True)
class ScanView:
    """One scan; ``findings`` in words; ``signed``: by the digitiser, wherever on the paper."""

    id: int
    batch: UUID
    file: UUID
    doc_code: str
    name: str
    paper_file: str
    file_title: str
    kind: str
    type_name: str
    number: str
    notation: str
    issued_on: date | None
    organ_name: str
    subject: str
    pages: int
    dpi: int
    colour: bool
    pdf_version: str
    findings: tuple[str, ...]
    signed: bool
    state: str
    state_label: str
    drawn: bool
    at: datetime
    by: str
    checked_at: datetime | None
    checked_by: str
    reason: str
    work_file: UUID | None

    @property
    def code(self) -> str:
        """Number and symbol as papers print them."""
        return written(self.number, self.notation)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in a list, with pages planned, scanned, looked at, accepted, and how many scans are to be made again."""

    id: UUID
    title: str
    holding: str
    unit: str
    scanner: str
    first: date
    last: date
    state: str
    state_label: str
    planned: int
    scanned: int
    accepted: int
    scans: int
    drawn: int
    waiting: int
    back: int


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch with its scans. ``paper_files`` are number and title of the paper files scanned in it."""

    row: BatchRow
    condition: str
    first_year: int
    scans: tuple[ScanView, ...]
    paper_files: tuple[tuple[str, str], ...]
    abilities: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """Pages of a unit: planned in its batches, scanned, passed or accepted. ``batches`` is how many."""

    unit_id: int
    unit: str
    batches: int
    planned: int
    scanned: int
    accepted: int


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a row of an imported sheet."""

    row: int
    message: str
