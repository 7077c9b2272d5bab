"""Who may do what to a dossier. Each policy has the parameters of its act and raises, or says nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden, NotFound
from congvu.domains.dossiers.models import DECIDING, REFUSING, Dossier, Draft
from congvu.domains.dossiers.types import Intake
from congvu.engines.workflow import selectors as workflow
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import get_visible

KIND = "dossier"


def require_clerk(actor: Actor) -> None:
    if actor.kind is not ActorKind.STAFF or not actor.has_role("clerk"):
        raise Forbidden(_("Chỉ công chức tiếp nhận tại Bộ phận Một cửa được làm việc này."))


def may_take_in(actor: Actor, intake: Intake, *_args: Any, **_given: Any) -> None:
    require_clerk(actor)


def may_receive(actor: Actor, dossier_id: UUID, *_args: Any, **_given: Any) -> None:
    require_clerk(actor)
    get_visible(actor, dossier_id, kind=KIND)


def may_look_up_applicant(actor: Actor, personal_id: str) -> None:
    require_clerk(actor)


def may_submit(actor: Actor, draft_id: UUID, *_args: Any, **_given: Any) -> None:
    require_owner_of_draft(actor, draft_id)


def require_owner_of_draft(actor: Actor, draft_id: UUID) -> None:
    """A draft belongs to the person who began it; for everybody else it does not exist."""
    if actor.subject_id is None or not Draft.objects.filter(id=draft_id, owner=actor.subject_id).exists():
        raise NotFound(_("Không tìm thấy bản kê khai này."))


def may_work_on(actor: Actor, item_id: UUID, *_args: Any, **_given: Any) -> None:
    """The item waits for the acting post: assigned to it, or addressed to a role it holds."""
    workflow.item(actor, item_id)


def may_read(actor: Actor, dossier_id: UUID, *_args: Any, **_given: Any) -> None:
    """Staff who read the dossier."""
    get_visible(actor, dossier_id, kind=KIND)
    if actor.kind is not ActorKind.STAFF:
        raise Forbidden(_("Chỉ cán bộ đang giải quyết hồ sơ được làm việc này."))


def may_reassign(actor: Actor, item_id: UUID, *_args: Any, **_given: Any) -> None:
    """Heads and leaders hand out work of units they read; the holder of an item may pass it on."""
    if actor.kind is not ActorKind.STAFF:
        raise Forbidden(_("Chỉ cán bộ được phân công việc."))
    if actor.has_role("head", "chair", "center_head"):
        get_visible(actor, workflow.record_of(item_id), kind=KIND)
    else:
        workflow.item(actor, item_id)


def may_handle(actor: Actor, dossier_id: UUID, *_args: Any, **_given: Any) -> None:
    """Somebody for whom work on this dossier waits now, or the clerk who received it."""
    get_visible(actor, dossier_id, kind=KIND)
    if actor.kind is not ActorKind.STAFF:
        raise Forbidden(_("Chỉ cán bộ đang giải quyết hồ sơ được làm việc này."))
    if not (actor.has_role("clerk") or workflow.holds_work(actor, dossier_id)):
        raise Forbidden(_("Hồ sơ này đang do cán bộ khác giải quyết."))


def may_refuse(actor: Actor, dossier_id: UUID, *_args: Any, **_given: Any) -> None:
    """The agency refuses in substance (Điều 19 khoản 8 Nghị định 61/2018/NĐ-CP), never the counter alone.

    Whoever holds a step that reviews or approves, or a leader in the deciding agency who reads the dossier. A clerk
    declines before reception only (``dossier.decline``).
    """
    get_visible(actor, dossier_id, kind=KIND)
    authority = Dossier.objects.values_list("authority_id", flat=True).get(record_id=dossier_id)
    if not decides(actor, authority, workflow.kinds_held(actor, dossier_id)):
        raise Forbidden(_("Từ chối giải quyết do lãnh đạo hoặc người đang giữ bước duyệt hồ sơ quyết định."))


def decides(actor: Actor, authority: int, held: frozenset[str]) -> bool:
    """Whether the post speaks for the agency that decides; ``held`` are the kinds of the steps that wait for it."""
    if actor.kind is not ActorKind.STAFF:
        return False
    if held & DECIDING:
        return True
    if actor.unit_id is None or not actor.has_role(*REFUSING):
        return False
    return orgs.agency_of(actor.unit_id).id == authority


def may_return(actor: Actor, dossier_id: UUID, *_args: Any, **_given: Any) -> None:
    may_receive(actor, dossier_id)


def is_applicant(actor: Actor, dossier_id: UUID, *_args: Any, **_given: Any) -> None:
    """Only the applicant (signed in) acts on the citizen's side."""
    get_visible(actor, dossier_id, kind=KIND)
    if actor.kind is not ActorKind.CITIZEN:
        raise Forbidden(_("Chỉ người nộp hồ sơ được làm việc này."))


def may_answer_supplement(actor: Actor, dossier_id: UUID, *_args: Any, **_given: Any) -> None:
    """The applicant online, or a clerk for the applicant who came to the counter."""
    if actor.kind is ActorKind.STAFF:
        may_receive(actor, dossier_id)
    else:
        is_applicant(actor, dossier_id)


def may_withdraw(actor: Actor, dossier_id: UUID, *_args: Any, **_given: Any) -> None:
    may_answer_supplement(actor, dossier_id)


def anybody(_actor: Actor, *_args: Any, **_given: Any) -> None:
    """Open on purpose: the random token of the short link is the right (rating, R20)."""
