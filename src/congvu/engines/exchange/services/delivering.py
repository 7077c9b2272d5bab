"""Carrying messages: one job per delivery, tried again with growing pauses, given up loudly, sent again by hand.

A row stays locked while its message is on the way. A process that dies after the partner took it sends it once more:
at least once, and the partner knows the same bytes again.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict
from congvu.engines.exchange import contents, policies, transports
from congvu.engines.exchange.errors import MessageNotFound, MessageUnreadable
from congvu.engines.exchange.events import DeliveryChanged
from congvu.engines.exchange.models import Delivery, Partner
from congvu.engines.exchange.services import queue
from congvu.engines.exchange.services.accepting import accept
from congvu.engines.exchange.transports.base import Outgoing, Rejected, Unreachable
from congvu.engines.exchange.types import DeliveryState
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(hours=1)
# With these pauses about two days.
MOST_ATTEMPTS = 60


def deliver(delivery_id: UUID) -> bool:
    """Carry one message if it still waits and nobody else is at it. True if it was taken."""
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(state=DeliveryState.QUEUED)
        row = rows.select_related("message", "partner").filter(id=delivery_id).first()
        if row is None:
            return False
        row.attempts += 1
        try:
            row.remote_id, row.remote_state = _carry(row)
        except Rejected as error:
            _settle(row, DeliveryState.FAILED, str(error))
        except Unreachable as error:
            _postpone(row, str(error))
        else:
            row.sent_at = timezone.now()
            _settle(row, DeliveryState.SENT, "")
    return row.state == DeliveryState.SENT


def _carry(row: Delivery) -> tuple[str, str]:
    """The partner's own id and state of the message. Raises Rejected, Unreachable."""
    message, partner = row.message, row.partner
    raw = contents.whole(message.raw_id)
    if partner is None:
        return str(accept(raw, via="local").message_id), "done"
    if not partner.active:
        raise Unreachable(_("Đường gửi này đang tạm ngừng."))
    recipients = tuple(party["id"] for party in message.body.get("to", [])) if message.kind == "document" else ()
    if message.kind == "status":
        recipients = (message.body["to"],)
    outgoing = Outgoing(message.id, message.kind, message.sender, recipients, message.document_id, raw)
    return transports.of(partner).send(outgoing)


def _settle(row: Delivery, state: DeliveryState, error: str) -> None:
    row.state, row.error, row.next_at = state, error[:500], None
    row.save()
    publish(DeliveryChanged(row.message_id))


def _postpone(row: Delivery, error: str) -> None:
    if row.attempts >= MOST_ATTEMPTS:
        _settle(row, DeliveryState.FAILED, error)
        return
    row.error, row.next_at = error[:500], timezone.now() + pause(row.attempts)
    row.save()
    queue.again(queue.DELIVER, row.id, at=row.next_at)


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubled each time, at most an hour."""
    doubled: timedelta = FIRST_PAUSE * (1 << min(attempts - 1, 20))
    return min(doubled, LONGEST_PAUSE)


@act("exchange.resend", policy=policies.may_resend, label="Gửi lại văn bản qua trục liên thông")
def resend(_actor: Actor, delivery_id: UUID) -> None:
    """Send again what was given up, or at once what waits for its next attempt. Raises MessageNotFound, Conflict."""
    row = Delivery.objects.select_for_update().filter(id=delivery_id).first()
    if row is None:
        raise MessageNotFound(_("Không tìm thấy lượt gửi này."))
    if row.state == DeliveryState.SENT:
        raise Conflict(_("Thông điệp này đã gửi xong, không cần gửi lại."), code="sent")
    row.state, row.attempts, row.next_at = DeliveryState.QUEUED, 0, timezone.now()
    row.save(update_fields=["state", "attempts", "next_at"])
    queue.now(queue.DELIVER, row.id)
    note(delivery=str(delivery_id), message=str(row.message_id), error=row.error)


def requeue_lost(older: timedelta, limit: int = 200) -> int:
    """Give deliveries whose job is gone, as after a restore, a new one. How many."""
    now = timezone.now()
    rows = Delivery.objects.filter(state=DeliveryState.QUEUED, created_at__lt=now - older)
    lost = rows.exclude(next_at__gt=now - older).order_by("id").values_list("id", flat=True)[:limit]
    return sum(queue.again(queue.DELIVER, row) for row in lost)


def poll(key: str) -> int:
    """Fetch what waits at a partner: each message is kept before the partner is told so. How many were taken."""
    partner = Partner.objects.filter(key=key, active=True).first()
    if partner is None:
        return 0
    transport, taken, error = transports.of(partner), 0, ""
    try:
        for remote_id, raw in transport.waiting():
            try:
                accept(raw, via=partner.key)
            except MessageUnreadable as refusal:
                # It stays there, and does not stand in the way of the others.
                error = f"{remote_id}: {refusal.message}"
                continue
            transport.done(remote_id)
            taken += 1
    except (Unreachable, Rejected) as problem:
        error = str(problem)
    Partner.objects.filter(pk=partner.pk).update(polled_at=timezone.now(), error=error[:500])
    return taken
