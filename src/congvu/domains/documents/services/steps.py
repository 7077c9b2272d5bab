"""Steps that several acts share: checking an envelope, opening the record, finding duplicates, opening work."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.symbols import written
from congvu.common.text import clean
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents.errors import Secret, WrongState
from congvu.domains.documents.events import DocumentKept
from congvu.domains.documents.models import Incoming, InState, OutState
from congvu.domains.documents.policies import INCOMING
from congvu.domains.documents.types import IncomingInput, IssuerView
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

# Widths of the metadata table (NĐ 30/2020 Phụ lục VI, phần II).
LIMITS = {
    "sender": 200, "sender_code": 35, "number": 11, "symbol": 30, "kind_name": 100, "subject": 500, "signer": 50,
    "signer_position": 100, "description": 500,
}  # fmt: skip
NO_SUBJECT = "Văn bản mật (không ghi trích yếu)"


def load(document_id: UUID, *, version: int | None = None) -> tuple[Record, Incoming]:
    """The locked record and its incoming document."""
    record = records.lock(document_id, version=version)
    return record, Incoming.objects.select_related("book").get(record_id=document_id)


def require_state(record: Record, *states: InState | OutState) -> None:
    labels = {**dict(InState.choices), **dict(OutState.choices)}
    if record.state not in states:
        words = {"label": labels.get(record.state, record.state)}
        raise WrongState(_("Văn bản đang ở trạng thái “%(label)s” nên không làm được việc này.") % words)


def check(given: IncomingInput, book: IssuerView, today: date) -> None:
    """Every field of the envelope. Raises Invalid naming each field, Secret when secrecy was chosen."""
    if given.secrecy:
        _check_secret(given, book)
    problems = [
        Problem(field, _("Dài quá %(limit)s ký tự.") % {"limit": limit}, "too_long")
        for field, limit in LIMITS.items()
        if len(clean(str(getattr(given, field)))) > limit
    ]
    if not clean(given.sender):
        problems.append(Problem("sender", _("Ghi tên cơ quan, tổ chức, cá nhân gửi."), "missing"))
    if not clean(given.subject) and not given.secrecy:
        problems.append(Problem("subject", _("Ghi trích yếu nội dung văn bản."), "missing"))
    if given.issued_on is not None and given.issued_on > today:
        problems.append(Problem("issued_on", _("Ngày văn bản không thể sau hôm nay."), "future"))
    if given.pages is not None and not 0 < given.pages < 10_000:
        problems.append(Problem("pages", _("Số trang là số từ 1 đến 9.999."), "range"))
    if not 0 < given.copies < 1_000:
        problems.append(Problem("copies", _("Số bản là số từ 1 đến 999."), "range"))
    if problems:
        count = len(problems)
        words = ngettext("Còn %(count)s chỗ cần sửa.", "Còn %(count)s chỗ cần sửa.", count) % {"count": count}
        raise Invalid(words, problems=tuple(problems))


def _check_secret(given: IncomingInput, book: IssuerView) -> None:
    """Choosing a level of secrecy stops the upload, it does not hide the document."""
    if given.files:
        message = _("Văn bản mật không được tải lên hệ thống này. Hãy gỡ tệp và đăng ký vào sổ mật bằng giấy.")
        raise Secret(message, problems=(Problem("secrecy", message, "secret"),))
    if not book.secret_placeholders:
        message = _("Cơ quan không cho ghi văn bản mật vào hệ thống này. Hãy đăng ký vào sổ mật bằng giấy.")
        raise Secret(message, problems=(Problem("secrecy", message, "secret"),))


def open_incoming(
    actor: Actor, book: IssuerView, given: IncomingInput, *, arrived_at: datetime, readers: list[str]
) -> tuple[Record, Incoming]:
    """The record and its row; own uploads are attached and frozen. The subject of a secret paper is never kept."""
    subject = NO_SUBJECT if given.secrecy else clean(given.subject)
    code = written(clean(given.number), clean(given.symbol))
    record = records.open_record(
        kind=INCOMING, title=subject, unit=book.unit_id, state=InState.ARRIVED, readers=readers, opened_at=arrived_at,
        search=f"{code} {clean(given.sender)} {clean(given.signer)}", urgency=given.priority,
    )  # fmt: skip
    row = Incoming.objects.create(
        record=record, book_id=book.id, channel=given.channel, arrived_at=arrived_at, sender=clean(given.sender),
        sender_code=clean(given.sender_code), number=clean(given.number), symbol=clean(given.symbol),
        issued_on=given.issued_on, kind_name=clean(given.kind_name), signer=clean(given.signer),
        signer_position=clean(given.signer_position), priority=given.priority, secrecy=given.secrecy,
        pages=given.pages, copies=given.copies, paper_follows=given.paper_follows, reply_by=given.reply_by,
        description="" if given.secrecy else clean(given.description), document_id=given.document_id,
        message=given.message, warnings=list(given.warnings),
    )  # fmt: skip
    for place, file in enumerate(given.files):
        files.attach(actor, file, record=record.id, purpose="document", label="Văn bản" if place == 0 else "")
        files.lock_version(file)
    return record, row


def keep_arrival(actor: Actor, book: IssuerView, given: IncomingInput, *, readers: list[str]) -> Record:
    """What came by exchange or mail, waiting for the records clerk. A message kept before is the same record.

    Step of a journey's act. Raises Invalid for an envelope that cannot be kept.
    """
    if given.message is not None:
        known = Incoming.objects.filter(book=book.id, message=given.message).select_related("record").first()
        if known is not None:
            return known.record
    now = utc_now()
    check(given, book, local_date(now))
    record, row = open_incoming(actor, book, given, arrived_at=now, readers=readers)
    if given.files:
        row.checking = True
        row.save(update_fields=["checking"])
        publish(DocumentKept(record=record.id))
    return record
