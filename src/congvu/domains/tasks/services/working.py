"""What the owner and the supporters do: begin, report, contribute, write, return, finish."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, NotFound, Problem
from congvu.domains.tasks import policies
from congvu.domains.tasks.errors import WrongState
from congvu.domains.tasks.events import TaskBegun, TaskReturned, TaskSaid
from congvu.domains.tasks.models import ENDED, RUNNING, Entry, State, Support, Task
from congvu.domains.tasks.services import checking, steps
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.records import services as records
from congvu.ground.records.selectors import visible_to
from congvu.ground.records.services import Record


@act("task.start", policy=policies.may_work, label="Bắt đầu thực hiện nhiệm vụ")
def start(actor: Actor, task_id: UUID) -> None:
    """The owner begins; from now on the task is not returned any more. Raises WrongState."""
    record, task = steps.load(task_id)
    steps.require_state(record, State.GIVEN)
    _begin(task, record)
    steps.say(task, actor, Entry.Kind.STARTED)
    note(record=record.id)


def _begin(task: Task, record: Record) -> None:
    if record.state == State.GIVEN:
        task.started_at = timezone.now()
        task.save(update_fields=["started_at"])
        records.change(record, state=State.DOING)
        publish(TaskBegun(record=record.id))


@act("task.report", policy=policies.may_work, label="Báo cáo tiến độ nhiệm vụ")
def report(actor: Actor, task_id: UUID, *, text: str, percent: int, attached: Sequence[UUID] = ()) -> None:
    """Progress in words and in a number from 0 to 99; reporting begins a task that was not begun.

    100 is the report that it is finished. Raises Invalid, WrongState.
    """
    said = checking.words(text, _("Ghi đã làm được gì, còn vướng gì."))
    if not 0 <= percent <= 99:
        message = _("Tiến độ từ 0 đến 99. Đã xong thì gửi báo cáo hoàn thành.")
        raise Invalid(message, problems=(Problem("percent", message, "range"),))
    record, task = steps.load(task_id)
    steps.require_state(record, *RUNNING)
    _begin(task, record)
    task.percent = percent
    task.save(update_fields=["percent"])
    entry = steps.say(task, actor, Entry.Kind.PROGRESS, text=said, percent=percent, attached=attached)
    publish(TaskSaid(record=record.id, entry=entry.pk))
    note(record=record.id, percent=percent)


@act("task.contribute", policy=policies.may_support, label="Báo cáo phần phối hợp")
def contribute(actor: Actor, task_id: UUID, *, text: str, attached: Sequence[UUID] = (), done: bool = False) -> None:
    """A supporter's part; ``done`` takes it out of the supporter's inbox. Raises Invalid, WrongState."""
    said = checking.words(text, _("Ghi phần việc đã phối hợp."))
    record, task = steps.load(task_id)
    steps.require_state(record, *RUNNING)
    kind = Entry.Kind.SUPPORTED if done else Entry.Kind.SUPPORT
    entry = steps.say(task, actor, kind, text=said, attached=attached)
    if done:
        Support.objects.filter(task=task, position=actor.position_id).update(done_at=timezone.now())
        steps.done_with(task, actor, steps.SUPPORT, position=actor.position_id)
    publish(TaskSaid(record=record.id, entry=entry.pk))
    note(record=record.id, done=done)


@act("task.comment", policy=policies.may_comment, label="Trao đổi về nhiệm vụ")
def comment(actor: Actor, task_id: UUID, *, text: str, attached: Sequence[UUID] = ()) -> None:
    """A line in the thread that all on the task read. Raises Invalid, WrongState once it has ended."""
    said = checking.words(text, _("Ghi nội dung trao đổi."))
    record, task = steps.load(task_id)
    if record.state in ENDED:
        raise WrongState(_("Nhiệm vụ này đã kết thúc."))
    entry = steps.say(task, actor, Entry.Kind.COMMENT, text=said, attached=attached)
    publish(TaskSaid(record=record.id, entry=entry.pk))
    note(record=record.id)


@act("task.return", policy=policies.may_work, label="Trả lại nhiệm vụ")
def send_back(actor: Actor, task_id: UUID, *, reason: str) -> None:
    """Return a task before it was begun, with a reason; the assigner gives it again or cancels it.

    Raises Invalid, WrongState once it was begun.
    """
    said = checking.words(reason, _("Ghi lý do trả lại nhiệm vụ."), "reason")
    record, task = steps.load(task_id)
    steps.require_state(record, State.GIVEN)
    task.notice_at = None
    task.save(update_fields=["notice_at"])
    steps.done_with(task, actor, steps.DO)
    records.change(record, state=State.RETURNED)
    steps.say(task, actor, Entry.Kind.RETURNED, text=said)
    steps.open_assigner_item(task, steps.AGAIN, "Nhiệm vụ bị trả lại")
    publish(TaskReturned(record=record.id))
    note(record=record.id, reason=said)


@act("task.finish", policy=policies.may_work, label="Báo cáo hoàn thành nhiệm vụ")
def finish(
    actor: Actor, task_id: UUID, *, text: str, attached: Sequence[UUID] = (), result: UUID | None = None
) -> None:
    """The owner reports the task finished, with what came of it; the assigner judges.

    ``result`` is the record that is the result (an issued document). Raises Invalid, WrongState, NotFound.
    """
    said = checking.words(text, _("Ghi kết quả đã đạt được."))
    if result is not None and not visible_to(actor).filter(id=result).exists():
        raise NotFound(_("Không tìm thấy văn bản kết quả, hoặc văn bản không thuộc phạm vi được xem."))
    steps.finish_task(actor, task_id, text=said, attached=attached, result=result)
    note(record=task_id, result=str(result or ""))
