"""Rows as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from congvu.common.symbols import written
from congvu.domains.documents.models import Direction, Incoming, InState
from congvu.domains.documents.types import DirectionView, FileCheck, IncomingRow
from congvu.ground.orgs.selectors import UnitTree


def incoming_row(row: Incoming, lead: str) -> IncomingRow:
    record = row.record
    return IncomingRow(
        id=record.id, arrival_number=row.arrival_number, arrival_year=row.arrival_year, arrived_at=row.arrived_at,
        sender=row.sender, code=written(row.number, row.symbol), issued_on=row.issued_on, kind_name=row.kind_name,
        title=record.title, priority=row.priority, state=record.state, state_label=str(InState(record.state).label),
        due_at=record.due_at, lead=lead, channel=row.channel, warnings=tuple(row.warnings),
        registered_at=row.registered_at, closed_at=record.closed_at, checking=row.checking,
    )  # fmt: skip


def file_check(kept: Mapping[str, Any]) -> FileCheck:
    return FileCheck(
        UUID(kept["file"]), kept["name"], kept["standing"], kept["valid"], kept["reason"], tuple(kept["signatures"])
    )


def direction_view(row: Direction, tree: UnitTree) -> DirectionView:
    """A line as the slip shows it; a unit that has ended since keeps the key it had."""
    unit = tree.get(row.unit_id)
    post = row.position
    return DirectionView(
        id=row.id, parent=row.parent_id, role=row.role, role_label=str(Direction.Role(row.role).label),
        unit_id=row.unit_id, unit=unit.name if unit else str(row.unit), position_id=row.position_id,
        position=post.title if post else "", holder="", opinion=row.opinion, due_at=row.due_at,
        no_deadline=row.no_deadline, given_at=row.given_at, given_by=row.given_by, given_as=row.given_as,
        on_behalf_of=row.on_behalf_of, handed_on_at=row.handed_on_at, done_at=row.done_at, done_by=row.done_by,
        result=row.result, item=row.item, task=row.task_id,
    )  # fmt: skip
