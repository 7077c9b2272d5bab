"""A work file with everything that is in it, in chronological order: what packages and exports are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from congvu.common.actor import SYSTEM
from congvu.common.symbols import bare
from congvu.domains.workfiles.keeping import copies_of, further_of
from congvu.domains.workfiles.metadata import (
    EAD_DOC,
    EAD_FILE,
    FILE,
    FORMATS,
    INCOMING,
    OTHER_TYPE,
    OUTGOING,
    TYPE_CODES,
    Field,
    cut,
    day,
    maintenance_code,
    maintenance_words,
)
from congvu.domains.workfiles.models import Entry, WorkFile
from congvu.domains.workfiles.types import Described, FurtherField
from congvu.ground.files import services as files

ORIGINAL, MIXED = "01", "03"


@dataclass(frozen=True, slots=True)
class Content:
    """One file of a document, with its bytes."""

    name: str
    media_type: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """One entry with its files. ``number`` is its place in the file, ``key`` its row."""

    key: int
    number: int
    described: Described
    contents: tuple[Content, ...]
    further: tuple[FurtherField, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """A file with its documents, oldest first."""

    file: WorkFile
    organ_id: str
    documents: tuple[Document, ...]

    @property
    def code(self) -> str:
        return self.file.record.code

    @property
    def pages(self) -> int:
        return sum(doc.described.pages for doc in self.documents)


def whole(file: WorkFile, *, with_contents: bool = True, until: datetime | None = None) -> Whole:
    """Everything in the file now; keeping copies and further metadata as they were at ``until``, so that a package
    built again has the same bytes. Raises NotFound when the store lacks a content."""
    entries = list(Entry.objects.filter(file=file, removed_at=None))
    entries.sort(key=lambda entry: (entry.issued_on or date.max, entry.ordinal))
    code = file.record.code.removesuffix(f".{file.year}.{file.notation}")
    further = further_of([entry.document_id for entry in entries if entry.document_id], until=until)
    originals = [key for entry in entries for key in entry.files] if with_contents else []
    copies = {one.original: one.copy for one in copies_of(originals, until=until)}
    return Whole(file, code, tuple(_document(entry, with_contents, copies, further) for entry in entries))


def _document(
    entry: Entry, with_contents: bool, copies: dict[UUID, UUID], further: dict[UUID, tuple[FurtherField, ...]]
) -> Document:
    """The originals of a document, then the copies in formats meant for keeping."""
    keys = [*entry.files, *(copies[key] for key in entry.files if key in copies)] if with_contents else []
    more = further.get(entry.document_id, ()) if entry.document_id else ()
    described = Described.from_json(entry.described)
    return Document(entry.pk, entry.ordinal, described, tuple(_content(key) for key in keys), more)


def _content(file_id: UUID) -> Content:
    opened = files.open_file(SYSTEM, file_id)
    info = opened.info
    return Content(info.name, info.media_type, opened.path.read_bytes(), info.sha256)


def _file_code(held: Whole) -> dict[str, str]:
    file = held.file
    return {"FileCode.OrganId": held.organ_id, "FileCode.FileCatalog": str(file.year),
            "FileCode.FileNotation": file.notation}  # fmt: skip


def file_fields(held: Whole) -> dict[str, str]:
    """The eleven fields of a file (NĐ 30/2020 PL VI)."""
    file = held.file
    return cut(
        {
            **_file_code(held), "Title": file.record.title, "Maintenance": maintenance_words(file.years),
            "Rights": file.rights, "Creator": file.maker_name, "Language": file.language,
            "StartDate": day(file.started_on), "EndDate": day(file.ended_on), "DocTotal": len(held.documents),
            "PageTotal": held.pages, "Description": file.description,
        },
        FILE,
    )  # fmt: skip


def document_fields(held: Whole, document: Document) -> dict[str, str]:
    """The fields of a document in its file (NĐ 30/2020 PL VI)."""
    table, values = described_fields(document.described)
    return cut({**values, **_file_code(held), "DocOrdinal": document.number}, table)


def described_fields(one: Described) -> tuple[tuple[Field, ...], dict[str, Any]]:
    """The table of an incoming or an outgoing document, and what is known of it before it lies in a file."""
    common = {
        "TypeName": one.type_name, "CodeNumber": one.number,
        "CodeNotation": bare(one.notation), "IssuedDate": day(one.issued_on), "OrganName": one.organ_name,
        "Subject": one.subject, "Language": one.language, "PageAmount": one.pages, "Description": one.description,
        "SignerInfo.Position": one.signer_position, "SignerInfo.FullName": one.signer_name, "Priority": one.priority,
        "DueDate": day(one.due_on),
    }  # fmt: skip
    if one.direction == "in":
        arrived = {"ArrivalDate": day(one.arrived_on), "ArrivalNumber": one.arrival_number, "ToPlaces": one.to_places,
                   "TraceHeaderList": one.trace}  # fmt: skip
        return INCOMING, common | arrived
    sent = {"To.OrganId": one.to_organ_id, "To.OrganName": one.to_organ_name, "IssuedAmount": one.copies}
    return OUTGOING, common | sent


def ead_file(held: Whole) -> dict[str, str]:
    """The fields of EAD.xml of a SIP_hoso (TT 05/2025/TT-BNV)."""
    file, described = held.file, [doc.described for doc in held.documents]
    return cut(
        {
            "fileCode": held.code, "title": file.record.title, "maintenance": maintenance_code(file.years),
            "mode": file.rights, "language": file.language, "startDate": day(file.started_on),
            "endDate": day(file.ended_on), "keyword": file.keyword, "totalDoc": len(held.documents),
            "numberOfPaper": sum(one.pages for one in described if one.paper),
            "numberOfPage": sum(one.pages for one in described if not one.paper),
            "format": _worst(one.condition for one in described),
            "inforSign": "; ".join(dict.fromkeys(one.signatures for one in described if one.signatures)),
            "confidenceLevel": _confidence(one.confidence for one in described),
            "paperFileCode": held.code if file.paper else "", "riskRecovery": 0, "description": file.description,
        },
        EAD_FILE,
    )  # fmt: skip


def ead_document(held: Whole, document: Document) -> dict[str, str]:
    """The fields of an EAD_doc of a SIP (TT 05/2025/TT-BNV)."""
    one = document.described
    return cut(
        {
            "docId": f"VB{document.key:020d}", "docCode": f"{held.code}.{document.number:07d}",
            "maintenance": maintenance_code(held.file.years), "typeName": TYPE_CODES.get(one.type, OTHER_TYPE),
            "codeNumber": one.number, "codeNotation": bare(one.notation), "issuedDate": day(one.issued_on),
            "organName": one.organ_name, "subject": one.subject, "language": one.language, "numberOfPage": one.pages,
            "inforSign": one.signatures, "keyword": one.keyword, "mode": one.mode, "confidenceLevel": one.confidence,
            "autograph": one.autograph, "format": one.condition, "riskRecovery": 0, "process": one.process,
            "description": _described(one.description, document.further),
        },
        EAD_DOC,
    )  # fmt: skip


def _described(words: str, further: Iterable[FurtherField]) -> str:
    """The description with the further metadata behind it: the circular's table has no other place for them."""
    return "; ".join(part for part in (words, *(f"{one.name}: {one.value}" for one in further)) if part)


def _worst(conditions: Iterable[str]) -> str:
    return max(conditions, default=next(iter(FORMATS)))


def _confidence(levels: Iterable[str]) -> str:
    """That of all documents, or mixed."""
    found = set(levels)
    return found.pop() if len(found) == 1 else MIXED if found else ORIGINAL
