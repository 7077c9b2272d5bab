"""Annexes brought as Word files: set in the layout of an annex (NĐ 30/2020 Phụ lục I mục III.1, Phụ lục III template
2.2), and set anew when their number or title changes. What is set is what everybody reads and what the agency signs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from uuid import UUID

from congvu.common.actor import Actor
from congvu.domains.documents import paper
from congvu.domains.documents.annex_types import KeptAnnex, numbers
from congvu.domains.documents.models import Outgoing, Version
from congvu.engines.signing import services as signing
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Annex, Reading, Signer
from congvu.ground.files import services as stored


def set_from_word(
    actor: Actor, row: Outgoing, version: Version, read: Reading, *, title: str, number: str, source: UUID, name: str
) -> KeptAnnex:
    """The annex as a PDF of the program's own. Step of an act. Raises PaperIncomplete for a picture it cannot print."""
    document = replace(
        paper.official(row, version, signer=Signer(title="", name="")), body=(), bases=(), particulars={},
        layout="annex", pictures=read.pictures,
        annexes=(Annex(title=title, body=read.body, separate=True, landscape=read.landscape, number=number),),
    )  # fmt: skip
    (sheet,) = typeset.set_annexes(document)
    info = stored.store(actor, name=f"{PurePath(name).stem}.pdf", content=sheet.pdf)
    return KeptAnnex(
        info.id, title, True, info.name, info.media_type, info.size, info.sha256, signing.pages(sheet.pdf), source,
        number,
    )  # fmt: skip


def settled(
    actor: Actor, row: Outgoing, version: Version, annexes: Sequence[KeptAnnex], before: Mapping[UUID, KeptAnnex]
) -> tuple[KeptAnnex, ...]:
    """The annexes with those set anew whose number or title is another now; files that were brought stay as they are.

    Step of an act: what was set is attached to the document and frozen.
    """
    made = []
    for one, number in zip(annexes, numbers(annexes), strict=True):
        same = one.source is None or (one.number == number and one.title == before.get(one.file, one).title)
        made.append(one if same else _again(actor, row, version, one, number))
    return tuple(made)


def _again(actor: Actor, row: Outgoing, version: Version, one: KeptAnnex, number: str) -> KeptAnnex:
    assert one.source is not None
    opened = stored.open_file(actor, one.source, accept_unscanned=True)
    read = typeset.read_word(opened.path.read_bytes())
    made = set_from_word(
        actor, row, version, read, title=one.title, number=number, source=one.source, name=opened.info.name
    )
    hang(actor, row.record_id, made.file, made.title)
    return made


def hang(actor: Actor, record: UUID, file: UUID, title: str) -> None:
    """Attach a file of a draft to its record and freeze it. Step of an act."""
    stored.attach(actor, file, record=record, purpose="draft", label=title)
    stored.lock_version(file)
