"""Steps that several acts share: checking an intake, opening, beginning the clocks and the process, ending."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Invalid, NotFound, Problem, Refusal
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.dossiers.errors import NotRunnable, WrongState
from congvu.domains.dossiers.models import Channel, Dossier, ResultChannel, State
from congvu.domains.dossiers.places import process_places
from congvu.domains.dossiers.types import Intake, PaperLine, Person
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures.types import ProcedureView
from congvu.engines.deadlines import services as deadlines
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.ground.accounts import services as accounts
from congvu.ground.numbering import services as numbering
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

NAME_LIMIT = 200
REQUEST_LIMIT = 2000
EMAIL_LIMIT, LINE_LIMIT, COPIES_LIMIT = 254, 500, 99
TAX_CODE = re.compile(r"[0-9]{10}(?:-?[0-9]{3})?|[0-9]{12}")


def load(dossier_id: UUID, *, version: int | None = None) -> tuple[Record, Dossier]:
    """The locked record and its dossier."""
    record = records.lock(dossier_id, version=version)
    return record, Dossier.objects.get(record_id=dossier_id)


def require_state(record: Record, *states: State) -> None:
    if record.state not in states:
        raise WrongState(
            _("Hồ sơ đang ở trạng thái “%(label)s” nên không làm được việc này.") % {"label": State(record.state).label}
        )


def runnable(code: str, on: date) -> ProcedureView:
    """The procedure in force, complete enough to run. Raises NotFound, NotRunnable with the reasons."""
    procedure = procedures.procedure(code, on)
    if procedure.blocks:
        raise NotRunnable(
            _("Thủ tục %(code)s chưa nhận hồ sơ được: %(why_not)s")
            % {"code": procedure.code, "why_not": procedure.why_not}
        )
    return procedure


def still_runnable(code: str, on: date) -> ProcedureView:
    """The same for what was begun earlier: raises NotRunnable also when the procedure has gone meanwhile."""
    try:
        return runnable(code, on)
    except NotFound as gone:
        raise NotRunnable(gone.message) from gone


def person_problems(person: Person, prefix: str) -> list[Problem]:
    """What is wrong with a person as typed, field by field."""
    found = []
    if person.kind == "person" and not (
        person.personal_id.isascii() and person.personal_id.isdigit() and len(person.personal_id) == 12
    ):
        found.append(Problem(f"{prefix}.personal_id", _("Số định danh cá nhân gồm đúng 12 chữ số."), "personal_id"))
    if person.kind != "person" and not TAX_CODE.fullmatch(person.tax_code):
        found.append(Problem(f"{prefix}.tax_code", _("Ghi mã số thuế hoặc mã số doanh nghiệp."), "missing"))
    name = clean(person.full_name)
    if not name:
        found.append(Problem(f"{prefix}.full_name", _("Ghi họ và tên."), "missing"))
    elif len(name) > NAME_LIMIT:
        found.append(
            Problem(
                f"{prefix}.full_name",
                _("Họ và tên dài quá %(name_limit)s ký tự; hãy kiểm tra lại.") % {"name_limit": NAME_LIMIT},
                "too_long",
            )
        )
    digits = person.phone.replace(" ", "").replace(".", "")
    if digits and not (digits.isdigit() and 9 <= len(digits) <= 12):
        found.append(Problem(f"{prefix}.phone", _("Số điện thoại gồm 10 chữ số, ví dụ 0900 000 147."), "phone"))
    if person.email and "@" not in person.email:
        found.append(Problem(f"{prefix}.email", _("Địa chỉ thư điện tử phải có ký tự @."), "email"))
    elif not person.email.isprintable() or len(person.email) > EMAIL_LIMIT:
        found.append(Problem(f"{prefix}.email", _("Địa chỉ thư điện tử không đúng; hãy kiểm tra lại."), "email"))
    for field, label in (("address", _("Địa chỉ")), ("authorisation", _("Giấy ủy quyền hoặc quan hệ"))):
        if len(getattr(person, field)) > LINE_LIMIT:
            found.append(
                Problem(
                    f"{prefix}.{field}",
                    _("%(label)s dài quá %(line_limit)s ký tự.") % {"label": label, "line_limit": LINE_LIMIT},
                    "too_long",
                )
            )
    return found


def check_intake(intake: Intake, applicant: Person, agent: Person | None) -> None:
    """Raise Invalid naming every wrong field at once. The people are tidy already."""
    found = _intake_problems(intake) + person_problems(applicant, "applicant")
    if agent is not None:
        found += person_problems(agent, "agent")
        if not clean(agent.authorisation):
            found.append(
                Problem(
                    "agent.authorisation", _("Ghi giấy ủy quyền hoặc quan hệ với người được giải quyết."), "missing"
                )
            )
    if len(intake.request) > REQUEST_LIMIT:
        found.append(
            Problem(
                "request",
                _("Nội dung yêu cầu dài quá %(request_limit)s ký tự.") % {"request_limit": REQUEST_LIMIT},
                "too_long",
            )
        )
    if found:
        raise Invalid(
            ngettext("Còn %(count)s chỗ cần sửa.", "Còn %(count)s chỗ cần sửa.", len(found)) % {"count": len(found)},
            problems=tuple(found),
        )


def _intake_problems(intake: Intake) -> list[Problem]:
    """Values that a screen offers to choose from."""
    found = []
    if intake.channel not in (Channel.COUNTER, Channel.POST):
        found.append(Problem("channel", _("Chọn trực tiếp hoặc bưu chính.")))
    if intake.result_channel not in ResultChannel.values:
        found.append(Problem("result_channel", _("Chọn một cách nhận kết quả.")))
    if not 1 <= intake.copies <= COPIES_LIMIT:
        found.append(Problem("copies", _("Số bộ hồ sơ từ 1 đến %(copies_limit)s.") % {"copies_limit": COPIES_LIMIT}))
    return found


def tidy(person: Person) -> Person:
    """The person as stored: NFC, no control characters, digits only where digits are meant."""
    return Person(
        full_name=clean(person.full_name), personal_id=person.personal_id.strip(), tax_code=person.tax_code.strip(),
        kind=person.kind, phone=person.phone.replace(" ", "").replace(".", ""), email=person.email.strip(),
        address=clean(person.address), authorisation=clean(person.authorisation),
    )  # fmt: skip


def subject_of(person: Person) -> int:
    """The subject behind the applicant, opened if not known yet. Raises Invalid naming the form's fields."""
    address = {"text": person.address}
    try:
        if person.kind == "person":
            return accounts.person(
                personal_id=person.personal_id, full_name=person.full_name, phone=person.phone, email=person.email,
                address=address,
            ).id  # fmt: skip
        return accounts.organisation(
            tax_code=person.tax_code, full_name=person.full_name, kind=person.kind, phone=person.phone,
            email=person.email, address=address,
        ).id  # fmt: skip
    except Refusal as refusal:
        named = tuple(Problem(f"applicant.{p.field}", p.message, p.code) for p in refusal.problems)
        raise Invalid(refusal.message, problems=named, code=refusal.code) from refusal


