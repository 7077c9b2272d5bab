"""Marks of secrecy in a draft: in its own words, and in the files that belong to it (documents.md §6).

A draft with such a mark goes no step further, and files that a job still reads are waited for before anybody signs.
A machine only reads: whoever holds the draft takes the file out, or says by name that it is no mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.digest import fingerprint
from congvu.common.errors import Conflict
from congvu.domains.documents.annex_types import KeptAnnex, annexes_in, labels
from congvu.domains.documents.errors import Secret
from congvu.domains.documents.models import DeniedMark, Version
from congvu.domains.documents.secrecy_types import TEXT, SecrecyView, SecretMark
from congvu.engines.typeset.types import blocks_from_json, texts_of, words
from congvu.ground.files import selectors as filed
from congvu.ground.files.types import FileReading


def key_of(one: KeptAnnex) -> UUID:
    """The file that was brought: an annex set from Word is set anew with every new number."""
    return one.source or one.file


def look(outgoing: UUID, subject: str, content: Mapping[str, Any]) -> SecrecyView:
    """What was read in a version. No statement for words alone without a mark; one for its files, one for marks."""
    files = _files(content)
    known = filed.readings(key for key, _label in files) if files else {}
    text = _words(subject, content)
    found = [SecretMark(f"{TEXT}-{fingerprint(text)}", "", mark) for mark in filed.marks_in(text)[:1]]
    found += [SecretMark(str(key), label, known[key].mark) for key, label in files if known[key].state == "marked"]
    return SecrecyView(
        _judged(outgoing, found), _named(files, known, "reading"), _named(files, known, "unread"),
        frozenset(key for key, _label in files if known[key].state == "gone"),
    )  # fmt: skip


def require_clear(version: Version, *, read: bool = False) -> None:
    """Raises Secret for a mark about which nobody has said anything; with ``read`` also Conflict while a file is being
    read."""
    found = look(version.outgoing_id, version.subject, version.content)
    if found.standing:
        raise Secret(words_of(found.standing[0]))
    if read and found.reading:
        names = ", ".join(found.reading)
        raise Conflict(_("Đang đọc %(names)s để tìm dấu chỉ độ mật. Chờ ít phút rồi làm lại.") % {"names": names})


def words_of(one: SecretMark) -> str:
    """What is said of a mark, for whoever holds the draft."""
    if not one.label:
        words = _("Dự thảo có thể có dấu %(mark)s. Văn bản mật không được soạn thảo trên hệ thống này.")
        return words % {"mark": one.mark}
    words = _("%(label)s có thể có dấu %(mark)s. Nếu đúng là tài liệu mật, không đưa lên hệ thống này.")
    return words % {"label": one.label, "mark": one.mark}


def _files(content: Mapping[str, Any]) -> list[tuple[UUID, str]]:
    """Files of a version by the key of their reading, each with what it is called. Named in the trail: Vietnamese."""
    kept = annexes_in(content)
    found = [(key_of(one), f"{label} “{one.title}”") for one, label in zip(kept, labels(kept), strict=True)]
    return found + [(UUID(one["file"]), f"Hình “{one['name']}”") for one in content.get("pictures", {}).values()]


def _named(files: list[tuple[UUID, str]], known: Mapping[UUID, FileReading], state: str) -> tuple[str, ...]:
    return tuple(label for key, label in files if known[key].state == state)


def _words(subject: str, content: Mapping[str, Any]) -> str:
    """Every line and cell of a draft on a line of its own."""
    return "\n".join([subject, *_lines(content)])


def _lines(content: Mapping[str, Any]) -> Iterator[str]:
    for block in blocks_from_json(content.get("blocks", [])):
        yield from (words(text) for text in texts_of(block))
    yield from content.get("particulars", {}).values()


def _judged(outgoing: UUID, found: list[SecretMark]) -> tuple[SecretMark, ...]:
    if not found:
        return ()
    said = {(row.about, row.mark): row for row in DeniedMark.objects.filter(outgoing=outgoing)}
    return tuple(
        SecretMark(one.about, one.label, one.mark, row.by, row.at, row.reason)
        if (row := said.get((one.about, one.mark)))
        else one
        for one in found
    )
