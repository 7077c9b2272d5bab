"""From a draft to the paper: structured content as it is kept, checked and handed to the typesetter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

import orjson
from django.utils.translation import gettext as _

from congvu.common.actor import SYSTEM
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean, nfc
from congvu.domains.documents.annex_types import annexes_in
from congvu.domains.documents.issuers import issuer_view, shown_number
from congvu.domains.documents.models import Outgoing, Priority, Version
from congvu.engines.typeset.types import (
    Annex,
    Issuer,
    Layout,
    Marks,
    OfficialDocument,
    Signer,
    Urgency,
    blocks_from_json,
    blocks_to_json,
    plain,
)
from congvu.engines.typeset.types import Family as PaperFamily
from congvu.ground.files import services as stored

# What a content may hold beside its blocks: lists of lines, single lines, and the fields of fixed forms.
LINES = ("addressees", "bases", "recipients")
WORDS = ("authority", "ending")
MOST_LINES, LONGEST = 200, 2000
URGENCY = {Priority.URGENT: "urgent", Priority.VERY_URGENT: "very_urgent", Priority.EXPRESS: "express"}


# What the paper calls a kind whose name in the lists says more than the paper does.
PRINTED = {"QPPL_NQ": "Nghị quyết", "QPPL_QD": "Quyết định"}


def tidy(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as it is kept: NFC, known keys only, blocks checked; files have acts of their own, none is taken from
    here. Raises Invalid naming each place."""
    problems = [
        Problem(name, _("Mỗi dòng là một đoạn chữ, tối đa %(n)s dòng.") % {"n": MOST_LINES}, "lines")
        for name in LINES
        if not _are_lines(content.get(name, []))
    ]
    unknown = content.keys() - {*LINES, *WORDS, "blocks", "particulars", "annexes", "pictures"}
    problems += [Problem(str(name)[:40], _("Không có phần này trong văn bản."), "unknown") for name in sorted(unknown)]
    if problems:
        raise Invalid(_("Nội dung dự thảo chưa đúng."), problems=tuple(problems))
    blocks = blocks_to_json(blocks_from_json(content.get("blocks", [])))
    particulars = {str(key)[:40]: clean(str(value)) for key, value in dict(content.get("particulars", {})).items()}
    kept: dict[str, Any] = {"blocks": blocks, "particulars": particulars}
    kept |= {name: [line for text in content.get(name, []) if (line := clean(text))] for name in LINES}
    kept |= {name: clean(str(content[name])) for name in WORDS if name in content}
    return kept


def _are_lines(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= MOST_LINES
        and all(isinstance(line, str) and len(line) <= LONGEST for line in value)
    )


def digest(subject: str, content: Mapping[str, Any]) -> str:
    """What an approval is bound to: the subject and the content, not who wrote them when."""
    return hashlib.sha256(orjson.dumps([nfc(subject), content], option=orjson.OPT_SORT_KEYS)).hexdigest()


def official(row: Outgoing, version: Version, *, signer: Signer) -> OfficialDocument:
    """The document as the typesetter takes it. An electronic one keeps number and date blank for ever: they are filled
    into the signed file; a paper one prints them once given."""
    by, content = issuer_view(row.issuer), version.content
    printed = row.number if row.paper else None
    return OfficialDocument(
        kind=row.kind.key, layout=cast(Layout, row.kind.layout), family=cast(PaperFamily, row.issuer.family),
        issuer=Issuer(name="\n".join(by.lines), above=by.above), symbol=row.symbol, place=by.place, signer=signer,
        electronic=not row.paper, number=shown_number(printed) if printed else "",
        on=row.issued_on if printed else None, subject=version.subject,
        title="" if row.kind.layout == "letter" else PRINTED.get(row.kind.key, row.kind.name),
        authority=content.get("authority", ""), addressees=tuple(content["addressees"]),
        bases=tuple(plain(line) for line in _closed(content["bases"])), body=blocks_from_json(content["blocks"]),
        particulars=content["particulars"], recipients=tuple(content["recipients"]),
        marks=Marks(urgency=cast(Urgency, URGENCY.get(Priority(row.priority), ""))),
        ending=content.get("ending", "./."),
        pictures=pictures_of(content),
        annexes=tuple(Annex(title=one.title, body=(), separate=True) for one in annexes_in(content) if one.sealed),
    )  # fmt: skip


def pictures_of(content: Mapping[str, Any]) -> dict[str, bytes]:
    """The pictures of a content by their keys. The caller may read the draft."""
    return {
        key: stored.open_file(SYSTEM, UUID(one["file"])).path.read_bytes()
        for key, one in content.get("pictures", {}).items()
    }


def _closed(bases: Sequence[str]) -> Iterator[str]:
    """Căn cứ with their closing marks: ";" after each, "." after the last (NĐ 30/2020 Phụ lục I mục II.6)."""
    for place, line in enumerate(bases, start=1):
        yield line.rstrip(" ;.,") + ("." if place == len(bases) else ";")
