"""Values that go in and out of the catalogue of administrative procedures (thủ tục hành chính)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

KINDS = ("receive", "assign", "appraise", "consult", "review", "approve", "issue", "return", "other")
"""What a step is for. ``approve`` and ``issue`` (signature and number of the result) occur at most once."""

LEVELS = ("commune", "province", "ministry", "other")

ROLES = ("clerk", "specialist", "head", "chair", "registrar", "center_head")
COMMUNE_PLACES = ("center", "section", "authority", "office")
DEPARTMENT_PLACES = ("dept_center", "dept_section", "dept", "dept_office")
PROVINCE_PLACES = ("province", "province_office")
PLACES = (*COMMUNE_PLACES, *DEPARTMENT_PLACES, *PROVINCE_PLACES, "external")
"""Where a step is done: the commune's centre, section, committee and office; the provincial centre and a
department's section, leaders and office; the provincial committee and its office; an agency outside the program."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A value that stands on an assumption: shown as unverified ("chưa đối chiếu") until somebody checks it."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One row of the paper list.

    ``kind``: ``submit``, ``show`` (presented, never scanned) or ``instruction`` (a sentence, no paper).
    ``need``: ``always``, ``one_of`` (alternatives inside ``group``), ``case`` (only in the case that ``group`` or the
    name describes). Only ``submit`` + ``always`` may be asked of everybody. ``declaration`` marks the applicant's
    form; ``channel`` (``online`` / ``counter``) is set where a form belongs to one way of filing.
    """

    key: str
    name: str
    original: int
    copy: int
    group: str
    kind: str
    need: str
    declaration: bool
    channel: str


@dataclass(frozen=True, slots=True)
class FeeItem:
    """One fee line. ``amount`` is None unless the state is ``amount`` or ``free``.

    ``state``: ``amount``, ``free``, ``council`` (the provincial council decides), ``law`` (set by a text named in the
    note), ``unset``.
    """

    channel: str
    amount: int | None
    currency: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class TimeOption:
    """Another time limit that the portal shows for a channel or, in fact, for another case (remote areas…)."""

    channel: str
    value: str
    unit: str
    budget: str | None


@dataclass(frozen=True, slots=True)
class ResultPaper:
    """A result with its national code (``KQ.G15.000031``), empty where the source has none."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the process table, in the shape the workflow engine compiles.

    ``hours`` are planned working hours, None where the law or another agency sets the time. ``pause`` says that the
    clock of the dossier stands still meanwhile. ``added`` marks a step that the source lacks and the law requires
    (reception and return through the one-stop shop, entry of the result in the register).
    """

    key: str
    name: str
    role: str | None
    place: str | None
    hours: Decimal | None
    public_name: str
    kind: str
    pause: bool
    role_text: str = ""
    added: bool = False


@dataclass(frozen=True, slots=True)
class ProcedureCard:
    """A procedure as lists and search results show it."""

    code: str
    version_id: int
    name: str
    field: str
    levels: tuple[str, ...]
    agency: str
    budget: str | None
    fee: str
    channels: tuple[str, ...]
    runnable: bool
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """One dated version of a procedure, complete.

    ``blocks`` say in Vietnamese why it cannot run; empty: it can. ``time_text`` is the limit as a citizen reads it,
    ``time_basis`` the text it rests on. ``result_from`` is ``ours`` or ``ministry``: then number and file of the result
    come from ``result_system``.
    """

    code: str
    version_id: int
    number: int
    valid_from: date
    valid_to: date | None
    sha256: str
    portal_code: str
    name: str
    field: str
    level: str
    levels: tuple[str, ...]
    agency: str
    budget: str | None
    time_value: str
    time_unit: str
    time_note: str
    time_options: tuple[TimeOption, ...]
    fee: str
    fee_items: tuple[FeeItem, ...]
    papers: tuple[Paper, ...]
    legal: tuple[str, ...]
    results: tuple[ResultPaper, ...]
    channels: tuple[str, ...]
    decision: str
    source: str
    result_from: str
    result_system: str
    unverified: tuple[Flag, ...]
    steps: tuple[Step, ...]
    steps_origin: str
    steps_source: str
    blocks: tuple[str, ...]
    time_text: str
    time_basis: str

    @property
    def runnable(self) -> bool:
        return not self.blocks

    @property
    def why_not(self) -> str:
        """The blocks as one sentence part; empty when it can run."""
        return "; ".join(self.blocks)

    @property
    def required_papers(self) -> tuple[Paper, ...]:
        """Papers that every applicant hands in."""
        return tuple(p for p in self.papers if p.kind == "submit" and p.need == "always")


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field (lĩnh vực) with the number of procedures in force."""

    id: int
    name: str
    audiences: tuple[str, ...]
    procedures: int


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """A card of the portal home: an event in a life and its procedures in the order people need them."""

    key: str
    title: str
    icon: str
    procedures: tuple[ProcedureCard, ...]


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """``hits`` best first; when there are none, ``nearest`` holds up to three of the likeliest."""

    query: str
    hits: tuple[ProcedureCard, ...]
    nearest: tuple[ProcedureCard, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; ``after`` is the cursor of the next page, empty on the last."""

    rows: tuple[ProcedureCard, ...]
    after: str


@dataclass(frozen=True, slots=True)
class AdminRow:
    """A procedure in the administrator's list. ``state``: ``own``, ``template`` or ``blocked``; ``blocks`` say why."""

    code: str
    version_id: int
    name: str
    field: str
    levels: tuple[str, ...]
    budget: str | None
    state: str
    steps_origin: str
    blocks: tuple[str, ...]
    unverified: int


@dataclass(frozen=True, slots=True)
class AdminPage:
    """One page of that list; ``after`` is the cursor of the next page, empty on the last."""

    rows: tuple[AdminRow, ...]
    after: str


@dataclass(frozen=True, slots=True)
class RowNote:
    """A row of an import and what is to be said about it, in Vietnamese."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or with a dry run would do."""

    create: int
    update: int
    same: int
    refused: tuple[RowNote, ...]
    warnings: tuple[RowNote, ...]
    runnable_own: int
    runnable_template: int
    dry_run: bool

    @property
    def runnable(self) -> int:
        return self.runnable_own + self.runnable_template


@dataclass(frozen=True, slots=True)
class RunnableReport:
    """How many procedures in force can run from filing to result, and why the others cannot.

    ``blocked`` maps each reason to the codes it holds back; a code may stand under several reasons.
    ``places`` maps a place to the runnable codes that need a unit there.
    """

    total: int
    own: tuple[str, ...]
    template: tuple[str, ...]
    blocked: Mapping[str, tuple[str, ...]]
    places: Mapping[str, tuple[str, ...]]

    @property
    def runnable(self) -> int:
        return len(self.own) + len(self.template)


@dataclass(frozen=True, slots=True)
class StepInput:
    """A step as a person types it. ``kind`` empty: inferred from name and role."""

    name: str
    role: str
    place: str
    hours: Decimal | None
    public_name: str = ""
    kind: str = ""


@dataclass(slots=True)
class Content:
    """Everything a version holds, as plain JSON values; its SHA-256 is the identity of the version."""

    code: str
    values: dict[str, Any]
    steps: list[dict[str, Any]]
    warnings: list[str] = field(default_factory=list)
