"""Who may upload, discard, vouch for and open files."""

from __future__ import annotations

from typing import Any, BinaryIO
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden, NotFound
from congvu.ground.files.errors import Blocked, Unscanned
from congvu.ground.files.models import File
from congvu.ground.files.types import Purpose, Scan
from congvu.ground.records import selectors as records

NOT_FOUND = gettext_noop("Không tìm thấy tệp này, hoặc tệp không thuộc phạm vi được xem.")


def may_upload(actor: Actor, *, name: str, stream: BinaryIO, limit: int | None = None) -> None:
    """Anybody who is somebody: an upload belongs to its uploader until it is attached."""
    if actor.user_id is None and actor.subject_id is None and actor.kind is not ActorKind.SYSTEM:
        raise Forbidden(_("Hãy đăng nhập để gửi tệp."))


def may_discard(actor: Actor, file_id: UUID) -> None:
    """The uploader, as long as nothing uses the file."""
    if not File.objects.filter(id=file_id, **owned_by(actor)).exists():
        raise NotFound(_(NOT_FOUND))


def may_vouch(actor: Actor, file_id: UUID, *, reason: str) -> None:
    """Staff who may see the file; they answer for it with their name."""
    file = visible_file(actor, file_id)
    if actor.kind is not ActorKind.STAFF:
        raise Forbidden(_("Chỉ cán bộ có trách nhiệm mới xác nhận được tệp."))
    if file.blob.scan == Scan.REJECTED:
        raise Blocked(
            _("Tệp đã bị chặn (%(scan_reason)s), không thể cho phép dùng.") % {"scan_reason": file.blob.scan_reason}
        )


def may_read(actor: Actor, file_id: UUID, *, accept_unscanned: bool = False) -> None:
    may_open(actor, visible_file(actor, file_id), accept_unscanned=accept_unscanned)


def may_recognise(actor: Actor, file_id: UUID) -> None:
    """The uploader, of what the scanner did not block."""
    file = File.objects.select_related("blob").filter(id=file_id, **owned_by(actor)).first()
    if file is None:
        raise NotFound(_(NOT_FOUND))
    may_open(actor, file, accept_unscanned=True)


def only_system(actor: Actor, *_args: Any, **_kwargs: Any) -> None:
    if actor.kind is not ActorKind.SYSTEM:
        raise Forbidden(_("Việc này do hệ thống thực hiện."))


def owned_by(actor: Actor) -> dict[str, Any]:
    """Filter for the actor's own uploads. Citizens own by subject, so any of their logins and devices will do.

    What the program took in itself (an exchanged message's contents) belongs to nobody else.
    """
    if actor.subject_id is not None:
        return {"owner_subject": actor.subject_id}
    if actor.kind is ActorKind.SYSTEM:
        return {"owner_subject__isnull": True, "owner_user__isnull": True}
    return {"owner_subject__isnull": True, "owner_user": actor.user_id if actor.user_id is not None else -1}


def owns(actor: Actor, file: File) -> bool:
    """The actor sent the file in."""
    if actor.subject_id is not None:
        return file.owner_subject == actor.subject_id
    return actor.user_id is not None and file.owner_subject is None and file.owner_user == actor.user_id


def for_citizens(file: File) -> bool:
    """What somebody outside the office may see on a record that he may read."""
    if file.purpose == Purpose.RESULT:
        return file.locked_at is not None
    return file.purpose in (Purpose.SUBMITTED, Purpose.SUPPLEMENT)


def visible_file(actor: Actor, file_id: UUID) -> File:
    """The file with its content row. Raises NotFound, whether it is missing or hidden."""
    file = File.objects.select_related("blob", "record", "replaced_by").filter(id=file_id).first()
    if file is None or not _may_see(actor, file):
        raise NotFound(_(NOT_FOUND))
    return file


def _may_see(actor: Actor, file: File) -> bool:
    if actor.kind is ActorKind.SYSTEM:
        return True
    if file.record_id is None:
        return owns(actor, file)
    if actor.kind is ActorKind.CITIZEN and not for_citizens(file):
        return False
    return records.visible_to(actor).filter(id=file.record_id).exists()


def may_open(actor: Actor, file: File, *, accept_unscanned: bool) -> None:
    """Raises Blocked for a finding; Unscanned where nobody has looked yet and the file is not the reader's own."""
    if file.blob.scan == Scan.REJECTED:
        raise Blocked(
            _("Tệp bị chặn vì phát hiện nội dung nguy hiểm (%(scan_reason)s).") % {"scan_reason": file.blob.scan_reason}
        )
    if file.blob.scan == Scan.RELEASED or owns(actor, file) or actor.kind is ActorKind.SYSTEM:
        return
    if actor.kind is not ActorKind.STAFF:
        raise Unscanned(_("Tệp đang được kiểm tra an toàn. Ông/bà xem lại sau ít phút."))
    if not accept_unscanned:
        raise Unscanned(_("Tệp chưa được quét mã độc. Chỉ mở khi thật cần và biết rõ nguồn gốc."))


def needs_trace(actor: Actor, file: File) -> bool:
    """Opening a confidential record's file, or an unscanned one of somebody else, is written down."""
    if actor.kind is ActorKind.SYSTEM:
        return False
    confidential = file.record is not None and file.record.confidentiality > 0
    return confidential or (file.blob.scan != Scan.RELEASED and not owns(actor, file))
