"""Taking files in, hanging them on records, freezing, opening.

``upload``, ``discard``, ``recognise``, ``vouch`` and ``record_scan`` are acts. ``take``, ``store``, ``attach``,
``refer``, ``detach``, ``replace``, ``lock_version``, ``destroy`` and ``destroy_of`` are steps of other rooms' acts and
need their transaction.
"""

from __future__ import annotations

import io
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, NotFound
from congvu.ground.audit.services import act, note
from congvu.ground.files import policies, scanner
from congvu.ground.files import store as contents
from congvu.ground.files.errors import Blocked, Frozen
from congvu.ground.files.inspection import inspect
from congvu.ground.files.models import Blob, File
from congvu.ground.files.names import clean_name
from congvu.ground.files.recognition import look_for_marks as look_for_marks
from congvu.ground.files.recognition import recognise as recognise
from congvu.ground.files.selectors import info_of
from congvu.ground.files.texts import SEARCHED
from congvu.ground.files.types import FileInfo, OpenedFile, Purpose, Scan


@act("file.upload", policy=policies.may_upload, label="Tải tệp lên")
def upload(actor: Actor, *, name: str, stream: BinaryIO, limit: int | None = None) -> FileInfo:
    """Take a file in: capped at ``limit`` bytes (default: the installation's), told by its bytes, quarantined.

    Raises FileRefused with what to do; then nothing is kept.
    """
    kept = take(actor, name=name, stream=stream, limit=limit)
    note(file=str(kept.id), sha256=kept.sha256, size=kept.size, media_type=kept.media_type)
    return kept


def take(actor: Actor, *, name: str, stream: BinaryIO, limit: int | None = None) -> FileInfo:
    """``upload`` as a step of another room's act: what came from outside by another way, quarantined all the same."""
    tidy = clean_name(name)
    with contents.receive(stream, limit or settings.UPLOAD_LIMIT) as incoming:
        blob = _keep(incoming, inspect(incoming.path, tidy), generated=False)
    return info_of(_own(actor, blob, tidy))


def store(actor: Actor, *, name: str, content: bytes) -> FileInfo:
    """Keep a paper that the program itself made. It is released at once: it never came from outside."""
    tidy = clean_name(name)
    with contents.receive(io.BytesIO(content), max(settings.UPLOAD_LIMIT, len(content))) as incoming:
        blob = _keep(incoming, inspect(incoming.path, tidy), generated=True)
    return info_of(_own(actor, blob, tidy))


def _keep(incoming: contents.Incoming, media_type: str, *, generated: bool) -> Blob:
    """The row of a content, its bytes in the store before the row can be committed."""
    contents.hold(incoming.sha256)
    fresh: dict[str, Any] = {"size": incoming.size, "media_type": media_type}
    if generated:
        fresh |= {"scan": Scan.RELEASED, "scan_reason": gettext_noop("Do hệ thống lập"), "scanned_at": timezone.now()}
    blob, created = Blob.objects.get_or_create(sha256=incoming.sha256, defaults=fresh)
    if blob.scan == Scan.REJECTED:
        raise Blocked(
            _("Nội dung tệp này đã bị chặn vì phát hiện nguy hiểm (%(scan_reason)s). Hãy gửi tệp khác.")
            % {"scan_reason": blob.scan_reason}
        )
    contents.place(incoming)
    if created and not generated:
        # By name: the job's module calls this one.
        app.configure_task("files.scan", queue="files").defer(blob_id=blob.pk)
    return blob


def _own(actor: Actor, blob: Blob, name: str) -> File:
    return File.objects.create(
        blob=blob, name=name, owner_subject=actor.subject_id, owner_user=actor.user_id, owner_name=actor.name[:200],
        uploaded_at=timezone.now(),
    )  # fmt: skip


@act("file.discard", policy=policies.may_discard, label="Bỏ tệp đã tải lên")
def discard(actor: Actor, file_id: UUID) -> None:
    """Remove an own upload that hangs on nothing. Its content goes with the next sweep. Raises NotFound, Frozen."""
    file = _locked_row(file_id, **policies.owned_by(actor))
    if file.record_id is not None:
        raise Frozen(_("Tệp đã nằm trong hồ sơ nên không bỏ được."))
    file.delete()
    note(file=str(file_id))


