"""What a form is, as values. A ``FormDef`` is built once from an immutable definition and never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.utils.translation import get_language

from congvu.common.errors import Problem

Answers = Mapping[str, Any]
"""Field key → value. A value that could not be read stays as ``{"raw": what was typed}``."""

Condition = Mapping[str, Any]
Mark = Literal["V", "M"]


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a definition in both languages; ``str()`` gives the one of the running request."""

    vi: str
    en: str = ""

    def __str__(self) -> str:
        return self.en if self.en and (get_language() or "vi").startswith("en") else self.vi

    def __bool__(self) -> bool:
        return bool(self.vi)


@dataclass(frozen=True, slots=True)
class Choice:
    """One item of a choice. ``until`` is the last day on which it may be chosen."""

    value: str
    label: Words
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One question. ``code`` is its key on the national e-form; ``mark`` M means not compared with the legal form."""

    key: str
    kind: str
    label: Words
    hint: Words = Words("")
    ask: Words = Words("")
    code: str = ""
    required: bool = False
    required_if: Condition | None = None
    show_if: Condition | None = None
    choices: tuple[Choice, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    prefill: str = ""
    copy_from: str = ""
    copy_if: Condition | None = None
    mark: Mark = "V"
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    title: Words
    fields: tuple[Field, ...]
    hint: Words = Words("")
    show_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One topic of the wizard. ``why`` answers "why are these things asked"."""

    key: str
    title: Words
    groups: tuple[Group, ...]
    why: Words = Words("")
    show_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the procedure. ``handing``: ``submit`` (uploaded), ``show`` (at the counter), ``none`` (needless)."""

    key: str
    label: Words
    handing: Literal["submit", "show", "none"]
    hint: Words = Words("")
    required: bool = False
    required_if: Condition | None = None
    show_if: Condition | None = None
    originals: int = 1
    copies: int = 0
    mark: Mark = "V"
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A check across fields by a registered function; its message stands beside the first open field of ``at``."""

    key: str
    name: str
    at: tuple[str, ...]
    params: Mapping[str, Any]
    message: Words
    when: Condition | None = None
    severity: Literal["error", "warning"] = "error"
    mark: Mark = "V"
    basis: str = ""


@dataclass(frozen=True, slots=True)
class ClerkCheck:
    """A check only a person with the register before him can make; shown to the clerk as a list."""

    key: str
    text: Words
    when: Condition | None = None
    mark: Mark = "V"
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the form itself that nobody has compared with its source yet."""

    key: str
    label: str
    basis: str


@dataclass(frozen=True, slots=True)
class FormDef:
    """A form of one version. ``version_id`` is None until published; ``valid_to`` is its last day."""

    key: str
    version: int
    title: Words
    legal_form: Words
    source: str
    procedures: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    pages: tuple[Page, ...]
    papers: tuple[Paper, ...]
    rules: tuple[Rule, ...]
    clerk_checks: tuple[ClerkCheck, ...]
    unverified: tuple[Note, ...] = ()
    version_id: int | None = None

    def page(self, key: str) -> Page:
        """Raises KeyError when there is no such page."""
        for page in self.pages:
            if page.key == key:
                return page
        raise KeyError(key)

    def fields(self) -> Iterator[tuple[Page, Group, Field]]:
        """All fields in the order of the form."""
        for page in self.pages:
            for group in page.groups:
                for item in group.fields:
                    yield page, group, item


@dataclass(frozen=True, slots=True)
class CheckResult:
    """``values`` are the clean answers (hidden ones dropped); ``problems`` stop, ``warnings`` are told and may pass."""

    values: dict[str, Any]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Command:
    """A button other than "continue": ``add`` / ``remove`` a row, ``edit`` a prefilled field, ``refresh`` a list."""

    name: Literal["next", "add", "remove", "edit", "refresh", "save", "drop"]
    target: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """One POST of a page. ``revealed`` are questions that the new answers opened and the person has not seen."""

    values: dict[str, Any]
    uploads: tuple[tuple[str, Any], ...]
    command: Command
    revealed: tuple[str, ...] = ()

    @property
    def stay(self) -> bool:
        """The page is to be shown again, without an error summary."""
        return self.command.name not in ("next", "save") or bool(self.revealed)


@dataclass(frozen=True, slots=True)
class Prefill:
    """Values known before asking, each with the name of its source ("VNeID")."""

    values: dict[str, Any]
    sources: dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary. ``empty`` tells an optional question left open."""

    field: str
    label: str
    text: str
    empty: bool = False


@dataclass(frozen=True, slots=True)
class SummaryGroup:
    key: str
    page: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """A paper as a procedure lists it: ``group`` tells whether it is handed in or only shown."""

    name: str
    originals: int = 1
    copies: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Commune:
    """A xã, phường or đặc khu; the name holds its kind."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Province:
    """``code`` is the two-digit national code; a personal number registered there begins with 0 and this code."""

    code: str
    name: str
    communes: tuple[Commune, ...]
