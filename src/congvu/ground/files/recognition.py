"""Words of scans: asked for by who uploaded one, read by a job after the commit, told to whoever asks again.

A mark of secrecy on it stops an upload that hangs on nothing: it goes at once, and no word of it is kept. One that was
attached meanwhile is only warned of; people judge it (documents.md §6).
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from congvu.common.actor import SYSTEM, Actor
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.files import ocr, policies, reading, stamps, store, texts
from congvu.ground.files.errors import NoReader, ReadingFailed
from congvu.ground.files.events import MarksFound
from congvu.ground.files.inspection.archives import WORD
from congvu.ground.files.models import Blob, BlobText, File, Recognition
from congvu.ground.files.types import GIVEN_UP, PREVIEWABLE

# Fewer letters on the first page are no text layer: the page is a picture. Fewer on a picture are dirt.
LEAST_LAYER, LEAST_LETTERS = 80, 12
NOTHING = "nothing"
# A job that was lost is asked for again after this; one that fails for a day is let be.
LOST = timedelta(minutes=5)


@act("file.recognise", policy=policies.may_recognise, label="Yêu cầu đọc chữ trên bản quét")
def recognise(actor: Actor, file_id: UUID) -> None:
    """Have the words of an own upload read by a job. Asking again changes nothing.

    Raises NotFound, Blocked, NoReader where the machine cannot read scans: nothing is promised there.
    """
    if not ocr.available():
        raise NoReader(_("Máy chủ chưa cài bộ nhận dạng chữ (tesseract với tiếng Việt), nên chưa đọc được bản quét."))
    note(file=str(file_id), asked=_ask(actor, file_id))


def _ask(actor: Actor, file_id: UUID) -> bool:
    _row, fresh = Recognition.objects.get_or_create(
        file=file_id,
        defaults={"owner_user": actor.user_id, "owner_subject": actor.subject_id, "asked_at": timezone.now()},
    )
    if fresh:
        # By name: the job's module calls this one.
        app.configure_task("files.recognise", queue="files").defer(file=str(file_id))
    return fresh


def look_for_marks(actor: Actor, file_id: UUID) -> None:
    """Have a file of a draft read for marks of secrecy: the letters of a Word file at once, everything else by a job,
    for it may take a minute.

    What came of it is told by ``selectors.readings``. Step of another room's act, after the file was attached; asking
    again changes nothing.
    """
    blob = File.objects.select_related("blob").get(id=file_id).blob
    if blob.media_type != WORD:
        _ask(actor, file_id)
        return
    try:
        text = reading.text_of(store.path_of(blob.sha256), WORD)
    except reading.Unreadable:
        return
    marks = stamps.stamps_in(text, exact=True)
    texts.keep_scanned(blob, "" if marks else text, marks)


def read(file_id: UUID) -> None:
    """Read one scan that waits, outside any transaction: programs run for up to a minute. Repeating it is harmless."""
    if not Recognition.objects.filter(file=file_id, done_at=None).exists():
        return
    file = File.objects.select_related("blob").filter(id=file_id).first()
    text, failed, exact = _words(file.blob) if file is not None else ("", "gone", False)
    keep(SYSTEM, file_id, text=text, failed=failed, exact=exact)


def _words(blob: Blob) -> tuple[str, str, bool]:
    """The words of a content, or why there are none; whether they are the file's own letters, not recognised ones."""
    known = BlobText.objects.filter(blob=blob).values_list("text", flat=True).first()
    if known and known.strip():
        return known, "", True
    if layer := _layer(blob):
        return layer, "", True
    if blob.media_type not in PREVIEWABLE:
        return "", NOTHING, False
    try:
        text = ocr.read(store.path_of(blob.sha256), blob.media_type).replace("\x00", "")
    except (NoReader, ReadingFailed) as refusal:
        return "", refusal.code, False
    return (text, "", False) if _holds_words(text) else ("", NOTHING, False)


def _holds_words(text: str) -> bool:
    """Letters enough to be words; a mark alone on an otherwise empty page is one too."""
    return sum(letter.isalpha() for letter in text) >= LEAST_LETTERS or bool(stamps.stamps_in(text))


def _layer(blob: Blob) -> str:
    """The letters that a content carries itself; "" for pictures, and for a PDF of scans with a few letters on it."""
    if not reading.reads(blob.media_type):
        return ""
    try:
        text = reading.text_of(store.path_of(blob.sha256), blob.media_type)
    except reading.Unreadable:
        return ""
    scans = blob.media_type == reading.PDF and sum(letter.isalpha() for letter in text[:4000]) < LEAST_LAYER
    return "" if scans else text


@act("file.keep_words", policy=policies.only_system, label="Ghi kết quả đọc bản quét")
def keep(_actor: Actor, file_id: UUID, *, text: str, failed: str = "", exact: bool = False) -> None:
    """Write down what was read of a scan, once; a second time, or for a discarded scan, keeps nothing."""
    row = Recognition.objects.select_for_update().filter(file=file_id, done_at=None).first()
    if row is None:
        return
    file = File.objects.select_for_update(of=("self",)).select_related("blob").filter(id=file_id).first()
    row.done_at, row.marks, row.failed = timezone.now(), stamps.stamps_in(text, exact=exact), failed
    row.save(update_fields=["done_at", "marks", "failed"])
    note(file=str(file_id), marks=row.marks, failed=failed)
    if file is None:
        return
    if row.marks and file.record_id is None:
        file.delete()
        app.configure_task("files.destroy", queue="files").defer(digests=[file.blob.sha256])
        return
    texts.keep_scanned(file.blob, "" if row.marks else text, row.marks)
    _tell(file.record_id, marked=bool(row.marks), searched=file.purpose in texts.SEARCHED)


def _tell(record: UUID | None, *, marked: bool, searched: bool) -> None:
    """A file that hangs on a record: the search finds the words of what it looks in, a mark is warned of."""
    if record is None:
        return
    if searched:
        texts.read_record(record)
    if marked:
        publish(MarksFound(record=record))


def waiting(limit: int = 50) -> list[UUID]:
    """Scans whose job was lost, oldest first. One statement."""
    now = timezone.now()
    rows = Recognition.objects.filter(done_at=None, asked_at__lt=now - LOST, asked_at__gt=now - GIVEN_UP)
    return list(rows.order_by("asked_at").values_list("file", flat=True)[:limit])
