"""Three endings without the result asked for: refusal in substance (form 03), stop (form 05), withdrawal."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.domains.dossiers import policies
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.events import DossierFinished, DossierWithdrawn
from congvu.domains.dossiers.models import Result, State
from congvu.domains.dossiers.services import steps
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish


def _reason(text: str) -> str:
    if not clean(text):
        raise Invalid(_("Chưa ghi lý do."), problems=(Problem("reason", _("Ghi lý do để người nộp hồ sơ biết.")),))
    return clean(text)


@act("dossier.refuse", policy=policies.may_refuse, label="Từ chối giải quyết")
def refuse(_actor: Actor, dossier_id: UUID, *, reason: str) -> None:
    """Refuse in substance, in writing, with reasons (R11). The paper is returned like a result.

    Raises Invalid, WrongState when the dossier is decided or has a result.
    """
    words = _reason(reason)
    record, dossier = steps.load(dossier_id)
    steps.require_state(record, State.PROCESSING)
    _require_no_result(record.id)
    steps.end(record, dossier, State.REFUSED, reason=words)
    publish(DossierFinished(record=record.id, state=State.REFUSED))
    note(record=record.id, reason=words)


@act("dossier.stop", policy=policies.may_receive, label="Dừng giải quyết theo đề nghị")
def stop(_actor: Actor, dossier_id: UUID, *, reason: str) -> None:
    """Stop at the citizen's request (form 05), only while no result exists (NĐ 118/2025 Điều 21, TT 03/2025 Điều 7)."""
    words = _reason(reason)
    record, dossier = steps.load(dossier_id)
    steps.require_state(record, State.PROCESSING, State.SUPPLEMENT)
    _require_no_result(record.id)
    steps.end(record, dossier, State.STOPPED, reason=words)
    publish(DossierFinished(record=record.id, state=State.STOPPED))
    note(record=record.id, reason=words)


@act("dossier.withdraw", policy=policies.may_withdraw, label="Rút hồ sơ")
def withdraw(_actor: Actor, dossier_id: UUID, *, reason: str) -> None:
    """The applicant takes the dossier back, before or during the handling, while no result exists."""
    words = _reason(reason)
    record, dossier = steps.load(dossier_id)
    steps.require_state(record, State.SUBMITTED, State.PROCESSING, State.SUPPLEMENT)
    _require_no_result(record.id)
    steps.end(record, dossier, State.WITHDRAWN, reason=words)
    publish(DossierWithdrawn(record=record.id))
    note(record=record.id, reason=words)


def _require_no_result(dossier: UUID) -> None:
    if Result.objects.filter(dossier_id=dossier).exists():
        raise WrongState(_("Hồ sơ đã có kết quả nên không từ chối, dừng hoặc rút được nữa."))