def attach(actor: Actor, file_id: UUID, *, record: UUID, purpose: str, label: str = "") -> FileInfo:
    """Hang an own upload on a record; repeating it with the same record changes nothing.

    Step of an act. Raises NotFound for somebody else's upload, Frozen if it hangs elsewhere.
    """
    file = _locked_row(file_id, **policies.owned_by(actor))
    if file.record_id == record and file.purpose == purpose:
        return info_of(file)
    if file.record_id is not None or file.locked_at is not None:
        raise Frozen(_("Tệp này đã nằm trong một hồ sơ khác. Hãy tải tệp lên lại."))
    file.record_id, file.purpose, file.label = record, Purpose(purpose).value, label[:500]
    file.save(update_fields=["record", "purpose", "label"])
    _read_later(file)
    return info_of(file)


def _read_later(file: File) -> None:
    """The words of a document's files are told to the search after the commit. By name: the job calls this room."""
    if file.purpose in SEARCHED:
        app.configure_task("files.read", queue="files").defer(record=str(file.record_id))


def refer(actor: Actor, file_id: UUID, *, record: UUID, purpose: str, name: str = "", label: str = "") -> FileInfo:
    """Name the content of a file the actor may read on another record too; the content itself is not copied.

    Step of an act. Raises NotFound.
    """
    source = policies.visible_file(actor, file_id)
    named = _own(actor, source.blob, clean_name(name or source.name))
    return attach(actor, named.id, record=record, purpose=purpose, label=label or source.label)


def detach(actor: Actor, file_id: UUID) -> None:
    """Take an own file off its record before it was sent or frozen. Step of an act. Raises NotFound, Frozen."""
    file = _locked_row(file_id, **policies.owned_by(actor))
    if file.locked_at is not None:
        raise Frozen(_("Tệp đã khóa, không gỡ được."))
    file.record_id, file.purpose, file.label = None, "", ""
    file.save(update_fields=["record", "purpose", "label"])


def replace(actor: Actor, file_id: UUID, *, by: UUID) -> FileInfo:
    """A new version of an attached file: ``by``, an own upload, takes its place; the old one stays readable.

    Step of an act. Raises NotFound, Frozen if ``by`` is in use, Conflict if the file was replaced already.
    """
    old = _locked_row(file_id)
    if File.objects.filter(replaces=old).exists():
        raise Conflict(_("Tệp này đã có bản mới hơn. Hãy tải lại trang."), code="stale")
    new = _locked_row(by, **policies.owned_by(actor))
    if old.record_id is None or new.record_id is not None:
        raise Frozen(_("Chỉ thay được tệp trong hồ sơ bằng một tệp mới tải lên."))
    new.record_id, new.purpose, new.label = old.record_id, old.purpose, old.label
    new.replaces, new.version = old, old.version + 1
    new.save(update_fields=["record", "purpose", "label", "replaces", "version"])
    _read_later(new)
    return info_of(new)


def lock_version(file_id: UUID) -> FileInfo:
    """Freeze a file of a record for ever; a second time changes nothing. Step of an act.

    Raises NotFound, Frozen for a file that hangs on nothing, Conflict when its content is not whole on disk.
    """
    file = _locked_row(file_id)
    if file.locked_at is not None:
        return info_of(file)
    if file.record_id is None:
        raise Frozen(_("Chỉ khóa được tệp đã nằm trong hồ sơ."))
    path = contents.path_of(file.blob.sha256)
    if not path.is_file() or path.stat().st_size != file.blob.size:
        raise Conflict(_("Kho tệp thiếu nội dung của tệp này. Hãy báo quản trị hệ thống."), code="content_missing")
    file.locked_at = timezone.now()
    file.save(update_fields=["locked_at"])
    return info_of(file)


def destroy_of(record: UUID) -> int:
    """Destroy every file of a record, frozen ones too; how many. A job takes the contents that nothing else names.

    Step of an act that destroys the record itself, as the recall of a document. Nothing brings them back.
    """
    return len(_destroy(record, File.objects.filter(record=record)))


def destroy(file_id: UUID) -> str:
    """``destroy_of`` for one file of a record that stays; its digest, for the trace. "" for one that is gone.

    Step of an act.
    """
    record = File.objects.filter(id=file_id).values_list("record", flat=True).first()
    return "".join(_destroy(record, File.objects.filter(id=file_id))) if record is not None else ""


