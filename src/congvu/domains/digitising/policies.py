"""Who plans, who scans, who looks. Each policy raises, or says nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden, NotFound
from congvu.domains.digitising.models import Batch, Holding, Scan
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import get_visible

KIND = "digitising"
LEADERS = ("head", "chair", "center_head")


def agency_of(actor: Actor) -> int | None:
    """The agency in which the post acts; None without a post."""
    return orgs.agency_of(actor.unit_id).id if actor.kind is ActorKind.STAFF and actor.unit_id is not None else None


def plans(actor: Actor, agency: int) -> bool:
    """Records clerk and leaders of the agency."""
    return agency_of(actor) == agency and actor.has_role("registrar", *LEADERS)


def visible_batch(actor: Actor, batch: UUID) -> Batch:
    """The batch with record and holding. Raises NotFound, whether missing or hidden."""
    get_visible(actor, batch, kind=KIND)
    return Batch.objects.select_related("record", "holding").get(record_id=batch)


def only_system(actor: Actor, *_args: Any, **_given: Any) -> None:
    if actor.kind is not ActorKind.SYSTEM:
        raise Forbidden(_("Việc này do hệ thống thực hiện."))


def may_plan(actor: Actor, agency: int, *_args: Any, **_given: Any) -> None:
    if not plans(actor, agency):
        raise Forbidden(_("Kế hoạch số hóa do văn thư, lãnh đạo của chính cơ quan lập."))


def may_begin(actor: Actor, holding: int, *_args: Any, **_given: Any) -> None:
    agency = Holding.objects.filter(id=holding).values_list("agency_id", flat=True).first()
    if agency is None or agency_of(actor) != agency:
        raise NotFound(_("Không tìm thấy khối tài liệu này."))
    may_plan(actor, agency)


def may_scan(actor: Actor, batch: UUID, *_args: Any, **_given: Any) -> None:
    if visible_batch(actor, batch).position_id != actor.position_id:
        raise Forbidden(_("Đợt này giao cho vị trí khác quét."))


def may_draw(actor: Actor, batch: UUID, *_args: Any, **_given: Any) -> None:
    may_plan(actor, visible_batch(actor, batch).holding.agency_id)


def may_check(actor: Actor, scan: int, *_args: Any, **_given: Any) -> None:
    """Records clerk or leaders of the agency, but never who scanned it."""
    row = Scan.objects.filter(id=scan).first()
    if row is None:
        raise NotFound(_("Không tìm thấy bản số hóa này."))
    may_draw(actor, row.batch_id)
    if row.by_user == actor.user_id:
        raise Forbidden(_("Người đã quét không tự kiểm tra bản số hóa của mình."))


def may_accept(actor: Actor, batch: UUID, *_args: Any, **_given: Any) -> None:
    """The records clerk of the agency, who keeps its archive."""
    found = visible_batch(actor, batch)
    if not (actor.has_role("registrar") and agency_of(actor) == found.holding.agency_id):
        raise Forbidden(_("Lưu trữ cơ quan nghiệm thu bản số hóa."))
