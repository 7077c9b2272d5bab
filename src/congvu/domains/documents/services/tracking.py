"""Lines of a slip whose work is a task: the task tells how far it is, the slip only where it stands.

A tracked line has no work item of its own. Progress, terms and acceptance are the task's alone, so the two cannot tell
different stories; the line is closed, or taken back, when the task ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from congvu.common.actor import Actor
from congvu.common.zones import utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.events import DocumentBegun
from congvu.domains.documents.models import Direction, Incoming, InState, Outgoing, OutState
from congvu.domains.documents.services import steps
from congvu.domains.documents.services.directing import finish_line
from congvu.domains.documents.services.lines import LEAD
from congvu.domains.documents.services.registering import open_for_leader
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.records import services as records
from congvu.ground.records.selectors import get_visible
from congvu.ground.records.services import Record


@dataclass(frozen=True, slots=True)
class TaskNews:
    """What happened to the task a direction slip gave: ``begun``, ``supported`` (one supporter is done), ``done``,
    or ``lost`` (failed or cancelled). ``unit`` and ``position`` name the supporter."""

    kind: str
    by: str
    words: str = ""
    unit: int | None = None
    position: int | None = None


def require_direct(actor: Actor, document_id: UUID) -> None:
    """Whether the actor may direct the document, for journeys that direct in an act of their own. Raises Forbidden."""
    policies.may_direct(actor, document_id)


def hold_task(lines: Iterable[UUID], task: UUID) -> None:
    """These lines are done through the task. Step of the act that gave both; lines for information have no work."""
    Direction.objects.filter(id__in=list(lines)).exclude(role=Direction.Role.INFORM).update(task=task)


def require_issued(actor: Actor, document_id: UUID) -> str:
    """The kind of an issued document the actor may read. Raises NotFound, WrongState while it is a draft."""
    record = get_visible(actor, document_id, kind=policies.OUTGOING)
    steps.require_state(record, OutState.ISSUED)
    return Outgoing.objects.values_list("kind__key", flat=True).get(record_id=document_id)


def let_read(document_id: UUID, readers: Iterable[str]) -> None:
    """These units and posts may read the document from now on. Step of an act that gives them work from it."""
    records.change(records.lock(document_id), add_readers=list(readers))


@act("document.follow_task", policy=policies.only_system, label="Cập nhật phiếu giải quyết theo nhiệm vụ")
def follow_task(_actor: Actor, task: UUID, news: TaskNews) -> None:
    """The task of a slip was begun, supported, accepted, or lost. Heard again, nothing more happens.

    Lost (failed or cancelled) the slip is taken back and the document waits for a direction again.
    """
    found = Direction.objects.filter(task=task, withdrawn_at=None, done_at=None).order_by("id")
    first = found.first()
    if first is None:
        return
    record, row = steps.load(first.incoming_id)
    note(record=record.id, task=str(task), news=news.kind)
    if record.state != InState.PROCESSING:
        return
    lines = list(found.select_for_update())
    if news.kind == "begun":
        publish(DocumentBegun(record=record.id))
    elif news.kind == "supported":
        _support_done(record, row, lines, news)
    elif news.kind == "done":
        finish_line(news.by, record, row, next(line for line in lines if line.role == LEAD), news.words)
    elif news.kind == "lost":
        _take_back(record, row, lines)
    else:
        raise WrongState(news.kind)


def _support_done(record: Record, row: Incoming, lines: list[Direction], news: TaskNews) -> None:
    """The supporter's own line: the one of its post, else the one of its unit."""
    mine = [line for line in lines if line.role != LEAD and line.unit_id == news.unit]
    mine.sort(key=lambda line: line.position_id != news.position)
    if mine:
        finish_line(news.by, record, row, mine[0], news.words)


def _take_back(record: Record, row: Incoming, lines: list[Direction]) -> None:
    Direction.objects.filter(id__in=[line.id for line in lines]).update(withdrawn_at=utc_now())
    records.change(record, state=InState.REGISTERED, due_at=None)
    open_for_leader(record, row, None)