def _destroy(record: UUID, found: QuerySet[File]) -> list[str]:
    """Digests of what was destroyed. A frozen file of this record may go: the trigger reads the setting."""
    rows = list(found.select_for_update(of=("self",)).select_related("blob"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('congvu.destroyed_record', %s, true)", [str(record)])
        for file in sorted(rows, key=lambda file: -file.version):
            file.delete()
        cursor.execute("SELECT set_config('congvu.destroyed_record', '', true)")
    if rows:
        digests: list[Any] = sorted({file.blob.sha256 for file in rows})
        app.configure_task("files.destroy", queue="files").defer(digests=digests)
    return [file.blob.sha256 for file in rows]


def _locked_row(file_id: UUID, **own: Any) -> File:
    file = File.objects.select_for_update(of=("self",)).select_related("blob").filter(id=file_id, **own).first()
    if file is None:
        raise NotFound(_(policies.NOT_FOUND))
    return file


@act("file.vouch", policy=policies.may_vouch, label="Xác nhận tệp an toàn")
def vouch(actor: Actor, file_id: UUID, *, reason: str) -> FileInfo:
    """An official answers for an unscanned content, so that it may be sent out. Raises NotFound, Forbidden, Blocked."""
    return answer_for(actor, file_id, reason=reason)


def answer_for(actor: Actor, file_id: UUID, *, reason: str) -> FileInfo:
    """``vouch`` as a step of another room's act, such as issuing an uploaded result. Raises as ``vouch``."""
    policies.may_vouch(actor, file_id, reason=reason)
    file = policies.visible_file(actor, file_id)
    waiting = Blob.objects.filter(pk=file.blob.pk, scan__in=(Scan.QUARANTINED, Scan.UNSCANNED))
    waiting.update(scan=Scan.RELEASED, scan_reason=f"{actor.name}: {reason}"[:200], scanned_at=timezone.now())
    note(record=file.record_id, file=str(file_id), vouched=reason)
    return info_of(policies.visible_file(actor, file_id))


def answer_when_issued(actor: Actor, file_id: UUID, *, reason: str) -> FileInfo:
    """Who issues an own upload by name answers for it by name, where no scanner could: nobody has to vouch again.

    Step of another room's act, after the file was attached. With a scanner its verdict is waited for; the upload of
    somebody else is left as it is. Raises NotFound, Forbidden, Blocked for a finding.
    """
    file = policies.visible_file(actor, file_id)
    waits = file.blob.scan in (Scan.QUARANTINED, Scan.UNSCANNED)
    if not waits or scanner.address() is not None or not policies.owns(actor, file):
        return info_of(file)
    return answer_for(actor, file_id, reason=reason)


@act("file.scan", policy=policies.only_system, label="Ghi kết quả quét tệp")
def record_scan(actor: Actor, blob_id: int, *, state: Scan, reason: str) -> None:  # noqa: ARG001
    """Write down what the scanner found. A content released or rejected before keeps its state."""
    waiting = Blob.objects.filter(pk=blob_id, scan__in=(Scan.QUARANTINED, Scan.UNSCANNED))
    changed = waiting.update(scan=state, scan_reason=reason[:200], scanned_at=timezone.now())
    note(blob=blob_id, state=state.value, reason=reason[:200], changed=changed)


def open_file(actor: Actor, file_id: UUID, *, accept_unscanned: bool = False) -> OpenedFile:
    """A file for reading. Confidential and unscanned ones are opened by an act that leaves a trace.

    Raises NotFound, Blocked, Unscanned (staff may then ask again with ``accept_unscanned``).
    """
    file = policies.visible_file(actor, file_id)
    if policies.needs_trace(actor, file):
        return read_traced(actor, file_id, accept_unscanned=accept_unscanned)
    policies.may_open(actor, file, accept_unscanned=accept_unscanned)
    return _opened(file)


@act("file.read", policy=policies.may_read, label="Mở tệp hạn chế hoặc chưa quét")
def read_traced(actor: Actor, file_id: UUID, *, accept_unscanned: bool = False) -> OpenedFile:  # noqa: ARG001
    """Open a confidential or unscanned file; who, what and when go to the trail. Raises as ``open_file``."""
    file = policies.visible_file(actor, file_id)
    note(record=file.record_id, file=str(file_id), sha256=file.blob.sha256, scan=file.blob.scan)
    return _opened(file)


def _opened(file: File) -> OpenedFile:
    path = contents.path_of(file.blob.sha256)
    if not path.is_file():
        raise NotFound(_("Kho tệp thiếu nội dung của tệp này. Hãy báo quản trị hệ thống."))
    return OpenedFile(info_of(file), path)
