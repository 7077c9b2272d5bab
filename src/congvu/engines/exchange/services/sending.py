"""Sending: messages are written, checked and kept in the caller's transaction; jobs carry them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import SYSTEM
from congvu.common.errors import Invalid, Problem
from congvu.engines.exchange import agencies, contents, states
from congvu.engines.exchange.agencies import NoRoute, Route
from congvu.engines.exchange.codec import dump, load
from congvu.engines.exchange.edxml import writer
from congvu.engines.exchange.errors import MessageInvalid, MessageNotFound, UnknownRecipient, WrongStatus
from congvu.engines.exchange.models import Delivery, Message, Partner, Thread
from congvu.engines.exchange.services import log, queue
from congvu.engines.exchange.states import TAKE_BACK, WHY, Verdict
from congvu.engines.exchange.types import Dialect, Hop, Kind, Letter, Party, Staff, StatusReport
from congvu.ground.files import services as files


def send_document(letter: Letter, contents_given: Sequence[bytes] | None = None) -> UUID:
    """Send a document (new, recall, update or replace) to its recipients; the id of the first message written.

    Step of an act. Attachments name released files of ours by ``file``, or their bytes are given. One message is
    written for each partner system, in its dialect, with the recipients reached through it. Raises UnknownRecipient
    naming every recipient without a way, MessageInvalid naming everything a partner would refuse.
    """
    letter = writer.complete(letter)
    if not agencies.is_ours(letter.sender.id):
        words = _("Mã %(code)s không phải của một cơ quan dùng hệ thống này.") % {"code": letter.sender.id}
        raise MessageInvalid(words, problems=(Problem("sender.id", words),))
    routes = _routes(letter.to)
    given = list(contents_given) if contents_given is not None else _bytes_of(letter)
    letter = replace(letter, hops=(*letter.hops, Hop(letter.sender.id, timezone.now())))
    made = [
        _write(replace(letter, to=tuple(party for party, _route in group)), given, partner)
        for partner, group in _by_partner(routes).items()
    ]
    _follow(letter, made)
    return made[0].id


def _routes(parties: Sequence[Party]) -> list[tuple[Party, Route]]:
    found, problems = [], []
    for number, party in enumerate(parties):
        try:
            way = agencies.route(party.id)
            found.append((replace(party, id=way.code), way))
        except NoRoute as error:
            problems.append(Problem(f"to.{number}.id", str(error), "unknown_recipient"))
    if problems:
        raise UnknownRecipient(_("Có nơi nhận chưa gửi liên thông được."), problems=tuple(problems))
    return found


def _by_partner(routes: list[tuple[Party, Route]]) -> dict[Partner | None, list[tuple[Party, Route]]]:
    groups: dict[Partner | None, list[tuple[Party, Route]]] = {}
    for party, way in routes:
        groups.setdefault(way.partner, []).append((party, way))
    return groups or {None: []}


def _bytes_of(letter: Letter) -> list[bytes]:
    """Contents of own files; only what is known to be clean leaves the house."""
    found, problems = [], []
    for number, attachment in enumerate(letter.attachments):
        if attachment.file is None:
            problems.append(Problem(f"attachments.{number}", _("Chưa chọn tệp."), "required"))
            continue
        opened = files.open_file(SYSTEM, attachment.file)
        if not opened.info.sendable:
            words = _("Tệp “%(name)s” chưa được kiểm tra an toàn nên chưa gửi đi được.")
            problems.append(Problem(f"attachments.{number}", words % {"name": opened.info.name}))
            continue
        found.append(opened.path.read_bytes())
    if problems:
        raise MessageInvalid(_("Chưa lập được thông điệp liên thông."), problems=tuple(problems))
    return found


def _write(letter: Letter, given: list[bytes], partner: Partner | None) -> Message:
    dialect = Dialect(partner.dialect) if partner is not None else Dialect.ZIP
    if partner is not None and not letter.type:
        letter = replace(letter, type=partner.document_type)
    raw = writer.write_letter(letter, given, dialect)
    return _keep(raw, Kind.DOCUMENT, letter, partner)


def _keep(raw: bytes, kind: Kind, value: Letter | StatusReport, partner: Partner | None) -> Message:
    """The message and its delivery; the job starts with the commit."""
    kept = contents.keep(raw, via=partner.key if partner else "local", outgoing=True)
    message = Message.objects.get(id=kept.message_id)
    if kept.repeated:
        return message
    message.kind, message.sender, message.document_id = kind.value, value.sender.id, value.document_id
    message.code, message.body, message.read_at = value.code, dump(value), timezone.now()
    if isinstance(value, Letter):
        message.subject, message.operation = value.subject, value.operation.value
    else:
        message.status = value.status
    message.state = Message.State.READ
    message.save()
    delivery = Delivery.objects.create(message=message, partner=partner, created_at=timezone.now())
    queue.first(queue.DELIVER, delivery.id)
    return message


def _follow(letter: Letter, made: list[Message]) -> None:
    """A thread for each recipient, and what an operation asks about documents sent before."""
    about = log.targets(letter)
    for message in made:
        for row in message.body["to"]:
            for document_id, organs in about:
                if log.concerns(organs, row["id"]):
                    thread = log.find(document_id, sender=letter.sender.id, recipient=row["id"], outgoing=True)
                    log.enter(thread, letter.operation.value, ours=True, message=message, description=letter.reason)
            if letter.document_id not in (document_id for document_id, _organs in about):
                log.open_thread(message, sender=letter.sender.id, recipient=row["id"], outgoing=True)


def send_status(
    message_id: UUID, code: str, *, recipient: str = "", description: str = "", staff: Staff | None = None
) -> UUID | None:
    """Tell the other side where a document stands; the id of the status message, None when the code says nothing new:
    it, or a later one, was sent before.

    Step of an act. ``message_id`` is the document's message: one that came for 01–06, 15 and 16, one that went out
    for 13. ``recipient`` is the code of the recipient where the document has several. 02, 13 and 16 need a reason in
    ``description``. Raises MessageNotFound, WrongStatus with the reason, MessageInvalid.
    """
    if code not in (*states.PROGRESS, TAKE_BACK, *states.ANSWERS):
        words = _("Không có mã trạng thái “%(code)s” để gửi.") % {"code": code[:20]}
        raise Invalid(words, problems=(Problem("code", words),))
    return answer(
        _thread(message_id, recipient, outgoing=code == TAKE_BACK), code, description=description, staff=staff
    )


def _thread(message_id: UUID, recipient: str, *, outgoing: bool) -> Thread:
    message = Message.objects.filter(id=message_id, kind="document", outgoing=outgoing).first()
    if message is None:
        raise MessageNotFound(_("Không tìm thấy văn bản liên thông này."))
    found = Thread.objects.select_for_update().filter(document_id=message.document_id, outgoing=outgoing)
    found = found.filter(sender__in=agencies.same_agency(message.sender), message__isnull=False)
    if recipient:
        found = found.filter(recipient__in=agencies.same_agency(recipient))
    threads = list(found.order_by("id")[:2])
    if not threads:
        raise MessageNotFound(_("Văn bản này không có nơi nhận đó."))
    if len(threads) > 1:
        raise WrongStatus(_("Văn bản có nhiều nơi nhận; hãy chọn một nơi nhận."), code="several_recipients")
    return threads[0]


def answer(
    thread: Thread, code: str, *, description: str = "", staff: Staff | None = None, forced: bool = False
) -> UUID | None:
    """Write the code down as ours and send it to the other side. Step; the caller holds the thread locked.

    ``forced`` answers a request that the table did not open. Raises WrongStatus, MessageInvalid.
    """
    staff = staff or Staff()
    told = description or str(states.WORDS[code])
    verdict = states.step(log.standing(thread), code)[1]
    if verdict in (Verdict.REPEATED, Verdict.LATE):
        return None
    if verdict is not Verdict.APPLIED and not forced:
        raise WrongStatus(str(WHY[verdict]))
    report = _report(thread, code, description if code in ("02", TAKE_BACK, "16") else told, staff)
    message = _keep(writer.write_status(report), Kind.STATUS, report, _way(thread))
    who = ", ".join(part for part in (staff.name, staff.department) if part)
    log.enter(thread, code, ours=True, message=message, description=told, staff=who, told_at=report.at)
    return message.id


def _report(thread: Thread, code: str, description: str, staff: Staff) -> StatusReport:
    """From the side that we are to the other; our name is the one the document used."""
    mine, theirs = (thread.sender, thread.recipient) if thread.outgoing else (thread.recipient, thread.sender)
    letter = load(Letter, thread.message.body) if thread.message is not None else None
    parties = [] if letter is None else [letter.sender, *letter.to]
    agency = agencies.agency_of(mine)
    fallback = Party(mine, agency.name if agency is not None else mine)
    sender = next((party for party in parties if party.id == mine and party.name), fallback)
    return StatusReport(
        sender=sender, to=theirs, document_id=thread.document_id, status=code, description=description, staff=staff,
        code=letter.code if letter is not None else "", promulgated=letter.promulgated if letter is not None else None,
        at=timezone.now(),
    )  # fmt: skip


def _way(thread: Thread) -> Partner | None:
    """Back the way the document came, as long as that way is open; else the way the table names."""
    if thread.message is not None:
        came = Partner.objects.filter(key=thread.message.via, active=True).first()
        if came is not None or thread.message.via == "local":
            return came
    try:
        return agencies.route(thread.sender if not thread.outgoing else thread.recipient).partner
    except NoRoute as error:
        raise UnknownRecipient(str(error)) from error
