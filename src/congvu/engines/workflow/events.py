"""What the room tells others. Payloads are ids and words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from congvu.ground.events.services import event


@event("workflow.item_opened")
@dataclass(frozen=True, slots=True)
class WorkItemOpened:
    """Something new waits for somebody."""

    item: UUID
    record: UUID


@event("workflow.step_done")
@dataclass(frozen=True, slots=True)
class StepDone:
    """A step was completed or sent back (``outcome`` "send_back")."""

    item: UUID
    record: UUID
    node: str
    outcome: str


@event("workflow.instance_ended")
@dataclass(frozen=True, slots=True)
class InstanceEnded:
    """A process came to its end, or was stopped (``outcome`` "cancelled")."""

    instance: UUID
    record: UUID
    outcome: str
