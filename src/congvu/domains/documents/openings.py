"""What a draft of each kind begins with, so that nobody starts from an empty page (NĐ 30/2020 Phụ lục III)."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from congvu.domains.documents.types import IncomingView, IssuerView, KindView, Opening

ABOUT = ("v/v ", "về việc ")
_FILE = Path(__file__).parent / "data" / "openings.json"


@cache
def _openings() -> dict[str, Opening]:
    found = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        key: Opening(
            tuple(given.get("bases", ())), "\n".join(given.get("text", ())), tuple(given.get("recipients", ())),
            given.get("ending", "./."),
        )
        for key, given in found.items()
    }  # fmt: skip


def opening(kind: str) -> Opening:
    """The first lines of a kind of document by its key; empty where the kind has none."""
    return _openings().get(kind, Opening())


def answering(what: KindView, by: IssuerView, answered: IncomingView) -> Opening:
    """The first lines of an answer: to whom, what about, and the sentence that names the document answered."""
    row = answered.row
    on = f" ngày {row.issued_on:%d/%m/%Y}" if row.issued_on else ""
    name = f"{row.kind_name or 'Văn bản'} số {row.code}{on}" if row.code else f"{row.kind_name or 'Văn bản'}{on}"
    text = f"Trả lời {name} của {row.sender} về việc {_about(row.title)}, {by.name} có ý kiến như sau:\n…"
    first = opening(what.key)
    return replace(
        first, subject=f"trả lời {_small(name)}"[:500], addressees=(row.sender,) if what.addressed else (), text=text
    )


def _about(title: str) -> str:
    return next((title[len(start) :] for start in ABOUT if title.casefold().startswith(start)), _small(title))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