def title_of(procedure: ProcedureView, applicant: Person) -> str:
    name = procedure.name.removeprefix("Thủ tục ")
    return f"{name[:1].upper()}{name[1:]}, {applicant.full_name}"


def readers_of(subject_id: int, places: dict[str, int]) -> list[str]:
    """The applicant, and the units of the agency that take part."""
    return [f"s:{subject_id}", *(f"u:{unit}" for unit in places.values())]


def open_dossier(
    procedure: ProcedureView, applicant: Person, *, authority: int, state: State, places: dict[str, int],
    subject_id: int, at: datetime, **values: Any,
) -> tuple[Record, Dossier]:  # fmt: skip
    """The record and the dossier, not yet received."""
    record = records.open_record(
        kind="dossier", title=title_of(procedure, applicant), unit=authority, state=state,
        readers=readers_of(subject_id, places), opened_at=at, search=f"{applicant.personal_id} {procedure.code}",
    )  # fmt: skip
    dossier = Dossier.objects.create(
        record=record, procedure_version_id=procedure.version_id, procedure_code=procedure.code,
        authority_id=authority, subject_id=subject_id, applicant=applicant.as_dict(), **values,
    )  # fmt: skip
    return record, dossier


def begin(
    actor: Actor, record: Record, dossier: Dossier, procedure: ProcedureView, *, at: datetime,
    units: orgs.UnitTree | None = None,
) -> None:  # fmt: skip
    """Reception takes effect: clocks start, numbers are given, the process starts past its own reception step.

    The caller opened or locked the record; it and the dossier are changed in place. ``units`` is the tree of the day,
    if the caller has it.
    """
    today = local_date(at)
    units = units or orgs.tree(today)
    authority = units.unit(dossier.authority_id)
    places = process_places(units, authority.id, procedure, center=center_of(actor))
    calendar = units.calendar_of(authority.id)
    deadlines.open_clocks(
        record.id, start=at, budget=str(procedure.budget), calendar=calendar, basis=procedure.time_basis,
        until=units.setting(authority.id, "until", "quarter"), held=record,
        outside=units.setting(authority.id, "after_hours", "day"),
    )  # fmt: skip
    definition = definition_of(procedure)
    receipt = numbering.take("receipt", places["center"], str(today.year), record=record.id)
    serial = numbering.take("dossier", authority.id, f"{today:%y%m%d}", record=record.id)
    dossier.received_at, dossier.received_by, dossier.received_at_unit_id = at, actor.name, places["center"]
    dossier.receipt_number = f"{receipt}/TTPVHCC"
    dossier.save(
        update_fields=["received_at", "received_by", "received_at_unit", "receipt_number", "procedure_version"]
    )
    records.change(
        record, code=dossier_code(authority.code, today, serial), state=State.PROCESSING,
        add_readers=[f"u:{unit}" for unit in places.values()],
        search=f"{dossier.applicant['personal_id']} {procedure.code} {dossier.portal_number}",
    )  # fmt: skip
    workflow.start(
        definition, record.id, places=places, actor=actor, past_reception=True, held=record, calendar=calendar
    )


