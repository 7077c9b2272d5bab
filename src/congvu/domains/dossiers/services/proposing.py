"""What a dossier is to be answered with, before it is signed: whoever works on it proposes, who approves it reads.

The signature stands for one proposal: the one that was on the signer's screen. A later one is unread again.
"""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.common.text import clean
from congvu.domains.dossiers import policies
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.models import Dossier, ProposalReading, ProposedResult, State
from congvu.domains.dossiers.services import steps
from congvu.domains.procedures import selectors as procedures
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.services import act, note
from congvu.ground.files import selectors as filed
from congvu.ground.files import services as files
from congvu.ground.records import services as records

TEXT_LIMIT = 20_000


@act("dossier.propose_result", policy=policies.may_work_on, label="Lập dự thảo kết quả")
def propose_result(
    actor: Actor, item_id: UUID, *, text: str = "", file: UUID | None = None, name: str = "",
    version: int | None = None,
) -> int:  # fmt: skip
    """Put down the result to be signed: words for the agency's paper, or a finished PDF instead. Returns its number in
    the dossier; what says the same as the newest is that one.

    Raises Invalid without either, Conflict for another ``version`` of the dossier, WrongState at the steps that issue
    and hand over, and where the result is a ministry's.
    """
    item = work.item(actor, item_id)
    record, dossier = steps.load(item.record_id, version=version)
    steps.require_state(record, State.PROCESSING)
    require_ours(dossier)
    if item.step_kind in ("issue", "return"):
        raise WrongState(_("Bước này không còn sửa được dự thảo kết quả."))
    words = "" if file is not None else "\n".join(line.rstrip() for line in text.strip().splitlines())
    _check(actor, words, file)
    newest = ProposedResult.objects.filter(dossier=dossier).order_by("-n").first()
    if newest is not None and (newest.text, newest.file, newest.name) == (words, file, clean(name)[:500]):
        return newest.n
    if file is not None and (newest is None or newest.file != file):
        files.attach(actor, file, record=record.id, purpose="draft", label="Dự thảo kết quả")
        files.lock_version(file)
    made = ProposedResult.objects.create(
        dossier=dossier, n=newest.n + 1 if newest else 1, name=clean(name)[:500], text=words, file=file, by=actor.name,
        at=timezone.now(),
    )  # fmt: skip
    note(record=record.id, step=item.name, n=made.n)
    return made.n


def require_ours(dossier: Dossier) -> None:
    """Raises WrongState for a result that a ministry's system gives and signs."""
    if procedures.version(dossier.procedure_version_id).result_from == "ministry":
        raise WrongState(_("Kết quả do hệ thống của Bộ cấp và ký; không ký ở đây."))


def _check(actor: Actor, text: str, file: UUID | None) -> None:
    problem = None
    if file is not None and filed.info(actor, file).media_type != "application/pdf":
        problem = Problem("file", _("Kết quả ký số phải là tệp PDF."), "type")
    elif file is None and not text:
        problem = Problem("text", _("Ghi nội dung kết quả, hoặc chọn tệp PDF đã hoàn chỉnh."), "missing")
    elif len(text) > TEXT_LIMIT:
        problem = Problem("text", _("Nội dung dài quá %(n)s ký tự.") % {"n": TEXT_LIMIT}, "long")
    if problem is not None:
        raise Invalid(_("Chưa có kết quả để ký."), problems=(problem,))


@act("dossier.read_result", policy=policies.may_read, label="Xem dự thảo kết quả")
def read_result(actor: Actor, dossier_id: UUID, *, n: int, version: int | None = None) -> None:
    """The acting person has read proposal ``n``. Raises Conflict when a newer one was written since it was shown, and
    for another ``version`` of the dossier."""
    records.lock(dossier_id, version=version)
    newest = ProposedResult.objects.filter(dossier=dossier_id).order_by("-n").first()
    if newest is None or newest.n != n:
        raise Conflict(_("Dự thảo đã thay đổi sau khi mở. Đây là bản mới, hãy xem lại."), code="changed")
    ProposalReading.objects.get_or_create(proposal=newest, user=actor.user_id or 0, defaults={"at": timezone.now()})
    note(record=dossier_id, n=n)
