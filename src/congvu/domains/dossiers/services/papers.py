"""The papers of a dossier as PDF. Whoever may read the dossier may have them."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from congvu.common.actor import Actor
from congvu.common.zones import local_date
from congvu.domains.dossiers import selectors
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.models import Dossier, ResultChannel, State
from congvu.domains.dossiers.types import DossierView, PaperLine, Person
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures.types import ProcedureView
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset import types as print_types
from congvu.engines.workflow import selectors as work
from congvu.ground.files import services as files
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.services import Record
from congvu.ground.worktime.types import Budget


def _person(person: Person) -> print_types.Person:
    return print_types.Person(
        name=person.full_name, id_number=person.personal_id or person.tax_code, address=person.address,
        phone=person.phone, email=person.email,
        id_label="Số định danh cá nhân" if person.kind == "person" else "Mã số thuế",
    )  # fmt: skip


def _office(authority_id: int, center: str, on: date) -> print_types.Office:
    authority = orgs.unit(authority_id, on)
    return print_types.Office(
        name=center or authority.name, place=_place(authority.short_name or authority.name),
        above=(authority.name,) if center else (), symbol="TTPVHCC",
    )  # fmt: skip


def _place(agency: str) -> str:
    """The place a paper is dated at: the name of the commune or province without its kind (NĐ 30/2020, Phụ lục I)."""
    for words in ("UBND xã ", "UBND phường ", "UBND đặc khu ", "UBND tỉnh "):
        agency = agency.removeprefix(words)
    return agency


def _fee_words(procedure: ProcedureView) -> str:
    """What the applicant pays, in words; "free" only where the source says free for every channel (onestop fact 8)."""
    states = {item.state for item in procedure.fee_items}
    if states == {"free"}:
        return "Không thu"
    if "council" in states:
        return "Theo nghị quyết của Hội đồng nhân dân cấp tỉnh"
    return procedure.fee


def _print(paper: print_types.Paper) -> bytes:
    return typeset.render(paper.template, paper)


def _url(token: str) -> str:
    return f"{settings.BASE_URL}/h/{token}"


def _lines(papers: tuple[PaperLine, ...]) -> tuple[print_types.PaperLine, ...]:
    return tuple(line for paper in papers for line in _forms_of(paper))


def _forms_of(paper: PaperLine) -> list[print_types.PaperLine]:
    """One printed line for each way the paper was handed in."""
    counts = (("Bản chính", paper.originals), ("Bản chứng thực", paper.certified), ("Bản chụp", paper.plain))
    lines = [print_types.PaperLine(paper.name, form, f"{count:02}") for form, count in counts if count]
    if paper.shown:
        return [print_types.PaperLine(paper.name, "Xuất trình, đã trả lại", "–")]
    return lines or [print_types.PaperLine(paper.name, "Bản điện tử" if paper.file else "", "01")]


def receipt_of(view: DossierView, *, size: str = "a4") -> print_types.Receipt:
    """Form 01 with every field (Phụ lục I Thông tư 03/2025/TT-VPCP). Raises WrongState before reception."""
    if view.received_at is None:
        raise WrongState(_("Hồ sơ chưa được tiếp nhận nên chưa có giấy tiếp nhận."))
    procedure = procedures.version(view.procedure_version)
    day = local_date(view.received_at)
    return print_types.Receipt(
        office=_office(view.authority_id, view.center_name, day), on=day, code=view.code, number=view.receipt_number,
        tracking_url=_url(view.token), size="a5" if size == "a5" else "a4", applicant=_person(view.applicant),
        procedure=f"{procedure.name} ({procedure.code})" + (f": {view.request}" if view.request else ""),
        papers=_lines(view.papers), time_limit=_limit(procedure),
        received_at=view.received_at, due_at=view.due_at,
        collect_at=_collect_at(view), submitter_name=(view.agent or view.applicant).full_name,
        receiver_name=view.received_by, sets=f"{view.copies:02}",
        representative=_person(view.agent) if view.agent else None,
        authorisation=view.agent.authorisation if view.agent else "", fee_words=_fee_words(procedure),
    )  # fmt: skip


@override("vi")
def _limit(procedure: ProcedureView) -> str:
    """The time limit in words. Papers are Vietnamese, whatever language the clerk's screen speaks."""
    return Budget.parse(str(procedure.budget)).words


@override("vi")
def _collect_at(view: DossierView) -> str:
    if view.result_channel == ResultChannel.COUNTER:
        return view.center_name
    return str(ResultChannel(view.result_channel).label)


def receipt_pdf(actor: Actor, dossier_id: UUID, *, size: str = "a4") -> bytes:
    """The reception paper. Raises NotFound, WrongState."""
    return _print(receipt_of(selectors.dossier(actor, dossier_id), size=size))


def confirmation_pdf(actor: Actor, dossier_id: UUID) -> bytes:
    """Proof of an online submission, before reception. Raises NotFound."""
    view = selectors.dossier(actor, dossier_id)
    procedure = procedures.version(view.procedure_version)
    submitted = view.submitted_at or timezone.now()
    paper = print_types.Confirmation(
        office=_office(view.authority_id, "", local_date(submitted)), on=local_date(submitted),
        code=view.portal_number, tracking_url=_url(view.token), applicant=_person(view.applicant),
        procedure=f"{procedure.name} ({procedure.code})", submitted_at=submitted, papers=_lines(view.papers),
    )  # fmt: skip
    return _print(paper)


