"""Annexes of a draft that are files of their own, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

PDF = "application/pdf"
ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII", "XIX", "XX",
)  # fmt: skip
MOST = len(ROMAN)


@dataclass(frozen=True, slots=True)
class AnnexInput:
    """A file for a draft: an own upload and its title. ``along``: it goes along as it is and is not signed."""

    file: UUID
    title: str
    along: bool = False


@dataclass(frozen=True, slots=True)
class AnnexPlace:
    """A file the draft has, under the title it is to carry; the order of several is theirs."""

    file: UUID
    title: str


@dataclass(frozen=True, slots=True)
class KeptAnnex:
    """A file as a version of a draft names it. ``sealed``: an annex, which the agency signs; else it goes along.

    ``sha256`` is of the content, so that approvals are bound to it. ``source`` is the Word file an annex was set from,
    ``number`` the Roman number it was set with.
    """

    file: UUID
    title: str
    sealed: bool
    name: str
    type: str
    size: int
    sha256: str
    pages: int | None = None
    source: UUID | None = None
    number: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "file": str(self.file), "title": self.title, "sealed": self.sealed, "name": self.name, "type": self.type,
            "size": self.size, "sha256": self.sha256, "pages": self.pages,
            "source": str(self.source) if self.source else None, "number": self.number,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnnexAdded:
    """The version a file made, and what of a Word file was left out, in words for whoever brought it."""

    version: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnexView:
    """One file of a draft or of an issued document, as it is shown. ``file`` is what is to be opened: the signed one
    once there is one (``signed``). ``kept`` is the file by which the draft names it."""

    label: str
    title: str
    file: UUID
    kept: UUID
    name: str
    type: str
    size: int
    pages: int | None
    sealed: bool
    signed: bool = False
    source: UUID | None = None

    @property
    def key(self) -> UUID:
        """The file that was brought, whatever was made of it."""
        return self.source or self.kept


def annexes_in(content: Mapping[str, Any]) -> tuple[KeptAnnex, ...]:
    """The files a version's content names, in their order."""
    return tuple(
        KeptAnnex(**{
            **one, "file": UUID(one["file"]), "source": UUID(one["source"]) if one["source"] else None,
        })
        for one in content.get("annexes", ())
    )  # fmt: skip


def with_annexes(content: Mapping[str, Any], annexes: Sequence[KeptAnnex]) -> dict[str, Any]:
    """The content with these files and no others."""
    rest = {name: value for name, value in content.items() if name != "annexes"}
    return {**rest, "annexes": [one.to_json() for one in annexes]} if annexes else rest


def numbers(annexes: Sequence[KeptAnnex]) -> list[str]:
    """Roman numbers, where there are two annexes or more (NĐ 30/2020 Phụ lục I mục III.1); "" for everything else."""
    real = [one for one in annexes if one.sealed]
    romans = iter(ROMAN if len(real) > 1 else [""] * len(real))
    return [next(romans) if one.sealed else "" for one in annexes]


def labels(annexes: Sequence[KeptAnnex]) -> list[str]:
    """What each is called. What goes along is no annex and takes no number of theirs. Printed, so Vietnamese."""
    beside = [one for one in annexes if not one.sealed]
    found = []
    for one, number in zip(annexes, numbers(annexes), strict=True):
        if one.sealed:
            found.append(f"Phụ lục {number}".strip())
        else:
            found.append(f"Tệp kèm theo {beside.index(one) + 1}" if len(beside) > 1 else "Tệp kèm theo")
    return found
