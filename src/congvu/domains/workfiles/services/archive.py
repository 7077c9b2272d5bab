"""Nộp lưu: submit a closed file as a package, the archive answers; sets of files are frozen and released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.common.ids import uuid7
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.workfiles import figures, packing, policies
from congvu.domains.workfiles.errors import WrongState
from congvu.domains.workfiles.events import FileAnswered, FileDue, FileSubmitted
from congvu.domains.workfiles.models import State, Submission, WorkFile
from congvu.domains.workfiles.services import steps
from congvu.domains.workfiles.services.steps import wrong
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.law.selectors import figure
from congvu.ground.records import services as records


@act("workfile.submit", policy=policies.may_keep, label="Nộp lưu hồ sơ")
def submit(actor: Actor, file_id: UUID, *, version: int | None = None) -> int:
    """Hand a closed file to the archive; a job packs it after the commit. Returns the submission's id.

    Raises WrongState, Conflict when the page is stale.
    """
    record, file = steps.load(file_id, version=version)
    steps.require_state(record, State.CLOSED)
    now = timezone.now()
    last = Submission.objects.filter(file__agency=file.agency_id).aggregate(last=Max("number"))["last"] or 0
    made = Submission.objects.create(
        file=file, number=last + 1, package=uuid7(), at=now, by=actor.name,
        answer_by=local_date(now) + timedelta(days=figure(figures.ANSWER_DAYS, local_date(now))),
    )  # fmt: skip
    records.change(record, state=State.SUBMITTED)
    # By name: the job's module calls this one.
    app.configure_task("workfiles.pack").defer(submission=made.pk)
    note(record=record.id, package=str(made.package))
    return made.pk


@act("workfile.pack", policy=policies.only_system, label="Đóng gói hồ sơ nộp lưu")
def pack(_actor: Actor, submission: int) -> bool:
    """Build the package of a submission and keep its digest; then the archive is told. False if that was done before.

    What is missing ends the submission: the reason is kept and told, the file is closed again.
    """
    found = Submission.objects.select_related("file").get(id=submission)
    record = records.lock(found.file_id)
    found.refresh_from_db()
    if found.packed_at is not None or found.answer:
        return False
    found.file.record, found.packed_at = record, timezone.now()
    try:
        package = packing.sip(found.file, found)
    except Refusal as refusal:
        _fail(found, record, refusal.message)
        return True
    found.sha256, found.size = package.sha256, len(package.content)
    found.save(update_fields=["sha256", "size", "packed_at"])
    publish(FileSubmitted(record=record.id))
    note(record=record.id, package=str(found.package), sha256=found.sha256, size=found.size)
    return True


def _fail(found: Submission, record: records.Record, reason: str) -> None:
    found.answer, found.reason, found.answered_at = Submission.Answer.FAILED, reason, found.packed_at
    found.save(update_fields=["answer", "reason", "answered_at", "packed_at"])
    records.change(record, state=State.CLOSED)
    publish(FileAnswered(record=record.id, answer=found.answer))
    note(record=record.id, package=str(found.package), failed=reason)


def to_pack(limit: int = 100) -> list[int]:
    """Submissions no job has packed yet, oldest first. One statement."""
    rows = Submission.objects.filter(packed_at=None, answer="", sha256="").order_by("id")
    return list(rows.values_list("id", flat=True)[:limit])


@act("workfile.answer", policy=policies.may_answer, label="Lưu trữ trả lời hồ sơ nộp lưu")
def answer(actor: Actor, file_id: UUID, *, accepted: bool, reason: str = "") -> None:
    """The archive says "đồng ý", or returns the file with a reason; accepted, its term begins with the next year.

    Raises Invalid for a return without a reason, WrongState, also while the package is being made.
    """
    words = clean(reason)
    if not accepted and not words:
        raise wrong("reason", _("Ghi lý do trả lại hồ sơ."), "required")
    record, file = steps.load(file_id)
    steps.require_state(record, State.SUBMITTED)
    made, now = Submission.objects.get(file=file, answer=""), timezone.now()
    if not made.sha256:
        raise WrongState(_("Gói tin đang được đóng, chưa trả lời được. Hãy xem lại sau ít phút."))
    made.answer = Submission.Answer.ACCEPTED if accepted else Submission.Answer.RETURNED
    made.answered_at, made.answered_by, made.reason = now, actor.name, words
    made.save(update_fields=["answer", "answered_at", "answered_by", "reason"])
    if accepted:
        file.archived_at = now
        file.destroy_after = _expiry(file)
        file.save(update_fields=["archived_at", "destroy_after"])
    records.change(record, state=State.ARCHIVED if accepted else State.CLOSED)
    publish(FileAnswered(record=record.id, answer=made.answer))
    note(record=record.id, accepted=accepted, reason=words)


def _expiry(file: WorkFile) -> date | None:
    """The last day of the term, which runs from the year the work ended; None for permanent files."""
    if file.years is None or file.ended_on is None:
        return None
    return date(file.ended_on.year + file.years, 12, 31)


@act("workfile.freeze", policy=policies.may_freeze, label="Khóa tập hồ sơ")
def freeze(_actor: Actor, file_ids: Sequence[UUID], *, reason: str) -> int:
    """Lock files against moving, changing and destroying (NĐ 30/2020 PL VI IV). Returns how many. Raises Invalid."""
    words = clean(reason)
    if not 0 < len(words) <= 500:
        raise wrong("reason", _("Ghi lý do khóa hồ sơ."), "required")
    done = WorkFile.objects.filter(record__in=list(file_ids), frozen_at=None).update(
        frozen_at=timezone.now(), frozen_reason=words
    )
    note(files=[str(key) for key in file_ids], reason=words)
    return done


@act("workfile.thaw", policy=policies.may_freeze, label="Mở khóa tập hồ sơ")
def thaw(_actor: Actor, file_ids: Sequence[UUID], *, reason: str) -> int:
    """Release locked files. Returns how many. Raises Invalid without a reason."""
    words = clean(reason)
    if not words:
        raise wrong("reason", _("Ghi lý do mở khóa hồ sơ."), "required")
    frozen = WorkFile.objects.filter(record__in=list(file_ids)).exclude(frozen_at=None)
    done = frozen.update(frozen_at=None, frozen_reason="")
    note(files=[str(key) for key in file_ids], reason=words)
    return done


@act("workfile.notice", policy=policies.only_system, label="Nhắc nộp lưu hồ sơ")
def notice(_actor: Actor, file_id: UUID) -> bool:
    """Tell once that a closed file is to be handed to the archive soon. False if it was told or is handed over."""
    record = records.lock(file_id)
    told = WorkFile.objects.filter(record_id=file_id, noticed_at=None, archived_at=None)
    if record.state != State.CLOSED or not told.update(noticed_at=timezone.now()):
        return False
    publish(FileDue(record=record.id))
    note(record=record.id)
    return True


def due_soon(limit: int = 500) -> list[UUID]:
    """Closed files whose last day for the archive is near and which nobody was reminded of. Two statements."""
    today = local_date(timezone.now())
    until = today + timedelta(days=figure(figures.NOTICE_DAYS, today))
    rows = WorkFile.objects.filter(submit_by__lte=until, archived_at=None, noticed_at=None, record__state=State.CLOSED)
    return list(rows.order_by("submit_by", "record_id").values_list("record_id", flat=True)[:limit])