def supplement_pdf(actor: Actor, dossier_id: UUID) -> bytes:
    """Form 02 of the newest request. Raises NotFound, WrongState when nothing was asked."""
    view = selectors.dossier(actor, dossier_id)
    if not view.supplements:
        raise WrongState(_("Hồ sơ này chưa có yêu cầu bổ sung."))
    asked = view.supplements[0]
    procedure = procedures.version(view.procedure_version)
    paper = print_types.SupplementRequest(
        office=_office(view.authority_id, view.center_name, local_date(asked.asked_at)), on=local_date(asked.asked_at),
        code=view.code, tracking_url=_url(view.token), applicant=_person(view.applicant), procedure=procedure.name,
        items=asked.items, reason=asked.reason, guide_name=asked.asked_by, reply_by=asked.answer_by,
        clock_rule="Thời hạn giải quyết được tính lại từ đầu khi nhận đủ giấy tờ bổ sung",
    )  # fmt: skip
    return _print(paper)


def ending_pdf(actor: Actor, dossier_id: UUID) -> bytes:
    """Form 03 for a dossier declined or refused, form 05 for one stopped or withdrawn. Raises NotFound, WrongState."""
    view = selectors.dossier(actor, dossier_id)
    if view.state in (State.DECLINED, State.REFUSED):
        return _print(_refusal_of(view))
    if view.state in (State.STOPPED, State.WITHDRAWN):
        return _print(_stop_of(view))
    raise WrongState(_("Hồ sơ này không bị từ chối và không dừng giải quyết."))


def _signer() -> print_types.Signer:
    return print_types.Signer(title="THỦ TRƯỞNG CƠ QUAN", name="")


def _refusal_of(view: DossierView) -> print_types.RefusalSlip:
    ended = view.finished_at or timezone.now()
    return print_types.RefusalSlip(
        office=_office(view.authority_id, view.center_name, local_date(ended)), on=local_date(ended), code=view.code,
        tracking_url=_url(view.token), applicant=_person(view.applicant),
        procedure=procedures.version(view.procedure_version).name, reason=view.end_reason,
        submitter_name=(view.agent or view.applicant).full_name, signer=_signer(),
        stage="tiếp nhận" if view.state == State.DECLINED else "tiếp tục giải quyết",
    )  # fmt: skip


@override("vi")
def _stop_of(view: DossierView) -> print_types.StopNotice:
    ended = view.finished_at or timezone.now()
    return print_types.StopNotice(
        office=_office(view.authority_id, view.center_name, local_date(ended)), on=local_date(ended), code=view.code,
        tracking_url=_url(view.token), applicant=_person(view.applicant),
        procedure=procedures.version(view.procedure_version).name, received_at=view.received_at or ended,
        requested_by=view.applicant.full_name, requested_at=ended, stopped_at=ended, reason=view.end_reason,
        stage=str(State(view.state).label), signer=_signer(), due_at=view.due_at,
    )  # fmt: skip


def control_slip_pdf(actor: Actor, dossier_id: UUID) -> bytes:
    """Form 06: an extract of the steps taken, one row per hand-over. Raises NotFound, WrongState before reception."""
    view = selectors.dossier(actor, dossier_id)
    if view.received_at is None:
        raise WrongState(_("Hồ sơ chưa được tiếp nhận."))
    taken = [step for step in work.path(view.id) if step.state == "done" and step.at is not None]
    transfers = tuple(
        print_types.Transfer(from_unit=a.name, to_unit=b.name, at=a.at, from_person=a.holder, to_person=b.holder)
        for a, b in pairwise(taken)
        if a.at is not None
    )
    paper = print_types.ControlSlip(
        office=_office(view.authority_id, view.center_name, local_date(view.received_at)),
        on=local_date(timezone.now()),
        code=view.code, tracking_url=_url(view.token), procedure=procedures.version(view.procedure_version).name,
        lead=view.authority_name, received_at=view.received_at, due_at=view.due_at, transfers=transfers,
    )  # fmt: skip
    return _print(paper)


def draft_result(actor: Actor, record: Record, dossier: Dossier, *, number: str, text: str, at: datetime) -> UUID:
    """A typeset result that says in the open that it is not signed; stored as a file of the actor."""
    procedure = procedures.version(dossier.procedure_version_id)
    name = procedure.results[0].name if procedure.results else "Kết quả giải quyết thủ tục hành chính"
    applicant = Person(**dossier.applicant)
    paper = print_types.ResultDraft(
        office=_office(dossier.authority_id, "", local_date(at)), on=local_date(at), code=record.code, number=number,
        tracking_url=_url(dossier.token), kind="Kết quả giải quyết thủ tục hành chính", subject=name, signer=_signer(),
        fields=(
            print_types.FieldLine("Người yêu cầu", applicant.full_name),
            print_types.FieldLine("Thủ tục", f"{procedure.name} ({procedure.code})"),
            print_types.FieldLine("Mã hồ sơ", record.code),
        ),
        paragraphs=tuple(line for line in text.splitlines() if line.strip()),
    )  # fmt: skip
    return files.store(actor, name=f"{name[:80]}.pdf", content=_print(paper)).id
