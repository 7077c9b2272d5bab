"""Results as electronic originals: signed by who approves, numbered and sealed by the records clerk.

Steps for the journey that signs; this room keeps what was signed and numbers it, it draws and signs nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.dossiers import policies
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.models import Dossier, Result, SignedResult
from congvu.domains.dossiers.services import process
from congvu.domains.dossiers.services.proposing import require_ours
from congvu.domains.procedures import selectors as procedures
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.services import act, note
from congvu.ground.files import services as files
from congvu.ground.records.services import Record


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A result with its person's signature."""

    pdf: bytes
    name: str
    signer: str


@dataclass(frozen=True, slots=True)
class NumberedPaper:
    """A signed result with its number and day, to be sealed."""

    file: UUID
    number: str
    on: date


def require_signable(dossier_id: UUID) -> None:
    """Whether this dossier's result can be signed by who approves it now: given by us, with a step ahead that issues
    it. Raises WrongState."""
    require_ours(Dossier.objects.get(record=dossier_id))
    if not any(step.kind == "issue" and step.state == "todo" for step in work.path(dossier_id)):
        raise _no_issue()


def _no_issue() -> WrongState:
    return WrongState(_("Sau bước này không có bước vào sổ, đóng dấu nên chưa ký được kết quả."))


def approve_signed(actor: Actor, item_id: UUID, paper: SignedPaper) -> None:
    """The step is approved and the paper its approver signed kept, frozen, until it is issued; an earlier one is void.
    Step of an act. Raises WrongState where no step that issues follows."""
    record, step = process.approve_step(actor, item_id)
    if not any(item.step_kind == "issue" for item in work.open_items(record.id)):
        raise _no_issue()
    kept = files.store(actor, name=f"{clean(paper.name)[:80] or 'Ket qua'}.pdf", content=paper.pdf)
    files.attach(actor, kept.id, record=record.id, purpose="draft", label="Kết quả đã ký, chờ đóng dấu")
    files.lock_version(kept.id)
    SignedResult.objects.filter(dossier=record.id, void_at=None).update(void_at=timezone.now())
    SignedResult.objects.create(
        dossier_id=record.id, name=clean(paper.name)[:500], file=kept.id, signer=paper.signer, signed_at=timezone.now()
    )
    note(step=step)


def file_to_seal(actor: Actor, item_id: UUID) -> UUID:
    """The signed paper that waits at this step for its number and seal. Raises NotFound, Forbidden, AlreadyDone for a
    step that does not wait for the actor, WrongState without such a paper."""
    item = work.item(actor, item_id)
    if item.step_kind != "issue":
        raise WrongState(_("Chỉ ban hành kết quả ở bước ban hành."))
    return _signed(item.record_id).file


def _signed(dossier_id: UUID) -> SignedResult:
    found = SignedResult.objects.filter(dossier=dossier_id, void_at=None).first()
    if found is None:
        raise WrongState(_("Kết quả chưa có chữ ký số của người có thẩm quyền."))
    return found


@act("dossier.number_result", policy=policies.may_work_on, label="Cấp số kết quả")
def number_result(actor: Actor, item_id: UUID) -> NumberedPaper:
    """The next number of the agency's results and today's date for the signed paper; once given it stays with it, and
    commits by itself: a sealing that fails is tried again with the same number. Raises WrongState."""
    record, dossier = process.at_issue(actor, item_id)
    paper = _signed(record.id)
    if not paper.number:
        paper.number, paper.numbered_on = process.take_number(record, dossier), local_date(timezone.now())
        paper.save(update_fields=["number", "numbered_on"])
    note(record=record.id, number=paper.number)
    return NumberedPaper(paper.file, paper.number, paper.numbered_on or local_date(timezone.now()))


def issue_sealed(actor: Actor, item_id: UUID, pdf: bytes) -> tuple[Record, str]:
    """Give the sealed paper to the dossier as its result and move on. Step of an act. Returns record and number; raises
    WrongState."""
    record, dossier = process.at_issue(actor, item_id)
    paper = _signed(record.id)
    given = next(iter(procedures.version(dossier.procedure_version_id).results), None)
    name = paper.name or (given.name if given else "Kết quả giải quyết")
    kept = files.store(actor, name=f"{name[:80]}.pdf", content=pdf)
    files.attach(actor, kept.id, record=record.id, purpose="result", label=name)
    files.lock_version(kept.id)
    Result.objects.create(
        dossier=dossier, name=name, code=given.code if given else "", number=paper.number, file=kept.id,
        issued_at=timezone.now(), source=Result.Source.OURS, signed=True, signer=paper.signer,
    )  # fmt: skip
    process.finish_issue(actor, record, item_id)
    return record, paper.number
