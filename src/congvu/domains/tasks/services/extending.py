"""More time is a request with a reason, answered by who gave the task; never an edit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.text import clean
from congvu.common.zones import iso
from congvu.domains.tasks import policies
from congvu.domains.tasks.errors import AlreadyAsked, WrongState
from congvu.domains.tasks.events import ExtensionAnswered, ExtensionAsked
from congvu.domains.tasks.models import RUNNING, Entry, Extension
from congvu.domains.tasks.services import checking, steps
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish


@act("task.ask_extension", policy=policies.may_work, label="Xin gia hạn nhiệm vụ")
def ask_extension(actor: Actor, task_id: UUID, *, until: datetime | None, reason: str) -> None:
    """Ask for a later term. The term stays as it is until the assigner answers.

    Raises Invalid without a reason or a later moment, AlreadyAsked, WrongState.
    """
    said = checking.words(reason, _("Ghi lý do xin gia hạn."), "reason")
    record, task = steps.load(task_id)
    steps.require_state(record, *RUNNING)
    if task.due_at is None:
        raise WrongState(_("Nhiệm vụ này không có thời hạn nên không phải gia hạn."))
    if Extension.objects.filter(task=task, answered_at=None).exists():
        raise AlreadyAsked(_("Đã có một đề nghị gia hạn đang chờ trả lời."))
    wanted = checking.later(until, task.due_at)
    asked = Extension.objects.create(
        task=task, asked_at=timezone.now(), asked_by=actor.name, reason=said, old_due=task.due_at, wanted=wanted
    )
    steps.say(task, actor, Entry.Kind.ASKED, text=said)
    steps.open_assigner_item(task, steps.EXTEND, "Trả lời đề nghị gia hạn")
    publish(ExtensionAsked(record=record.id, extension=asked.pk))
    note(record=record.id, wanted=iso(wanted), reason=said)


@act("task.answer_extension", policy=policies.may_decide, label="Trả lời đề nghị gia hạn nhiệm vụ")
def answer_extension(
    actor: Actor, task_id: UUID, *, granted: bool, until: datetime | None = None, answer: str = ""
) -> None:
    """Grant the wanted term or another later one, or refuse with a reason; the old term stays readable.

    Raises Invalid for a refusal without words or a moment that is not later, WrongState when nothing was asked.
    """
    record, task = steps.load(task_id)
    asked = Extension.objects.filter(task=task, answered_at=None).first()
    if asked is None or record.state not in RUNNING:
        raise WrongState(_("Không có đề nghị gia hạn nào đang chờ trả lời."))
    said = clean(answer) if granted else checking.words(answer, _("Ghi lý do không đồng ý gia hạn."), "answer")
    asked.answered_at, asked.answered_by, asked.granted, asked.answer = timezone.now(), actor.name, granted, said
    # Answered first: a new term moves what waits with it, and this item is no longer one of them.
    steps.done_with(task, actor, steps.EXTEND)
    if granted:
        asked.new_due = checking.later(until or asked.wanted, asked.old_due)
        steps.set_term(task, record, asked.new_due)
        task.save(update_fields=["due_at", "no_term", "notice_at", "notice_level"])
    asked.save(update_fields=["answered_at", "answered_by", "granted", "new_due", "answer"])
    steps.say(task, actor, Entry.Kind.GRANTED if granted else Entry.Kind.DENIED, text=said)
    publish(ExtensionAnswered(record=record.id, extension=asked.pk))
    note(record=record.id, granted=granted, due=iso(asked.new_due) if asked.new_due else "")
