"""Reading what is filed. Opening content is ``services.open_file``, because it may leave a trace."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from congvu.common.actor import Actor, ActorKind
from congvu.ground.files import ocr, policies, stamps
from congvu.ground.files.models import BlobText, File, Recognition
from congvu.ground.files.texts import SEARCHED, around
from congvu.ground.files.types import GIVEN_UP, FileInfo, FileReading, Purpose, Scan, ScanWords
from congvu.ground.records import selectors as records

__all__ = ["around", "files_of", "info", "info_of", "marks_of", "own_uploads", "sendable", "several", "visible_files"]
_ROWS = File.objects.select_related("blob", "replaced_by")


def info_of(file: File) -> FileInfo:
    blob = file.blob
    return FileInfo(
        id=file.id, name=file.name, label=file.label, purpose=file.purpose, media_type=blob.media_type, size=blob.size,
        sha256=blob.sha256, scan=Scan(blob.scan), scan_reason=blob.scan_reason, version=file.version,
        current=not hasattr(file, "replaced_by"), record_id=file.record_id, uploaded_by=file.owner_name,
        uploaded_at=file.uploaded_at, locked_at=file.locked_at,
    )  # fmt: skip


def files_of(record: UUID, *, purposes: Iterable[str] = Purpose.values) -> list[FileInfo]:
    """Files on a record the caller has already asked ``visible_to`` for, oldest first, all versions. One query."""
    rows = _ROWS.filter(record=record, purpose__in=list(purposes)).order_by("uploaded_at", "id")
    return [info_of(file) for file in rows]


def several(ids: Iterable[UUID]) -> list[FileInfo]:
    """Files by their ids, for callers who have asked ``visible_to`` for what names them, oldest first. One query."""
    return [info_of(file) for file in _ROWS.filter(id__in=list(ids)).order_by("uploaded_at", "id")]


def visible_files(actor: Actor, record: UUID) -> list[FileInfo]:
    """Files on a record that the actor may know of: nothing if the record is hidden, no drafts for citizens."""
    rows = _ROWS.filter(record=record, record__in=records.visible_ids(actor)).order_by("uploaded_at", "id")
    return [info_of(file) for file in rows if actor.kind is not ActorKind.CITIZEN or policies.for_citizens(file)]


def own_uploads(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, FileInfo]:
    """Those of the ids that the actor uploaded: what a draft may still show and attach."""
    rows = _ROWS.filter(Q(id__in=list(ids)), **policies.owned_by(actor))
    return {file.id: info_of(file) for file in rows}


def info(actor: Actor, file_id: UUID) -> FileInfo:
    """One file's description. Raises NotFound, whether it is missing or hidden."""
    return info_of(policies.visible_file(actor, file_id))


def reads_scans() -> bool:
    """Whether this machine reads the words of scans."""
    return ocr.available()


def scan_words(actor: Actor, file_id: UUID) -> ScanWords | None:
    """What became of reading an own scan; None if nobody asked for it. Two statements at most."""
    row = Recognition.objects.filter(file=file_id, **policies.owned_by(actor)).first()
    if row is None:
        return None
    if row.done_at is None:
        return ScanWords("reading", row.asked_at)
    if row.marks or row.failed:
        return ScanWords("marked" if row.marks else "failed", row.asked_at)
    blob = File.objects.filter(id=file_id).values("blob")
    words = BlobText.objects.filter(blob__in=blob).values_list("text", flat=True).first()
    return ScanWords("read", row.asked_at, (words or "")[: ocr.MOST_TEXT])


def sendable(file_id: UUID) -> bool:
    """True only for a content known to be clean; anything else never leaves the house."""
    return File.objects.filter(id=file_id, blob__scan=Scan.RELEASED).exists()


def texts_of(record: UUID) -> list[str]:
    """The words read so far in the files of a record the caller may read, oldest file first. Two statements."""
    files = File.objects.filter(record=record, purpose__in=SEARCHED, replaced_by=None).order_by("uploaded_at", "id")
    blobs = list(files.values_list("blob", flat=True))
    texts = dict(BlobText.objects.filter(blob__in=blobs).values_list("blob", "text"))
    return [texts[blob] for blob in blobs if texts.get(blob)]


def readings(files: Iterable[UUID]) -> dict[UUID, FileReading]:
    """What is known of the words of files the caller may read, for each id asked for. One statement."""
    asked = list(files)
    texts = BlobText.objects.filter(blob=OuterRef("blob"))
    since = timezone.now() - GIVEN_UP
    rows = File.objects.filter(id__in=asked).annotate(
        marks=Subquery(texts.values("marks")),
        words=Exists(texts.exclude(text="")),
        waits=Exists(Recognition.objects.filter(file=OuterRef("id"), done_at=None, asked_at__gt=since)),
    )
    found = {row[0]: _reading(*row[1:]) for row in rows.values_list("id", "marks", "words", "waits")}
    return {file: found.get(file, FileReading("gone")) for file in asked}


def _reading(marks: list[str] | None, words: bool, waits: bool) -> FileReading:
    if marks:
        return FileReading("marked", marks[0])
    if waits:
        return FileReading("reading")
    return FileReading("read" if words else "unread")


def marks_in(text: str) -> list[str]:
    """Marks of secrecy that stand alone in a text, the gravest first."""
    return stamps.stamps_in(text, exact=True)


def marks_of(record: UUID) -> list[tuple[str, str]]:
    """Marks of secrecy found in the texts of the files of a record the caller may read: file name and mark.

    Two statements.
    """
    files = File.objects.filter(record=record, purpose__in=SEARCHED, replaced_by=None).order_by("uploaded_at", "id")
    marked = BlobText.objects.filter(blob__in=files.values("blob")).exclude(marks=[])
    marks = dict(marked.values_list("blob", "marks"))
    return [(file.name, marks[file.blob_id][0]) for file in files if file.blob_id in marks]
