"""Reading messages, how documents stand, the queue, partners and agencies; and looking into a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import IO, Any, BinaryIO, TypeVar
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.engines.exchange import agencies, contents, policies, states
from congvu.engines.exchange.codec import load
from congvu.engines.exchange.edxml import reader
from congvu.engines.exchange.errors import MessageNotFound
from congvu.engines.exchange.mail import Mail
from congvu.engines.exchange.mail import read as read_mail
from congvu.engines.exchange.models import Agency, Delivery, Message, Partner, StatusEntry, Thread, Transport
from congvu.engines.exchange.services import log, mails
from congvu.engines.exchange.services.accepting import attachment as open_attachment
from congvu.engines.exchange.types import (
    AgencyView,
    Attachment,
    DeliveryState,
    DeliveryView,
    Dialect,
    Kind,
    Letter,
    MessageView,
    Page,
    Parsed,
    PartnerView,
    StateView,
    StatusReport,
    StatusView,
)

COUNT_CAP = 1000
M = TypeVar("M", Delivery, Message)


def letter(message_id: UUID) -> Letter:
    """The letter of a document message, in or out. Raises MessageNotFound."""
    return load(Letter, _message(message_id, Kind.DOCUMENT).body)


def report(message_id: UUID) -> StatusReport:
    """The report of a status message. Raises MessageNotFound."""
    return load(StatusReport, _message(message_id, Kind.STATUS).body)


def _message(message_id: UUID, kind: Kind) -> Message:
    found = Message.objects.filter(id=message_id, kind=kind.value).exclude(body={}).first()
    if found is None:
        raise MessageNotFound(_("Không tìm thấy thông điệp này."))
    return found


def mail(message_id: UUID) -> Mail:
    """A mail that came into an official mailbox. Raises MessageNotFound."""
    found = Message.objects.filter(id=message_id, kind=mails.KIND).values_list("raw_id", flat=True).first()
    if found is None:
        raise MessageNotFound(_("Không tìm thấy thư này."))
    return read_mail(contents.whole(found))


def mailbox_setting(message_id: UUID, name: str) -> str:
    """What the mailbox a mail came into was set up with, such as its ``book``; empty where it says nothing."""
    via = Message.objects.values_list("via", flat=True).get(id=message_id)
    found: dict[str, Any] = Partner.objects.filter(key=via).values_list("settings", flat=True).first() or {}
    return str(found.get(name, ""))


def content(message_id: UUID, number: int) -> tuple[Attachment, IO[bytes]]:
    """One attachment of a letter, counted from 0, out of the kept message. Raises MessageNotFound."""
    return open_attachment(message_id, number)


def message(message_id: UUID) -> MessageView:
    """One message. Raises MessageNotFound."""
    row = Message.objects.select_related("raw").defer("raw__content").filter(id=message_id).first()
    if row is None:
        raise MessageNotFound(_("Không tìm thấy thông điệp này."))
    return _view(row)


def our_recipients(message_id: UUID) -> tuple[AgencyView, ...]:
    """The agencies of ours that a document is addressed to, in its order. Raises MessageNotFound."""
    found = (agencies.agency_of(party.id) for party in letter(message_id).to)
    return tuple(_agency(agency) for agency in found if agency is not None and agency.unit_id is not None)


def sent_message(document_id: str) -> UUID | None:
    """The message by which a document of ours went out; where several systems got one each, the first."""
    rows = Message.objects.filter(document_id=document_id, outgoing=True, kind=Kind.DOCUMENT.value)
    return rows.order_by("at", "id").values_list("id", flat=True).first()


def states_of(document_id: str) -> tuple[StateView, ...]:
    """How a document stands with each of its recipients, with the log. Two statements."""
    rows = Thread.objects.filter(document_id=document_id).order_by("-outgoing", "recipient", "id")
    entries = StatusEntry.objects.order_by("id")
    return tuple(_state(row) for row in rows.prefetch_related(Prefetch("log", queryset=entries)))


def _state(row: Thread) -> StateView:
    return StateView(
        row.document_id, row.sender, row.recipient, row.outgoing, row.state, str(states.WORDS[row.state]), row.request,
        row.withdrawn, tuple(_entry(entry) for entry in row.log.all()),
    )  # fmt: skip


def _entry(row: StatusEntry) -> StatusView:
    if row.verdict == log.EARLY:
        why = _("Đến trước văn bản; được giữ lại để áp dụng khi văn bản đến.")
    else:
        why = str(states.WHY[states.Verdict(row.verdict)])
    applied = row.verdict == states.Verdict.APPLIED
    return StatusView(row.code, str(states.WORDS[row.code]), row.ours, row.at, row.description, applied, why, row.staff)


def deliveries(actor: Actor, *, state: str = "", after: str = "", limit: int = 30) -> Page[DeliveryView]:
    """The queue of the monitor, newest first; one state if asked. One statement. Raises Forbidden."""
    policies.may_administer(actor)
    rows = Delivery.objects.select_related("message", "partner").order_by("-id")
    if state in tuple(DeliveryState):
        rows = rows.filter(state=state)
    shown, rest = _page(rows, after, limit)
    return Page(tuple(_delivery(row) for row in shown), rest)


def messages(actor: Actor, *, state: str = "", after: str = "", limit: int = 30) -> Page[MessageView]:
    """What came in, newest first; ``faulty`` or ``waiting`` alone if asked. One statement. Raises Forbidden."""
    policies.may_administer(actor)
    rows = Message.objects.filter(outgoing=False).select_related("raw").defer("raw__content", "body").order_by("-id")
    if state in Message.State.values:
        rows = rows.filter(state=state)
    shown, rest = _page(rows, after, limit)
    return Page(tuple(_view(row) for row in shown), rest)


def _page(rows: QuerySet[M], after: str, limit: int) -> tuple[list[M], str]:
    """Rows behind the cursor and the next cursor. A cursor that is none starts anew."""
    try:
        cursor = UUID(after) if after else None
    except ValueError:
        cursor = None
    if cursor is not None:
        rows = rows.filter(id__lt=cursor)
    found = list(rows[: limit + 1])
    return found[:limit], str(found[limit - 1].id) if len(found) > limit else ""


def counts(actor: Actor) -> dict[str, int]:
    """How many deliveries wait and failed, how many messages are unread and unusable; each up to 1,000."""
    policies.may_administer(actor)
    sets: dict[str, QuerySet[Any]] = {
        "queued": Delivery.objects.filter(state=DeliveryState.QUEUED),
        "failed": Delivery.objects.filter(state=DeliveryState.FAILED),
        "waiting": Message.objects.filter(state=Message.State.WAITING, outgoing=False),
        "faulty": Message.objects.filter(state=Message.State.FAULTY, outgoing=False),
    }
    return {name: found.order_by()[: COUNT_CAP + 1].count() for name, found in sets.items()}


def partners(actor: Actor) -> tuple[PartnerView, ...]:
    """The partners by name. One statement. Raises Forbidden."""
    policies.may_administer(actor)
    return tuple(
        PartnerView(
            row.key, row.name, str(Transport(row.transport).label), row.address, Dialect(row.dialect), row.active,
            row.polled_at, row.error,
        )
        for row in Partner.objects.order_by("name", "id")
    )  # fmt: skip


def reachable(codes: Iterable[str], on: date | None = None) -> dict[str, str]:
    """For each code the words why nothing can be sent there; empty words where it can."""
    found: dict[str, str] = defaultdict(str)
    for code in codes:
        try:
            agencies.route(code, on)
            found[code] = ""
        except agencies.NoRoute as error:
            found[code] = str(error)
    return dict(found)


def agency(code: str, on: date | None = None) -> AgencyView | None:
    """The agency of a code on a day, for a code of the past the one that had it last."""
    found = agencies.agency_of(code, on)
    return _agency(found) if found is not None else None


def agency_of_unit(unit_id: int) -> AgencyView | None:
    """The agency that a unit of ours is, with its codes, the newest first."""
    found = Agency.objects.select_related("partner").filter(unit=unit_id).first()
    return _agency(found) if found is not None else None


def directory(on: date | None = None) -> tuple[AgencyView, ...]:
    """Every agency that has a code on the day, by name, with the newest such code alone. One statement."""
    found: dict[int, AgencyView] = {}
    for row in agencies.codes_in_force(on):
        partner = row.agency.partner.key if row.agency.partner is not None else ""
        view = AgencyView(row.agency.pk, row.agency.name, row.agency.unit_id, partner, (row.code,))
        found.setdefault(row.agency.pk, view)
    return tuple(found.values())


def _agency(row: Agency) -> AgencyView:
    partner = row.partner.key if row.partner is not None else ""
    return AgencyView(row.pk, row.name, row.unit_id, partner, tuple(agencies.codes_of(row)))


def inspect(data: bytes | BinaryIO) -> Parsed:
    """What a file says, without keeping anything. Never raises for its content."""
    return reader.read(data)


def _view(row: Message) -> MessageView:
    return MessageView(
        id=row.id, outgoing=row.outgoing, via=row.via, kind=row.kind, state=row.state, sender=row.sender,
        document_id=row.document_id, code=row.code, subject=row.subject, operation=row.operation, status=row.status,
        size=row.raw.size, at=row.at, repeats=row.repeats, problems=tuple(row.problems),
        duplicate_of=row.duplicate_of_id,
    )  # fmt: skip


def _delivery(row: Delivery) -> DeliveryView:
    message, partner = row.message, row.partner
    return DeliveryView(
        id=row.id, message_id=message.id, partner=partner.key if partner else "local",
        partner_name=partner.name if partner else _("Trong hệ thống này"), kind=message.kind, code=message.code,
        subject=message.subject, status=message.status, state=DeliveryState(row.state), remote_state=row.remote_state,
        attempts=row.attempts, next_at=row.next_at, error=row.error, created_at=row.created_at, sent_at=row.sent_at,
    )  # fmt: skip
