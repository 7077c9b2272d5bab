"""The texts of the files of records: kept once for each content, told to the search, asked for around a word."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from congvu.common.text import fold
from congvu.ground.files import reading, stamps, store
from congvu.ground.files.models import Blob, BlobText, File
from congvu.ground.files.types import Purpose
from congvu.ground.records import services as records

SEARCHED = (Purpose.DOCUMENT,)
AROUND = 90


def read_record(record: UUID) -> list[str]:
    """Read what of the record's files was not read yet, and make their words those it is found by.

    Returns the marks of secrecy that stand in them. Step of a job; repeating it changes nothing.
    """
    files = File.objects.filter(record=record, purpose__in=SEARCHED, replaced_by=None).select_related("blob")
    texts = [found for file in files.order_by("uploaded_at", "id") if (found := _text(file.blob)) is not None]
    records.keep_words(record, "\n".join(one.text for one in texts))
    return [mark for mark in stamps.MARKS if any(mark in one.marks for one in texts)]


def _text(blob: Blob) -> BlobText | None:
    known = BlobText.objects.filter(blob=blob).first()
    if known is not None or not reading.reads(blob.media_type):
        return known
    text, failed = "", ""
    try:
        text = reading.text_of(store.path_of(blob.sha256), blob.media_type)
    except reading.Unreadable as error:
        failed = str(error)[:60]
    return keep_text(blob, text, failed=failed)


def keep_text(blob: Blob, text: str, *, failed: str = "") -> BlobText:
    """Keep the text of a content; the first reading stays."""
    kept, _created = BlobText.objects.get_or_create(
        blob=blob,
        defaults={"text": text, "marks": stamps.marks_in(text), "failed": failed, "read_at": timezone.now()},
    )
    return kept


def keep_scanned(blob: Blob, text: str, marks: list[str]) -> None:
    """Keep what was recognised on a scan, unless the content had words of its own. Step of an act."""
    kept = keep_text(blob, text)
    if not kept.text.strip():
        kept.text, kept.marks, kept.read_at = text, marks or kept.marks, timezone.now()
        kept.save(update_fields=["text", "marks", "read_at"])


def around(found: Iterable[UUID], words: str) -> dict[UUID, str]:
    """For records the caller may read: some text around the first place where one of the words stands. Two
    statements."""
    wanted = [word for word in fold(words).replace('"', " ").split() if word]
    shown: dict[UUID, str] = {}
    files = File.objects.filter(record__in=list(found), purpose__in=SEARCHED, replaced_by=None)
    texts = BlobText.objects.filter(blob__in=files.values("blob")).values_list("blob", "text")
    by_blob = dict(texts)
    for file in files.order_by("uploaded_at", "id"):
        record = file.record_id
        if record is not None and record not in shown and (piece := _piece(by_blob.get(file.blob_id, ""), wanted)):
            shown[record] = piece
    return shown


def _piece(text: str, words: list[str]) -> str:
    """One line of text around the place where most of the words begin together; "" where none stands."""
    line = " ".join(text.split())
    folded = fold(line)
    if len(folded) != len(line):
        line = folded
    phrase = " ".join(words)
    place = folded.find(phrase)
    if place < 0:
        place = min((at for word in words if (at := folded.find(word)) >= 0), default=-1)
    if place < 0:
        return ""
    first, last = max(0, place - AROUND), place + len(phrase) + AROUND
    return ("… " if first else "") + line[first:last].strip() + (" …" if last < len(line) else "")
