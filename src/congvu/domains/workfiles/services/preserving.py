"""What keeps a file readable and found: keeping copies, further metadata, its level of information."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import SYSTEM, Actor
from congvu.common.errors import Conflict
from congvu.common.text import clean, fold
from congvu.domains.workfiles import policies
from congvu.domains.workfiles.metadata import EAD_DOC, INCOMING, LEVELS, MODES, OUTGOING
from congvu.domains.workfiles.models import Entry, Further, KeepingCopy, State
from congvu.domains.workfiles.services import steps
from congvu.domains.workfiles.services.steps import wrong
from congvu.ground.audit.services import act, note
from congvu.ground.files import services as uploads
from congvu.ground.files.selectors import several
from congvu.ground.records import services as records

PDF = "application/pdf"
NAME, VALUE = 100, 500
_RESERVED = frozenset(fold(field.name) for field in (*OUTGOING, *INCOMING, *EAD_DOC))


@act("workfile.keep_copy", policy=policies.may_preserve, label="Thêm bản bảo quản lâu dài")
def keep_copy(actor: Actor, file_id: UUID, original: UUID, *, copy: UUID | None) -> None:
    """Put a copy in PDF/A beside a file that is in no format meant for keeping; the original stays as it is.

    ``copy`` is an own upload. Both digests are written down. Raises Invalid for a copy that is no PDF/A, Conflict when
    the original has one already, WrongState, Frozen.
    """
    record, file = steps.load(file_id)
    steps.require_state(record, State.OPEN, State.CLOSED, State.ARCHIVED)
    entry = Entry.objects.filter(file=file, removed_at=None, unkept__contains=[original]).first()
    if entry is None:
        raise Conflict(_("Tệp này không còn cần bản bảo quản. Hãy tải lại trang."), code="stale")
    if copy is None:
        raise wrong("file", _("Chọn tệp PDF/A đã chuyển đổi từ tệp gốc."), "required")
    (source,) = several([original])
    kept = uploads.attach(
        actor, copy, record=file_id, purpose="internal", label=f"Bản bảo quản của {source.name}"
    )  # fmt: skip
    if kept.media_type != PDF or not _is_archival(copy):
        raise wrong("file", _("Bản bảo quản phải là tệp PDF/A. Hãy lưu lại tệp theo chuẩn PDF/A."), "format")
    KeepingCopy.objects.create(
        file=file, original=original, original_name=source.name, original_sha256=source.sha256, copy=copy,
        copy_sha256=kept.sha256, made_at=timezone.now(), made_by=actor.name,
    )  # fmt: skip
    for other in Entry.objects.filter(unkept__contains=[original]):
        other.unkept = [key for key in other.unkept if key != original]
        other.save(update_fields=["unkept"])
    records.change(record)
    note(record=record.id, original=str(original), original_sha256=source.sha256, copy=str(copy), sha256=kept.sha256)


def _is_archival(file_id: UUID) -> bool:
    """Whether the PDF says of itself that it is PDF/A."""
    import pikepdf

    with pikepdf.open(BytesIO(uploads.open_file(SYSTEM, file_id).path.read_bytes())) as held:
        return bool(held.open_metadata().pdfa_status)


@act("workfile.describe", policy=policies.may_describe, label="Bổ sung siêu dữ liệu văn bản")
def describe(actor: Actor, document: UUID, *, name: str, value: str) -> None:
    """Add a field of metadata to a document; a name again is a correction, the earlier value stays (PL VI III.7).

    Raises Invalid for an empty or a long one, and for a field that the system keeps itself.
    """
    words, text = clean(name), clean(value)
    if not 0 < len(words) <= NAME:
        raise wrong("name", _("Ghi tên trường, tối đa 100 ký tự."), "required")
    if fold(words) in _RESERVED:
        raise wrong("name", _("Trường này do hệ thống giữ theo quy định. Hãy đặt tên khác."), "reserved")
    if not 0 < len(text) <= VALUE:
        raise wrong("value", _("Ghi nội dung, tối đa 500 ký tự."), "required")
    Further.objects.create(document_id=document, name=words, value=text, at=timezone.now(), by=actor.name)
    note(record=document, name=words, value=text)


@act("workfile.set_level", policy=policies.may_preserve, label="Đặt chế độ sử dụng hồ sơ")
def set_level(_actor: Actor, file_id: UUID, *, level: str, reason: str) -> None:
    """Put a file into a group of access, public or conditional, until it is handed to the archive.

    Raises Invalid for any other level: secret records come in after they are declassified; WrongState, Frozen.
    """
    words = clean(reason)
    if level not in LEVELS:
        raise wrong("level", _("Chọn công khai hoặc có điều kiện. Tài liệu mật chỉ vào hồ sơ sau khi giải mật."))
    if not 0 < len(words) <= 300:
        raise wrong("reason", _("Ghi lý do đặt chế độ sử dụng."), "required")
    record, file = steps.load(file_id)
    steps.require_state(record, State.OPEN, State.CLOSED)
    before, file.rights = file.rights, level
    file.save(update_fields=["rights"])
    records.change(record)
    note(record=record.id, before=MODES[before], level=MODES[level], reason=words)
