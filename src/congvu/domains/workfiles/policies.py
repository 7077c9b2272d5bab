"""Who may do what to lists, files, submissions and councils. Each policy raises, or says nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden, NotFound
from congvu.domains.workfiles.models import Catalogue, Disposal, Heading, WorkFile
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import get_visible, visible_to

KIND = "workfile"
LEADERS = ("head", "chair", "center_head")


def agency_of(actor: Actor) -> int | None:
    """The agency in which the post acts; None without a post."""
    return orgs.agency_of(actor.unit_id).id if actor.kind is ActorKind.STAFF and actor.unit_id is not None else None


def archives(actor: Actor, agency: int) -> bool:
    """The records clerk of the agency keeps its current archive (lưu trữ hiện hành)."""
    return actor.has_role("registrar") and agency_of(actor) == agency


def heads(actor: Actor, agency: int) -> bool:
    """The head of the agency, a deputy, or who stands in."""
    return actor.has_role("chair") and actor.unit_id == agency


def visible_file(actor: Actor, file_id: UUID) -> WorkFile:
    """The file with its record. Raises NotFound, whether missing or hidden."""
    get_visible(actor, file_id, kind=KIND)
    return WorkFile.objects.select_related("record").get(record_id=file_id)


def keeps(actor: Actor, file: WorkFile) -> bool:
    """The post that makes the file, or a leader of its unit."""
    if actor.kind is not ActorKind.STAFF:
        return False
    led = actor.has_role(*LEADERS) and file.maker_unit_id in actor.unit_ids and agency_of(actor) == file.agency_id
    return actor.position_id == file.maker_position_id or led


def may_draft(actor: Actor, agency: int, *_args: Any, **_given: Any) -> None:
    """Records clerk, office head and leaders of the agency draft its list."""
    if agency_of(actor) != agency or not (actor.has_role("registrar", *LEADERS)):
        raise Forbidden(_("Danh mục hồ sơ do văn thư, văn phòng của chính cơ quan lập."))


def may_edit(actor: Actor, catalogue: int, *_args: Any, **_given: Any) -> None:
    may_draft(actor, _agency_of(catalogue))


def may_edit_heading(actor: Actor, heading: int, *_args: Any, **_given: Any) -> None:
    found = Heading.objects.filter(id=heading).values_list("catalogue_id", flat=True).first()
    may_edit(actor, found or 0)


def may_approve(actor: Actor, catalogue: int, *_args: Any, **_given: Any) -> None:
    if not heads(actor, _agency_of(catalogue)):
        raise Forbidden(_("Danh mục hồ sơ do người đứng đầu cơ quan duyệt."))


def may_issue(actor: Actor, catalogue: int, *_args: Any, **_given: Any) -> None:
    if not archives(actor, _agency_of(catalogue)):
        raise Forbidden(_("Danh mục hồ sơ do văn thư cơ quan ban hành."))


def _agency_of(catalogue: int) -> int:
    found = Catalogue.objects.filter(id=catalogue).values_list("agency_id", flat=True).first()
    if found is None:
        raise NotFound(_("Không tìm thấy danh mục hồ sơ này."))
    return found


def may_open(actor: Actor, *_args: Any, **_given: Any) -> None:
    """Whoever handles the work opens its file."""
    if actor.kind is not ActorKind.STAFF or actor.position_id is None:
        raise Forbidden(_("Chỉ cán bộ được giao giải quyết công việc mở được hồ sơ."))


def may_add(actor: Actor, file_id: UUID, record: UUID | None, *_args: Any, **_given: Any) -> None:
    """Who keeps the file, with documents they may read."""
    may_keep(actor, file_id)
    if record is not None and not visible_to(actor).filter(id=record).exists():
        raise NotFound(_("Không tìm thấy văn bản này, hoặc văn bản không thuộc phạm vi được xem."))


def may_keep(actor: Actor, file_id: UUID, *_args: Any, **_given: Any) -> None:
    if not keeps(actor, visible_file(actor, file_id)):
        raise Forbidden(_("Hồ sơ này do vị trí khác lập."))


def may_preserve(actor: Actor, file_id: UUID, *_args: Any, **_given: Any) -> None:
    """Who keeps the file, or the archive of its agency."""
    file = visible_file(actor, file_id)
    if not (keeps(actor, file) or archives(actor, file.agency_id)):
        raise Forbidden(_("Việc này do người lập hồ sơ hoặc lưu trữ cơ quan làm."))


def describes(actor: Actor, document: UUID) -> bool:
    """The unit that has the document, or the records clerk of its agency. Raises NotFound for one they may not read."""
    record = visible_to(actor).filter(id=document).first()
    if record is None:
        raise NotFound(_("Không tìm thấy văn bản này, hoặc văn bản không thuộc phạm vi được xem."))
    own = actor.kind is ActorKind.STAFF and record.unit_id in actor.unit_ids
    return own or archives(actor, orgs.agency_of(record.unit_id).id)


def may_describe(actor: Actor, document: UUID, *_args: Any, **_given: Any) -> None:
    if not describes(actor, document):
        raise Forbidden(_("Siêu dữ liệu do đơn vị giữ văn bản hoặc văn thư cơ quan bổ sung."))


def may_hand_over(actor: Actor, position: int, *_args: Any, **_given: Any) -> None:
    """The person who leaves, a leader of the unit, or the administrator of the agency."""
    post = orgs.position(position)
    led = actor.has_role(*LEADERS) and post.unit_id in actor.unit_ids
    if not (actor.position_id == position or led):
        raise Forbidden(_("Chỉ người giữ hồ sơ hoặc lãnh đạo đơn vị bàn giao được hồ sơ."))


def may_answer(actor: Actor, file_id: UUID, *_args: Any, **_given: Any) -> None:
    if not archives(actor, visible_file(actor, file_id).agency_id):
        raise Forbidden(_("Việc này do lưu trữ cơ quan làm."))


def may_freeze(actor: Actor, file_ids: Any, *_args: Any, **_given: Any) -> None:
    """Archive or head of the agency, for every file of the set."""
    for file_id in file_ids:
        file = visible_file(actor, file_id)
        if not (archives(actor, file.agency_id) or heads(actor, file.agency_id)):
            raise Forbidden(_("Chỉ lưu trữ hoặc người đứng đầu cơ quan khóa, mở khóa được hồ sơ."))


def may_list_disposal(actor: Actor, agency: int, *_args: Any, **_given: Any) -> None:
    if not archives(actor, agency):
        raise Forbidden(_("Danh mục xét hủy do lưu trữ cơ quan lập."))


def disposal(actor: Actor, disposal_id: int) -> Disposal:
    """A council of the own agency. Raises NotFound."""
    row = Disposal.objects.filter(id=disposal_id).first()
    member = row is not None and row.members.filter(position=actor.position_id or 0).exists()
    if row is None or not (member or agency_of(actor) == row.agency_id):
        raise NotFound(_("Không tìm thấy hội đồng xét hủy này."))
    return row


def may_speak(actor: Actor, disposal_id: int, *_args: Any, **_given: Any) -> None:
    if not disposal(actor, disposal_id).members.filter(position=actor.position_id or 0).exists():
        raise Forbidden(_("Chỉ thành viên hội đồng cho ý kiến."))


def may_decide(actor: Actor, disposal_id: int, *_args: Any, **_given: Any) -> None:
    if not heads(actor, disposal(actor, disposal_id).agency_id):
        raise Forbidden(_("Người đứng đầu cơ quan quyết định hủy tài liệu."))


def may_destroy(actor: Actor, disposal_id: int, *_args: Any, **_given: Any) -> None:
    if not archives(actor, disposal(actor, disposal_id).agency_id):
        raise Forbidden(_("Việc hủy theo quyết định do lưu trữ cơ quan thực hiện."))


def only_system(actor: Actor, *_args: Any, **_given: Any) -> None:
    if actor.kind is not ActorKind.SYSTEM:
        raise Forbidden(_("Việc này do hệ thống thực hiện."))
