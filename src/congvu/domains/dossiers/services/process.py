"""Working on a dossier: finish a step, send it back, hand it on, give the result, hand the result over."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.common.spoken import say_moment
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.dossiers import policies
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.events import DossierFinished, DossierReturned
from congvu.domains.dossiers.models import DECIDING, Dossier, Result, SignedResult, State
from congvu.domains.dossiers.services import papers, steps
from congvu.domains.dossiers.types import ResultInput
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures.types import ProcedureView
from congvu.engines.deadlines import services as deadlines
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.engines.workflow.types import Done
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.numbering import services as numbering
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

SYMBOL = "KQ-UBND"


@act("dossier.step", policy=policies.may_work_on, label="Hoàn thành bước")
def complete_step(actor: Actor, item_id: UUID, *, comment: str = "", version: int | None = None) -> None:
    """Finish the step that waits and move on.

    Raises Conflict when the step is done already, WrongState while the dossier waits for a supplement, and
    when the step is one that needs its own act (approve, issue a result, hand it over).
    """
    item = work.item(actor, item_id)
    record = records.lock(item.record_id, version=version)
    steps.require_state(record, State.PROCESSING, State.FINISHED)
    if item.step_kind in DECIDING:
        raise WrongState(_("Bước này duyệt hồ sơ: hãy bấm Phê duyệt."))
    if item.step_kind == "issue" and not Result.objects.filter(dossier=record.id).exists():
        raise WrongState(_("Bước này ban hành kết quả: hãy tải kết quả lên hoặc lập dự thảo kết quả trước."))
    if item.step_kind == "return" and record.state == State.FINISHED:
        raise WrongState(_("Bước này trả kết quả: hãy bấm Trả kết quả và ghi người nhận."))
    _finish_if_decided(actor, record, workflow.complete(item_id, actor=actor))
    note(record=record.id, step=item.name, comment=clean(comment))


@act("dossier.approve", policy=policies.may_work_on, label="Phê duyệt")
def approve(actor: Actor, item_id: UUID, *, comment: str = "", version: int | None = None) -> None:
    """Approve one dossier at a step that reviews or approves. Bulk approval is this act once for each.

    Where only the hand-over follows, the approval decides the dossier. Raises WrongState at any other step.
    """
    record, step = approve_step(actor, item_id, version=version)
    note(record=record.id, step=step, comment=clean(comment))


def approve_step(actor: Actor, item_id: UUID, *, version: int | None = None) -> tuple[Record, str]:
    """What ``approve`` does, for journeys inside their own act: the record, and the name of the step."""
    item = work.item(actor, item_id)
    if item.step_kind not in DECIDING:
        raise WrongState(_("Bước này không phải bước phê duyệt."))
    record = records.lock(item.record_id, version=version)
    steps.require_state(record, State.PROCESSING)
    _finish_if_decided(actor, record, workflow.complete(item_id, actor=actor))
    return record, item.name


@act("dossier.send_back", policy=policies.may_work_on, label="Trả lại để sửa")
def send_back(actor: Actor, item_id: UUID, *, to: str, reason: str, version: int | None = None) -> None:
    """Return the work to an earlier step. Raises Invalid without a reason or with a step that was not before."""
    if not clean(reason):
        raise Invalid(_("Chưa ghi lý do trả lại."), problems=(Problem("reason", _("Ghi rõ cần sửa điều gì.")),))
    item = work.item(actor, item_id)
    record = records.lock(item.record_id, version=version)
    steps.require_state(record, State.PROCESSING)
    workflow.send_back(item_id, to=to, actor=actor, reason=clean(reason))
    SignedResult.objects.filter(dossier=record.id, void_at=None).update(void_at=timezone.now())
    note(record=record.id, step=item.name, to=to, reason=clean(reason))


@act("dossier.assign", policy=policies.may_reassign, label="Phân công")
def assign(_actor: Actor, item_id: UUID, *, position_id: int) -> None:
    """Give a waiting step to one post. The post must be able to hold it."""
    record_id = work.record_of(item_id)
    workflow.assign(item_id, position_id=position_id)
    note(record=record_id, position=position_id)


@act("dossier.issue", policy=policies.may_work_on, label="Ban hành kết quả")
def issue_result(actor: Actor, item_id: UUID, result: ResultInput) -> None:
    """Give the dossier its result at the issuing step, numbered and locked, and move on.

    Ours: a number of the agency's result series of the year is taken; without a file a draft is typeset that
    says it is unsigned. A ministry system's result keeps that system's number and needs its file.
    Raises Invalid, WrongState.
    """
    record, dossier = at_issue(actor, item_id)
    if SignedResult.objects.filter(dossier=dossier, void_at=None).exists():
        raise WrongState(_("Kết quả đã có chữ ký số của người có thẩm quyền: hãy ký số cơ quan để phát hành."))
    procedure = procedures.version(dossier.procedure_version_id)
    _check_result(result, from_ministry=procedure.result_from == "ministry")
    _give_result(actor, record, dossier, result, procedure)
    _finish_if_decided(actor, record, workflow.complete(item_id, actor=actor))


def at_issue(actor: Actor, item_id: UUID) -> tuple[Record, Dossier]:
    """The locked dossier whose issuing step waits for the actor. Raises WrongState."""
    item = work.item(actor, item_id)
    record, dossier = steps.load(item.record_id)
    steps.require_state(record, State.PROCESSING)
    if item.step_kind != "issue":
        raise WrongState(_("Chỉ ban hành kết quả ở bước ban hành."))
    return record, dossier


def finish_issue(actor: Actor, record: Record, item_id: UUID) -> None:
    """The issuing step is done. Step of an act."""
    _finish_if_decided(actor, record, workflow.complete(item_id, actor=actor))


def _check_result(result: ResultInput, *, from_ministry: bool) -> None:
    problems = []
    if from_ministry and not clean(result.number):
        problems.append(Problem("number", _("Ghi số do hệ thống của Bộ cấp."), "missing"))
    if from_ministry and result.file is None:
        problems.append(Problem("file", _("Tải lên tệp kết quả do hệ thống của Bộ cấp."), "missing"))
    if problems:
        raise Invalid(
            ngettext("Còn %(count)s chỗ cần sửa.", "Còn %(count)s chỗ cần sửa.", len(problems))
            % {"count": len(problems)},
            problems=tuple(problems),
        )


def _give_result(actor: Actor, record: Record, dossier: Dossier, result: ResultInput, procedure: ProcedureView) -> None:
    """Number, file and lock. The number is taken before the file is typeset because the paper carries it."""
    now = timezone.now()
    ministry = procedure.result_from == "ministry"
    number = clean(result.number) if ministry else take_number(record, dossier)
    file_id = result.file or papers.draft_result(actor, record, dossier, number=number, text=result.text, at=now)
    files.attach(actor, file_id, record=record.id, purpose="result", label=result.name or "Kết quả")
    files.lock_version(file_id)
    if result.file is not None:
        files.answer_when_issued(actor, file_id, reason=_("Ban hành kết quả số %(number)s") % {"number": number})
    given = procedure.results[0] if procedure.results else None
    Result.objects.create(
        dossier=dossier, name=clean(result.name) or (given.name if given else "Kết quả giải quyết"),
        code=given.code if given else "", number=number, file=file_id, issued_at=now,
        source=Result.Source.MINISTRY if ministry else Result.Source.OURS, signed=False, signer=actor.name,
    )  # fmt: skip
    note(record=record.id, number=number, source="ministry" if ministry else "ours")


def take_number(record: Record, dossier: Dossier) -> str:
    """The next number of the agency's results this year; the one that this dossier was given before, if it was."""
    year = local_date(timezone.now()).year
    given = SignedResult.objects.filter(dossier=dossier, numbered_on__year=year).exclude(number="")
    before = given.values_list("number", flat=True).first()
    return before or f"{numbering.take('result', dossier.authority_id, str(year), record=record.id)}/{SYMBOL}"


