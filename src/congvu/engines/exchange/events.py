"""What this room tells. Payloads are ids; the rest is read through ``selectors``."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from congvu.ground.events.services import event


@event("exchange.document_arrived")
@dataclass(frozen=True, slots=True)
class DocumentArrived:
    """A document message (new, recall, update or replace) from another agency was read; ``message`` is its id."""

    message: UUID


@event("exchange.mail_arrived")
@dataclass(frozen=True, slots=True)
class MailArrived:
    """A mail with attachments came into an official mailbox and was read; ``message`` is its id."""

    message: UUID


@event("exchange.status_arrived")
@dataclass(frozen=True, slots=True)
class StatusArrived:
    """A status message was read and logged, applied or not; ``message`` is the status message's id."""

    message: UUID


@event("exchange.delivery_changed")
@dataclass(frozen=True, slots=True)
class DeliveryChanged:
    """An outgoing message was delivered to a partner's system, or given up until somebody resends it."""

    message: UUID
