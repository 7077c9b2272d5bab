"""Reception: at the counter (filed and received at once) and of what came online."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.dossiers import policies
from congvu.domains.dossiers.events import DossierDeclined, DossierReceived
from congvu.domains.dossiers.models import Dossier, State
from congvu.domains.dossiers.places import deciding_agency
from congvu.domains.dossiers.services import steps
from congvu.domains.dossiers.types import Intake, PaperLine, Received
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.files.selectors import own_uploads
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.records.services import Record


@act("dossier.take_in", policy=policies.may_take_in, label="Tiếp nhận hồ sơ tại quầy")
def take_in(actor: Actor, intake: Intake, *, key: str) -> Received:
    """File and receive at the counter or by post in one go.

    ``key`` makes a repeat harmless: it returns the first answer. Raises Invalid (each field named), NotRunnable,
    KeyReused. The clock starts now; the code is that of today (TT 01/2018/TT-VPCP Điều 19).
    """
    before = records.recall(actor, key, _content(actor, intake))
    if before is not None:
        note(repeat_of=before["record"])
        return _restored(before)
    now = timezone.now()
    today = local_date(now)
    applicant, agent = steps.tidy(intake.applicant), intake.agent and steps.tidy(intake.agent)
    steps.check_intake(intake, applicant, agent)
    procedure = steps.runnable(intake.procedure_code, today)
    center = steps.center_of(actor)
    units = orgs.tree(today)
    authority = intake.authority_id or deciding_agency(units, center, procedure)
    subject = steps.subject_of(applicant)
    record, dossier = steps.open_dossier(
        procedure, applicant, authority=authority, state=State.SUBMITTED, subject_id=subject, at=now,
        places={"center": center}, channel=intake.channel, agent=agent.as_dict() if agent else None,
        request=clean(intake.request), copies=intake.copies, result_channel=intake.result_channel,
        papers=steps.paper_lines(intake.papers), submitted_at=now,
    )  # fmt: skip
    _attach_papers(actor, record.id, intake.papers)
    steps.begin(actor, record, dossier, procedure, at=now, units=units)
    publish(DossierReceived(record=record.id))
    answer = _answer(record, dossier)
    note(record=record.id, code=record.code, procedure=procedure.code, channel=intake.channel)
    records.remember(actor, key, _stored(answer))
    return answer


@act("dossier.receive", policy=policies.may_receive, label="Tiếp nhận hồ sơ trực tuyến")
def receive(actor: Actor, dossier_id: UUID, *, version: int | None = None) -> Received:
    """Accept what was filed online; it runs by the procedure version in force today, not that of its filing.

    Raises WrongState, NotRunnable when the procedure takes no dossiers any more, Conflict when the page is stale.
    """
    record, dossier = steps.load(dossier_id, version=version)
    steps.require_state(record, State.SUBMITTED)
    now = timezone.now()
    procedure = steps.still_runnable(dossier.procedure_code, local_date(now))
    dossier.procedure_version_id = procedure.version_id
    steps.begin(actor, record, dossier, procedure, at=now)
    publish(DossierReceived(record=record.id))
    note(record=record.id, code=record.code, procedure_version=procedure.version_id)
    return _answer(record, dossier)


@act("dossier.decline", policy=policies.may_receive, label="Từ chối tiếp nhận")
def decline(_actor: Actor, dossier_id: UUID, *, reason: str, version: int | None = None) -> None:
    """Not accepted (form 03): the reason goes to the citizen. Raises Invalid without one, WrongState."""
    if not clean(reason):
        raise Invalid(
            _("Chưa ghi lý do."), problems=(Problem("reason", _("Ghi lý do từ chối để người nộp biết cần làm gì.")),)
        )
    record, dossier = steps.load(dossier_id, version=version)
    steps.require_state(record, State.SUBMITTED)
    dossier.end_reason, dossier.finished_at = clean(reason), timezone.now()
    dossier.save(update_fields=["end_reason", "finished_at"])
    records.change(record, state=State.DECLINED, closed_at=dossier.finished_at)
    publish(DossierDeclined(record=record.id))
    note(record=record.id, reason=clean(reason))


def _attach_papers(actor: Actor, record_id: UUID, papers: tuple[PaperLine, ...]) -> None:
    for line in papers:
        if line.file is not None:
            files.attach(actor, line.file, record=record_id, purpose="submitted", label=clean(line.name))


def _answer(record: Record, dossier: Dossier) -> Received:
    if record.due_at is None:
        raise AssertionError("a received dossier has a due time")
    return Received(record.id, record.code, dossier.receipt_number, record.due_at, dossier.token)


def _content(actor: Actor, intake: Intake) -> dict[str, Any]:
    """What makes two requests the same. A scan sent again is another upload of the same content."""
    uploads = own_uploads(actor, [line.file for line in intake.papers if line.file])
    scans = [uploads[line.file].sha256 if line.file in uploads else str(line.file or "") for line in intake.papers]
    return {
        "scans": scans,
        "procedure": intake.procedure_code,
        "applicant": intake.applicant.as_dict(),
        "agent": intake.agent.as_dict() if intake.agent else None,
        "papers": steps.paper_lines(replace(line, file=None) for line in intake.papers),
        "request": intake.request,
        "authority": intake.authority_id,
        "channel": intake.channel,
        "result_channel": intake.result_channel,
        "copies": intake.copies,
    }


def _stored(answer: Received) -> dict[str, Any]:
    return {"record": str(answer.record_id)}


def _restored(stored: dict[str, Any]) -> Received:
    dossier = Dossier.objects.select_related("record").get(record_id=stored["record"])
    return _answer(dossier.record, dossier)