def _finish_if_decided(actor: Actor, record: Record, done: Done) -> None:
    """When only the hand-over (or nothing) is left, the dossier counts as finished: QĐ 766 compares this moment."""
    # A step that just opened answers for most steps; only the last ones have to look at everything that waits.
    if record.state != State.PROCESSING or any(kind != "return" for kind in done.kinds):
        return
    if any(item.step_kind != "return" for item in work.open_items(record.id, actor)):
        return
    now = timezone.now()
    Dossier.objects.filter(record=record).update(finished_at=now)
    deadlines.stop(record.id, at=now, outcome=State.FINISHED, held=record)
    records.change(record, state=State.FINISHED)
    # The promise is kept or broken by now: handing over is work without a term of its own.
    workflow.set_due(record.id, None)
    publish(DossierFinished(record=record.id, state=State.FINISHED))


def _complete_result(actor: Actor, record: Record, dossier: Dossier, result: ResultInput | None) -> None:
    """Nothing is handed over as finished without a result, and nothing gets two."""
    missing = record.state == State.FINISHED and not Result.objects.filter(dossier=dossier).exists()
    if not missing:
        if result is not None:
            raise WrongState(_("Hồ sơ này đã có kết quả hoặc văn bản trả lời; không nhận thêm kết quả khi trả."))
        return
    given, procedure = result or ResultInput(), procedures.version(dossier.procedure_version_id)
    ministry = procedure.result_from == "ministry"
    if not ministry and given.file is None and not clean(given.text):
        words = _("Tải lên tệp kết quả, hoặc ghi nội dung để hệ thống lập bản dự thảo.")
        raise Invalid(_("Hồ sơ chưa có kết quả để trả."), problems=(Problem("file", words, "missing"),))
    _check_result(given, from_ministry=ministry)
    _give_result(actor, record, dossier, given, procedure)


