"""Letting somebody read a document beside its way, what a leader says to that, and printed copies."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.common.zones import local, utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.models import AccessChange, Confirmation
from congvu.domains.documents.services.spread_ending import on_its_way
from congvu.engines.typeset import services as typeset
from congvu.ground.audit import selectors as trail
from congvu.ground.audit.services import act, note, viewed
from congvu.ground.files import services as files
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records


@act("document.share", policy=policies.may_share, label="Cho xem văn bản")
def share(
    actor: Actor, document_id: UUID, *, unit: int | None = None, position: int | None = None, reason: str
) -> None:  # fmt: skip
    """Let a unit or a post read a document that its way does not lead to. A leader's own decision needs no confirming;
    anybody else's stands as an alert until a leader confirms it or takes it back.

    Raises Invalid without a reader of the same agency or a reason, Conflict when they may read it already.
    """
    agency = policies.agency_of_record(document_id)
    reader, name = _reader(agency, unit, position)
    if not clean(reason) or len(clean(reason)) > 1000:
        raise Invalid(_("Chưa ghi lý do."), problems=(Problem("reason", _("Ghi vì sao cần xem văn bản."), "missing"),))
    record = records.lock(document_id)
    if reader in record.readers:
        raise Conflict(_("Đơn vị, vị trí này đã được xem văn bản."))
    records.change(record, add_readers=[reader])
    own = actor.has_role(*policies.LEADERS)
    AccessChange.objects.create(
        record=record, agency_id=agency, reader=reader, reader_name=name, reason=clean(reason), at=utc_now(),
        by=actor.name, by_position=actor.position_title, on_behalf_of=actor.on_behalf_of,
        settled_at=utc_now() if own else None, settled_by=actor.name if own else "", kept=True if own else None,
    )  # fmt: skip
    note(record=record.id, reader=name, reason=clean(reason)[:200])


def _reader(agency: int, unit: int | None, position: int | None) -> tuple[str, str]:
    tree = orgs.tree()
    if position is not None:
        seat = orgs.position(position)
        inside, found = tree.agency_of(seat.unit_id).id == agency, (f"p:{position}", seat.title)
    else:
        view = tree.get(unit) if unit is not None else None
        inside = view is not None and tree.agency_of(view.id).id == agency
        found = (f"u:{unit}", view.name if view is not None else "")
    if not inside:
        message = _("Chọn đơn vị hoặc vị trí của cơ quan. Cơ quan khác nhận văn bản bằng cách gửi văn bản.")
        raise Invalid(message, problems=(Problem("reader", message, "unknown"),))
    return found


@act("document.settle_access", policy=policies.may_settle_access, label="Xác nhận thay đổi quyền xem văn bản")
def settle_access(actor: Actor, change_id: int, *, keep: bool) -> None:
    """A leader confirms that somebody was let to read a document, or takes it back; who has come onto its way since
    reads on. Raises WrongState once settled."""
    change = AccessChange.objects.select_for_update().filter(pk=change_id).first()
    if change is None:
        raise NotFound(_("Không tìm thấy thay đổi này."))
    if change.settled_at is not None:
        raise WrongState(_("Thay đổi này đã được xử lý."))
    change.settled_at, change.settled_by, change.kept = utc_now(), actor.name, keep
    change.save(update_fields=["settled_at", "settled_by", "kept"])
    if not keep and not on_its_way(change.record_id, change.reader) and not _asked_to_read(change):
        records.change(records.lock(change.record_id), drop_readers=[change.reader])
    note(record=change.record_id, reader=change.reader_name, keep=keep)


def _asked_to_read(change: AccessChange) -> bool:
    """Whether the post was asked to read the document since: a competent person's decision of its own."""
    kind, _sign, key = change.reader.partition(":")
    asked = Confirmation.objects.filter(dissemination__document=change.record_id, dissemination__ended_at=None)
    return kind == "p" and asked.filter(position=int(key)).exists()


@act("document.print", policy=policies.may_print, label="In văn bản")
def print_copy(actor: Actor, document_id: UUID, file_id: UUID) -> bytes:
    """A printed copy of one of a document's PDF files, each page saying which copy it is, of whom and when.

    Raises NotFound, Invalid for a file that is no PDF, FileRefused for one that cannot be read.
    """
    opened = files.open_file(actor, file_id)
    if opened.info.record_id != document_id:
        raise NotFound(_("Không tìm thấy tệp này."))
    if opened.info.media_type != "application/pdf":
        message = _("Chỉ in có dấu được tệp PDF. Tệp này hãy tải về rồi in.")
        raise Invalid(message, problems=(Problem("file", message, "not_pdf"),))
    n = trail.view_counts(document_id).printed + 1
    words = f"Bản in số {n} từ hệ thống quản lý văn bản; {actor.name} in lúc {local(utc_now()):%H:%M ngày %d/%m/%Y}"
    pdf = typeset.mark_printed(opened.path.read_bytes(), words)
    viewed(actor, document_id, what="print")
    note(record=document_id, file=str(file_id), copy=n)
    return pdf