def center_of(actor: Actor) -> int:
    if actor.unit_id is None:
        raise Forbidden(_("Tài khoản chưa được phân công vào vị trí nào."))
    return actor.unit_id


def definition_of(procedure: ProcedureView) -> int:
    """The running definition of the procedure's steps; published the first time it is needed."""
    key = f"tthc-{procedure.code}-{procedure.version_id}"
    known = work.latest_definition_id(key)
    return (
        known
        if known is not None
        else workflow.ensure_process(key, procedure.name, procedures.steps_of(procedure.version_id))
    )


def dossier_code(agency: str, day: date, serial: int) -> str:
    """Mã số hồ sơ: deciding agency, day of reception, daily counter of four digits or more.

    TT 01/2018/TT-VPCP Điều 19; agency codes by QĐ 20/2020/QĐ-TTg.
    """
    return f"{agency}-{day:%y%m%d}-{serial:04d}"


def paper_lines(papers: Iterable[PaperLine]) -> list[dict[str, Any]]:
    return [replace(line, name=clean(line.name)[:LINE_LIMIT]).as_dict() for line in papers]


def end(record: Record, dossier: Dossier, state: State, *, reason: str = "", at: datetime | None = None) -> None:
    """The dossier is decided: clocks stop, open work goes away, the reason stays."""
    moment = at or timezone.now()
    dossier.finished_at, dossier.end_reason = moment, clean(reason)
    dossier.save()
    deadlines.stop(record.id, at=moment, outcome=state, held=record)
    workflow.cancel_for(record.id, reason=state)
    records.change(record, state=state, closed_at=moment)
