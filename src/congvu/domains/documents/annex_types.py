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

    ``sha256`` is of the content, so that approvals are bound to it. ``source`` is the Word file an annex was set from.
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

    def to_json(self) -> dict[str, Any]:
        return {
            "file": str(self.file), "title": self.title, "sealed": self.sealed, "name": self.name, "type": self.type,
            "size": self.size, "sha256": self.sha256, "pages": self.pages,
            "source": str(self.source) if self.source else None,
        }  # fmt: skip


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


def labels(annexes: Sequence[KeptAnnex]) -> list[str]:
    """What each is called: "Phụ lục", with Roman numbers when there are two or more (NĐ 30/2020 Phụ lục I mục III.1);
    what goes along is no annex and takes no number of theirs. Printed, so Vietnamese."""
    real, beside = sum(one.sealed for one in annexes), sum(not one.sealed for one in annexes)
    found, counted = [], {True: 0, False: 0}
    for one in annexes:
        counted[one.sealed] += 1
        n = counted[one.sealed]
        if one.sealed:
            found.append(f"Phụ lục {ROMAN[n - 1]}" if real > 1 else "Phụ lục")
        else:
            found.append(f"Tệp kèm theo {n}" if beside > 1 else "Tệp kèm theo")
    return found