@act("dossier.return", policy=policies.may_return, label="Trả kết quả")
def return_result(
    actor: Actor, dossier_id: UUID, *, to: str, channel: str = "", result: ResultInput | None = None
) -> None:
    """Hand the result (or the paper that refuses or stops) to the citizen. ``to`` names who took it.

    ``channel`` is a ``ResultChannel`` where another way was taken than the one the applicant chose.

    A process without an issuing step has no result yet: it is given here, with its file or its words, and numbered
    and locked like any other. Raises Invalid, WrongState for a second result, Conflict when it was handed over.
    """
    if not clean(to):
        raise Invalid(_("Chưa ghi người nhận."), problems=(Problem("to", _("Ghi họ tên người nhận kết quả.")),))
    record, dossier = steps.load(dossier_id)
    if dossier.returned_at is not None:
        words = {"to": dossier.returned_to, "at": say_moment(dossier.returned_at)}
        raise Conflict(_("Hồ sơ này đã được trả cho %(to)s lúc %(at)s.") % words, code="returned")
    steps.require_state(record, State.FINISHED, State.REFUSED, State.STOPPED)
    _complete_result(actor, record, dossier, result)
    dossier.returned_at, dossier.returned_to = timezone.now(), clean(to)[:200]
    dossier.result_channel = channel or dossier.result_channel
    dossier.save(update_fields=["returned_at", "returned_to", "result_channel"])
    for item in work.open_items(record.id, actor):
        workflow.complete(item.id, actor=actor)
    if record.state == State.FINISHED:
        records.change(record, state=State.RETURNED, closed_at=record.closed_at or dossier.returned_at)
    publish(DossierReturned(record=record.id))
    note(record=record.id, channel=dossier.result_channel)
