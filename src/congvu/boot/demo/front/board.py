"""The board: one row for every wish of the five documents, and the line that counts the rows by state."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import get_language, gettext_lazy

from congvu.boot.demo.front.figures import MEASURED, Facts, Figure, Line

COMPUTED, ENTERED, MISSING = "computed", "entered", "missing"
STATES = {
    COMPUTED: gettext_lazy("Tính từ hồ sơ"),
    ENTERED: gettext_lazy("Nhập có minh chứng"),
    MISSING: gettext_lazy("Chưa có"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One of the five sources."""

    number: int
    title: str
    publisher: str
    date: str


@dataclass(frozen=True, slots=True)
class Row:
    """One wish in our own words. ``kind``: T a target, V a value the document reports, A something to be done.

    ``goal`` is the target in per cent where it is one; ``rooms`` are the parts of the program that will measure it.
    """

    id: str
    kind: str
    wish: str
    target: str
    goal: int | None
    measure: str
    rooms: tuple[str, ...]
    document: Document
    figure: Figure | None

    @property
    def state(self) -> str:
        return COMPUTED if self.figure else MISSING

    @property
    def state_label(self) -> str:
        return str(STATES[self.state])

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where there is none to compare with."""
        if self.goal is None or self.figure is None or self.figure.share is None:
            return None
        return self.figure.share >= self.goal


@dataclass(frozen=True, slots=True)
class Summary:
    """How the rows stand; every number is counted from them."""

    total: int
    computed: int
    entered: int
    missing: int
    met: int
    compared: int


@cache
def shipped() -> dict[str, Any]:
    """The wishes as shipped (``demo/wishes.json``): documents, parts of the program, one entry for each wish."""
    text = files("congvu.boot.demo").joinpath("wishes.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def rows(facts: Facts) -> list[Row]:
    """Every wish of kind T, V or A with its value of this moment, in the order of the documents."""
    documents = {entry["n"]: _document(entry) for entry in shipped()["documents"]}
    return [_row(entry, documents[int(entry["id"][0])], facts) for entry in shipped()["wishes"]]


def row(wish_id: str, facts: Facts) -> Row | None:
    """One wish with its value; None for an id that is none."""
    entry = next((entry for entry in shipped()["wishes"] if entry["id"] == wish_id), None)
    if entry is None:
        return None
    return _row(entry, _document(shipped()["documents"][int(wish_id[0])]), facts)


def lines(wish_id: str, facts: Facts) -> list[Line]:
    """The list behind the value of a wish; empty while it is not measured."""
    return MEASURED[wish_id].lines(facts) if wish_id in MEASURED else []


def summary(found: list[Row]) -> Summary:
    states = Counter(row.state for row in found)
    verdicts = [row.met for row in found if row.met is not None]
    return Summary(
        len(found), states[COMPUTED], states[ENTERED], states[MISSING], met=sum(verdicts), compared=len(verdicts)
    )


def by_document(found: list[Row]) -> Iterator[tuple[Document, list[Row]]]:
    """The rows under their documents."""
    for document in dict.fromkeys(row.document for row in found):
        yield document, [row for row in found if row.document == document]


def _row(entry: dict[str, Any], document: Document, facts: Facts) -> Row:
    measured = MEASURED.get(entry["id"])
    return Row(
        id=entry["id"], kind=entry["kind"], wish=_said(entry["wish"]),
        target=_said(entry["target"]) if entry["target"] else "", goal=entry.get("goal"),
        measure=_said(entry["measure"]), rooms=tuple(_said(shipped()["rooms"][key]) for key in entry["rooms"]),
        document=document, figure=measured.value(facts) if measured else None,
    )  # fmt: skip


def _document(entry: dict[str, Any]) -> Document:
    return Document(entry["n"] + 1, entry["title"], entry["publisher"], _said(entry["date"]))


def _said(words: dict[str, str]) -> str:
    """The words in the reader's language, Vietnamese if there are none in it."""
    return words.get((get_language() or "vi")[:2]) or words["vi"]
