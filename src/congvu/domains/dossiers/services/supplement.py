"""The one request to complete a dossier, its cancelling and its answer."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.dossiers import policies
from congvu.domains.dossiers.errors import AlreadyAsked, WrongState
from congvu.domains.dossiers.events import SupplementAnswered, SupplementAsked, SupplementCancelled
from congvu.domains.dossiers.figures import SUPPLEMENT_ANSWER, SUPPLEMENT_WITHIN
from congvu.domains.dossiers.models import Dossier, State, Supplement
from congvu.domains.dossiers.services import steps
from congvu.domains.dossiers.types import PaperLine
from congvu.engines.deadlines import services as deadlines
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.law import selectors as law
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.worktime import rules as worktime
from congvu.ground.worktime import selectors as calendars
from congvu.ground.worktime.types import Calendar

BASIS = "Điều 19 khoản 4 Nghị định 61/2018/NĐ-CP; Điều 11 Nghị định 118/2025/NĐ-CP"


@act("dossier.ask_supplement", policy=policies.may_handle, label="Yêu cầu bổ sung")
def ask_supplement(actor: Actor, dossier_id: UUID, *, items: list[str], reason: str) -> int:
    """Ask once for everything that is missing (form 02), within three working days of reception (R8).

    The legal clock stops and will start from zero; the index clock pauses. Returns the supplement's id.
    Raises Invalid, AlreadyAsked, WrongState when the days are over.
    """
    wanted = [clean(line) for line in items if clean(line)]
    _check(wanted, reason)
    record, dossier = steps.load(dossier_id)
    steps.require_state(record, State.PROCESSING)
    if Supplement.objects.filter(dossier=dossier, cancelled_at__isnull=True).exists():
        raise AlreadyAsked(_("Cơ quan chỉ được yêu cầu bổ sung một lần; hồ sơ này đã được yêu cầu trước đó."))
    now = timezone.now()
    _require_in_time(dossier)
    calendar = _calendar(dossier)
    answer_by = worktime.due(now, law.figure(SUPPLEMENT_ANSWER, local_date(now)), calendar).due
    supplement = Supplement.objects.create(
        dossier=dossier, items=wanted, reason=clean(reason), asked_at=now, asked_by=actor.name, answer_by=answer_by
    )
    deadlines.pause(record.id, at=now, reason="supplement", basis=BASIS, by=actor.name)
    records.change(record, state=State.SUPPLEMENT)
    publish(SupplementAsked(record=record.id, supplement=supplement.pk))
    note(record=record.id, items=wanted, reason=clean(reason))
    return supplement.pk


def _check(items: list[str], reason: str) -> None:
    problems = []
    if not items:
        problems.append(Problem("items", _("Ghi ít nhất một giấy tờ hoặc nội dung cần bổ sung."), "missing"))
    if not clean(reason):
        problems.append(Problem("reason", _("Ghi lý do cần bổ sung."), "missing"))
    if problems:
        raise Invalid(
            ngettext("Còn %(count)s chỗ cần sửa.", "Còn %(count)s chỗ cần sửa.", len(problems))
            % {"count": len(problems)},
            problems=tuple(problems),
        )


def _calendar(dossier: Dossier) -> Calendar:
    key = orgs.calendar_of(dossier.authority_id, local_date(timezone.now()))
    return calendars.calendar(key)


def _require_in_time(dossier: Dossier) -> None:
    if dossier.received_at is None:
        raise WrongState(_("Hồ sơ chưa được tiếp nhận."))
    limit = law.figure(SUPPLEMENT_WITHIN, local_date(dossier.received_at))
    last = worktime.due(dossier.received_at, limit, _calendar(dossier)).due
    if timezone.now() > last:
        raise WrongState(
            _("Đã quá thời hạn yêu cầu bổ sung (%(value)s ngày làm việc kể từ khi tiếp nhận, %(basis)s).")
            % {"value": limit.value, "basis": BASIS},
            code="too_late",
        )


@act("dossier.cancel_supplement", policy=policies.may_handle, label="Hủy yêu cầu bổ sung")
def cancel_supplement(actor: Actor, dossier_id: UUID, *, reason: str) -> None:
    """Take the request back, as if it had not been: the clocks go on and the one request is free again."""
    if not clean(reason):
        raise Invalid(_("Chưa ghi lý do."), problems=(Problem("reason", _("Ghi lý do hủy yêu cầu bổ sung.")),))
    record, dossier = steps.load(dossier_id)
    steps.require_state(record, State.SUPPLEMENT)
    supplement = _open(dossier)
    supplement.cancelled_at, supplement.cancel_reason = timezone.now(), clean(reason)
    supplement.save(update_fields=["cancelled_at", "cancel_reason"])
    deadlines.cancel_pause(record.id, at=supplement.cancelled_at, reason=clean(reason), by=actor.name)
    records.change(record, state=State.PROCESSING)
    publish(SupplementCancelled(record=record.id, supplement=supplement.pk))
    note(record=record.id, reason=clean(reason))


def _open(dossier: Dossier) -> Supplement:
    supplement = Supplement.objects.filter(dossier=dossier, answered_at__isnull=True, cancelled_at__isnull=True).first()
    if supplement is None:
        raise WrongState(_("Không có yêu cầu bổ sung nào đang chờ."))
    return supplement


@act("dossier.answer_supplement", policy=policies.may_answer_supplement, label="Bổ sung hồ sơ")
def answer_supplement(actor: Actor, dossier_id: UUID, *, papers: tuple[PaperLine, ...], note_text: str = "") -> None:
    """Everything has arrived: the legal clock starts from zero, the index clock goes on.

    Raises Invalid when neither a paper nor a word is given, WrongState when nothing was asked.
    """
    if not papers and not clean(note_text):
        raise Invalid(
            _("Chưa có nội dung bổ sung."),
            problems=(Problem("papers", _("Tải lên ít nhất một tệp hoặc ghi nội dung trả lời.")),),
        )
    record, dossier = steps.load(dossier_id)
    steps.require_state(record, State.SUPPLEMENT)
    supplement = _open(dossier)
    for line in papers:
        if line.file is not None:
            files.attach(actor, line.file, record=record.id, purpose="submitted", label=line.name)
    supplement.answered_at, supplement.answer_note = timezone.now(), clean(note_text)
    supplement.save(update_fields=["answered_at", "answer_note"])
    dossier.papers = [*dossier.papers, *steps.paper_lines(papers)]
    dossier.save(update_fields=["papers"])
    deadlines.resume(record.id, at=supplement.answered_at)
    record.refresh_from_db(fields=["due_at", "version"])
    records.change(record, state=State.PROCESSING)
    publish(SupplementAnswered(record=record.id, supplement=supplement.pk))
    note(record=record.id, papers=[line.name for line in papers])
