"""Online filing: drafts that survive, and the one act that makes a dossier of a draft."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import local_date
from congvu.domains.dossiers import declaration, policies
from congvu.domains.dossiers.events import DossierSubmitted
from congvu.domains.dossiers.figures import DRAFT_DAYS
from congvu.domains.dossiers.models import Channel, Dossier, Draft, State
from congvu.domains.dossiers.services import steps
from congvu.domains.dossiers.types import PaperLine, Person, Submitted
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures.types import ProcedureView
from congvu.engines.forms import services as forms
from congvu.ground.accounts import selectors as accounts
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.law import selectors as law
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records


def begin_draft(
    actor: Actor, *, procedure_code: str, authority_id: int, form_version: int | None, values: dict[str, Any]
) -> UUID:
    """Begin filling in. Not an act: nothing is filed yet.

    Raises NotRunnable, and Forbidden when the unit takes no online filing of its own.
    """
    if actor.subject_id is None:
        raise Forbidden(_("Cần đăng nhập bằng tài khoản định danh điện tử để nộp hồ sơ."))
    today = local_date(timezone.now())
    procedure = steps.runnable(procedure_code, today)
    _require_own_filing(authority_id, today)
    draft = Draft.objects.create(
        owner_id=actor.subject_id, procedure_version_id=procedure.version_id, authority_id=authority_id,
        form_version=form_version, values=values,
    )  # fmt: skip
    return draft.id


def _require_own_filing(authority: int, today: date) -> None:
    if not orgs.setting(authority, "own_filing", today):
        raise Forbidden(_("Cơ quan này nhận hồ sơ trực tuyến trên Cổng Dịch vụ công quốc gia (dichvucong.gov.vn)."))


def save_draft(
    actor: Actor, draft_id: UUID, *, values: dict[str, Any], page: str, done: bool, version: int | None = None
) -> int:
    """Keep one page as typed, right or wrong; returns the new version. Raises Conflict when another tab saved first."""
    policies.require_owner_of_draft(actor, draft_id)
    draft = Draft.objects.get(id=draft_id)
    if draft.submitted_as is not None:
        raise Conflict(_("Hồ sơ này đã gửi rồi."), code="submitted")
    if version is not None and draft.version != version:
        raise Conflict(
            _("Bản kê khai vừa được lưu ở một cửa sổ khác. Hãy tải lại trang để thấy bản mới nhất."), code="stale"
        )
    pages = [p for p in draft.pages_done if p != page] + ([page] if done else [])
    changed = Draft.objects.filter(id=draft_id, version=draft.version).update(
        values={**draft.values, **values}, pages_done=pages, version=draft.version + 1, saved_at=timezone.now()
    )
    if not changed:
        raise Conflict(
            _("Bản kê khai vừa được lưu ở một cửa sổ khác. Hãy tải lại trang để thấy bản mới nhất."), code="stale"
        )
    return draft.version + 1


def drop_draft(actor: Actor, draft_id: UUID) -> None:
    policies.require_owner_of_draft(actor, draft_id)
    Draft.objects.filter(id=draft_id, submitted_as__isnull=True).delete()


def drop_old_drafts() -> int:
    """Delete drafts whose days are over. Returns how many."""
    days = law.figure(DRAFT_DAYS, local_date(timezone.now()))
    return Draft.objects.filter(saved_at__lt=timezone.now() - timedelta(days=days)).delete()[0]


@act("dossier.submit", policy=policies.may_submit, label="Nộp hồ sơ trực tuyến")
def submit(actor: Actor, draft_id: UUID, *, key: str) -> Submitted:
    """File a draft. It is checked against the form version it was begun with.

    The dossier takes the procedure version of today; an older draft may meet a procedure that takes nothing any more
    (NotRunnable) or a unit that ended its own filing (Forbidden): then it stays a draft. Also raises Invalid with
    every problem of every page, and KeyReused. A draft becomes one dossier at most: a repeat, with the same key or
    another, gives the first answer.
    """
    before = records.recall(actor, key, {"draft": str(draft_id)})
    if before is not None:
        note(repeat_of=before["record"])
        return _restored(before["record"])
    draft = Draft.objects.select_for_update().filter(id=draft_id).first()
    if draft is None:
        raise NotFound(_("Không tìm thấy bản kê khai này."))
    if draft.submitted_as is not None:
        note(repeat_of=str(draft.submitted_as))
        return _restored(str(draft.submitted_as))
    today = local_date(timezone.now())
    begun_with = procedures.version(draft.procedure_version_id)
    procedure = steps.still_runnable(begun_with.code, today)
    _require_own_filing(draft.authority_id, today)
    form = declaration.form_of(begun_with, draft.form_version, local_date(draft.saved_at))
    checked = forms.check(form, draft.values, today=today)
    if checked.problems:
        raise Invalid(
            ngettext(
                "Còn %(count)s chỗ cần sửa trước khi gửi.",
                "Còn %(count)s chỗ cần sửa trước khi gửi.",
                len(checked.problems),
            )
            % {"count": len(checked.problems)},
            problems=tuple(checked.problems),
        )
    record_id = _file(actor, draft, procedure, checked.values, declaration.uploaded_papers(form, checked.values))
    records.remember(actor, key, {"record": str(record_id)})
    return _restored(str(record_id))


def _file(
    actor: Actor, draft: Draft, procedure: ProcedureView, answers: dict[str, Any], papers: tuple[PaperLine, ...]
) -> UUID:
    """Make the dossier of a checked draft."""
    now = timezone.now()
    today = local_date(now)
    applicant = _applicant(actor)
    places = orgs.places(draft.authority_id, today)
    record, _made = steps.open_dossier(
        procedure, applicant, authority=draft.authority_id, state=State.SUBMITTED, subject_id=draft.owner_id, at=now,
        places={"center": places.get("center", draft.authority_id)}, channel=Channel.ONLINE,
        portal_number=_portal_number(today), declared_version_id=draft.procedure_version_id,
        form_version=draft.form_version, answers=answers, papers=steps.paper_lines(papers), submitted_at=now,
        result_channel=str(answers.get("delivery") or "online"),
    )  # fmt: skip
    for line in papers:
        if line.file is not None:
            files.attach(actor, line.file, record=record.id, purpose="submitted", label=line.name)
    draft.submitted_as = record.id
    draft.save(update_fields=["submitted_as", "saved_at"])
    publish(DossierSubmitted(record=record.id))
    note(record=record.id, procedure=procedure.code)
    return record.id


def _applicant(actor: Actor) -> Person:
    if actor.subject_id is None:
        raise Forbidden(_("Cần đăng nhập bằng tài khoản định danh điện tử để nộp hồ sơ."))
    subject = accounts.subject(actor.subject_id)
    return Person(
        full_name=subject.full_name, personal_id=subject.personal_id, tax_code=subject.tax_code, kind=subject.kind,
        phone=subject.phone, email=subject.email, address=str(subject.address.get("text", "")),
    )  # fmt: skip


def _portal_number(today: date) -> str:
    """The number of an online submission: day and random digits; unlike the dossier code it promises no order."""
    while True:
        number = f"DV-{today:%y%m%d}-{secrets.randbelow(10**7):07d}"
        # A few thousand submissions a day meet among ten million numbers more often than one thinks.
        if not Dossier.objects.filter(portal_number=number).exists():
            return number


def _restored(record: str) -> Submitted:
    dossier = Dossier.objects.get(record_id=record)
    return Submitted(dossier.record_id, dossier.portal_number, dossier.token)
