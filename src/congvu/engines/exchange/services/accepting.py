"""Taking messages in: kept and acknowledged at once, read by a job."""

from __future__ import annotations

import contextlib
import shutil
from datetime import timedelta
from typing import IO, BinaryIO, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Refusal
from congvu.common.zones import local
from congvu.engines.exchange import agencies, contents, policies, states
from congvu.engines.exchange.codec import dump
from congvu.engines.exchange.edxml import reader
from congvu.engines.exchange.edxml.payload import spool
from congvu.engines.exchange.edxml.tree import LIMITS, MEGABYTE
from congvu.engines.exchange.errors import MessageNotFound, MessageUnreadable, NotTheSender
from congvu.engines.exchange.events import DocumentArrived, StatusArrived
from congvu.engines.exchange.models import Message, Partner, Thread, Transport
from congvu.engines.exchange.services import log, mails, queue
from congvu.engines.exchange.services.sending import answer
from congvu.engines.exchange.types import Accepted, Attachment, Letter, Operation, Parsed, StatusReport
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.files.errors import Blocked, FileRefused
from congvu.ground.files.types import FileInfo


def accept(raw: bytes, *, via: str) -> Accepted:
    """Keep a message for ever and acknowledge it; a job reads it. The same bytes again get the same answer.

    ``via`` is the key of the partner that brought it. Raises MessageUnreadable only for nothing and for too much.
    """
    if not raw or len(raw) > LIMITS.message:
        words = _("Thông điệp trống hoặc lớn hơn %(n)s MB.")
        raise MessageUnreadable(words % {"n": LIMITS.message // MEGABYTE})
    with transaction.atomic():
        kept = contents.keep(raw, via=via, outgoing=False)
        if not kept.repeated:
            queue.first(queue.READ, kept.message_id)
    return kept


def accept_from(actor: Actor, raw: bytes) -> Accepted:
    """``accept`` for a partner's program, which brings its own agencies' messages only.

    Raises Forbidden for a program that is no partner's, MessageUnreadable when no sender can be told, NotTheSender.
    """
    partner = policies.partner_of(actor)
    code = reader.sender_of(raw)
    if not code:
        raise MessageUnreadable(_("Không đọc được mã cơ quan gửi (From/OrganId) trong thông điệp."))
    if not speaks_for(partner, code):
        words = _("Cơ quan %(code)s không thuộc hệ thống đối tác “%(name)s” của khóa truy cập này.")
        raise NotTheSender(words % {"code": code[:40], "name": partner.name})
    return accept(raw, via=partner.key)


def speaks_for(partner: Partner, code: str) -> bool:
    agency = agencies.agency_of(code)
    return agency is not None and agency.partner_id == partner.pk


def read_message(message_id: UUID) -> None:
    """Read a kept message and do what it says; a second time changes nothing. Done by the job."""
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(id=message_id, state=Message.State.WAITING).first()
        if message is None or message.outgoing:
            return
        if Partner.objects.filter(key=message.via, transport=Transport.MAILBOX).exists():
            mails.take(message)
            return
        parsed = reader.read(contents.stream(message.raw_id))
        message.problems = [str(fault) for fault in parsed.faults]
        _describe(message, parsed)
        reason = _unfit(message, parsed)
        if reason:
            message.problems.append(reason)
        message.state = Message.State.FAULTY if reason or not parsed.usable else Message.State.READ
        message.read_at = timezone.now()
        if message.state == Message.State.READ:
            _apply(message, parsed)
        message.save()


def _describe(message: Message, parsed: Parsed) -> None:
    value = parsed.letter or parsed.report
    if value is None or parsed.kind is None:
        return
    message.kind, message.sender, message.document_id = parsed.kind.value, value.sender.id, value.document_id
    message.code, message.body = value.code, dump(value)
    if parsed.letter is not None:
        message.subject, message.operation = parsed.letter.subject, parsed.letter.operation.value
    if parsed.report is not None:
        message.status = parsed.report.status


def _unfit(message: Message, parsed: Parsed) -> str:
    """Why a readable message is not for us or not from whom it says; empty when it is."""
    partner = Partner.objects.filter(key=message.via).first()
    if partner is not None and partner.transport == Transport.DIRECT and not speaks_for(partner, message.sender):
        return _("Cơ quan gửi ghi trong thông điệp không thuộc hệ thống đối tác đã chuyển nó tới.")
    if parsed.letter is not None and not any(agencies.is_ours(party.id) for party in parsed.letter.to):
        return _("Không có nơi nhận nào là cơ quan dùng hệ thống này: thông điệp gửi nhầm nơi.")
    return ""


def _find_duplicate(message: Message, letter: Letter) -> None:
    """The same identifier, or the same issuer and code in one year, with other content: flagged, never swallowed."""
    if letter.operation is not Operation.NEW:
        return
    senders = agencies.same_agency(letter.sender.id)
    earlier = Message.objects.filter(outgoing=False, kind="document", operation="new", sender__in=senders)
    earlier = earlier.exclude(id=message.id).exclude(state=Message.State.WAITING).order_by("id")
    same = earlier.filter(document_id=letter.document_id).first()
    words = _("Trùng mã định danh văn bản với thông điệp nhận lúc %(at)s nhưng nội dung khác.")
    if same is None and letter.promulgated is not None and letter.code:
        same = earlier.filter(code=letter.code, body__promulgated__startswith=f"{letter.promulgated.year}-").first()
        words = _("Trùng số, ký hiệu và cơ quan ban hành với thông điệp nhận lúc %(at)s.")
    if same is not None:
        message.duplicate_of = same
        message.problems.append(words % {"at": f"{local(same.at):%H:%M %d/%m/%Y}"})


def _apply(message: Message, parsed: Parsed) -> None:
    if parsed.letter is not None:
        _find_duplicate(message, parsed.letter)
        _take_document(message, parsed.letter)
        publish(DocumentArrived(message.id))
    elif parsed.report is not None:
        _take_status(message, parsed.report)
        publish(StatusArrived(message.id))


def _take_document(message: Message, letter: Letter) -> None:
    """For each agency of ours: what an operation asks of documents it has, then the document itself and its 01."""
    about = log.targets(letter)
    for party in letter.to:
        if not agencies.is_ours(party.id):
            continue
        for document_id, organs in about:
            if log.concerns(organs, party.id):
                _request(message, letter, document_id, party.id)
        if letter.document_id not in (document_id for document_id, _organs in about):
            thread = log.open_thread(message, sender=letter.sender.id, recipient=party.id, outgoing=False)
            if not thread.state and not thread.withdrawn:
                _try_answer(message, thread, "01")


def _request(message: Message, letter: Letter, document_id: str, recipient: str) -> None:
    thread = log.find(document_id, sender=letter.sender.id, recipient=recipient, outgoing=False)
    verdict = log.enter(thread, letter.operation.value, ours=False, message=message, description=letter.reason)
    _decline(message, thread, verdict)


def _decline(message: Message, thread: Thread, verdict: states.Verdict | str) -> None:
    """A request that came after the end, or while another waits, is answered at once with the reason."""
    if verdict in (states.Verdict.ENDED, states.Verdict.WAITING):
        _try_answer(message, thread, states.DECLINED, str(states.WHY[states.Verdict(verdict)]))


def _try_answer(message: Message, thread: Thread, code: str, description: str = "") -> None:
    """The automatic answer. Where none can be sent the message is read all the same, and says why."""
    try:
        answer(thread, code, description=description, forced=True)
    except Refusal as refusal:
        words = _("Chưa báo lại được trạng thái %(code)s: %(reason)s")
        message.problems.append(words % {"code": code, "reason": refusal.message})


def _take_status(message: Message, report: StatusReport) -> None:
    """13 speaks of a document that came here; every other code of one that went out."""
    back = report.status == states.TAKE_BACK
    ends = {"sender": report.sender.id, "recipient": report.to}
    if not back:
        ends = {"sender": report.to, "recipient": report.sender.id}
    thread = log.find(report.document_id, **ends, outgoing=not back)
    staff = ", ".join(part for part in (report.staff.name, report.staff.department) if part)
    verdict = log.enter(
        thread, report.status, ours=False, message=message, description=report.description, staff=staff,
        told_at=report.at,
    )  # fmt: skip
    if back:
        _decline(message, thread, verdict)


@act("exchange.read_again", policy=policies.may_administer, label="Đọc lại thông điệp liên thông")
def read_again(_actor: Actor, message_id: UUID) -> None:
    """Read an unusable message once more, after the agencies were put right. Raises MessageNotFound, Conflict."""
    message = Message.objects.select_for_update().filter(id=message_id, outgoing=False).first()
    if message is None:
        raise MessageNotFound(_("Không tìm thấy thông điệp này."))
    if message.state != Message.State.FAULTY:
        raise Conflict(_("Thông điệp này đã đọc được, không cần đọc lại."))
    message.state = Message.State.WAITING
    message.save(update_fields=["state"])
    queue.again(queue.READ, message_id)
    note(message=str(message_id))


def read_waiting(older: timedelta, limit: int = 200) -> int:
    """Give messages whose job was lost a new one. How many."""
    ids = Message.objects.filter(state=Message.State.WAITING, outgoing=False, at__lt=timezone.now() - older)
    return sum(queue.again(queue.READ, found) for found in ids.order_by("id").values_list("id", flat=True)[:limit])


def take_files(actor: Actor, message_id: UUID) -> tuple[FileInfo, ...]:
    """The attachments of a letter as files of the actor, quarantined as any upload, to be attached to a record.

    Step of an act. One that the file room does not take is left out; ``selectors.letter`` still names it. Raises
    MessageNotFound.
    """
    message = Message.objects.filter(id=message_id, kind="document").first()
    if message is None:
        raise MessageNotFound(_("Không tìm thấy thông điệp này."))
    taken: list[FileInfo] = []

    def keep(_number: int, attachment: Attachment, content: IO[bytes]) -> None:
        content.seek(0)
        with contextlib.suppress(FileRefused, Blocked):
            taken.append(files.take(actor, name=attachment.name, stream=cast(BinaryIO, content), limit=LIMITS.file))

    reader.read(contents.stream(message.raw_id), keep=keep)
    return tuple(taken)


def attachment(message_id: UUID, number: int) -> tuple[Attachment, IO[bytes]]:
    """One content of a letter, from 0, out of the kept bytes. Raises MessageNotFound when it has none."""
    found: list[tuple[Attachment, IO[bytes]]] = []

    def keep(place: int, told: Attachment, content: IO[bytes]) -> None:
        if place == number:
            copy = spool()
            content.seek(0)
            shutil.copyfileobj(content, copy)
            copy.seek(0)
            found.append((told, copy))

    message = Message.objects.filter(id=message_id, kind="document").first()
    if message is not None:
        reader.read(contents.stream(message.raw_id), keep=keep)
    if not found:
        raise MessageNotFound(_("Thông điệp này không có nội dung tệp đó."))
    return found[0]
