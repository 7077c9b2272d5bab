"""Putting an item away by its holder: the one thing people do to work itself, apart from the work of a domain."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from congvu.common.actor import Actor
from congvu.engines.workflow import policies
from congvu.engines.workflow.services.items import snooze
from congvu.ground.audit.services import act, note


@act("work.put_off", policy=policies.may_put_off, label="Để việc lại sau")
def put_off(actor: Actor, item_id: UUID, *, until: datetime | None) -> None:  # noqa: ARG001 the policy asks it
    """Hide an item from the holder's inbox until a moment; None shows it again. Due times stay.

    Raises NotFound, Forbidden for who does not hold it, Invalid for a moment gone or more than 60 days ahead.
    """
    snooze(item_id, until)
    note(item=str(item_id), until=until.isoformat() if until else "")
