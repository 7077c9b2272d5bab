"""Who may do what to a task. Each policy has the parameters of its act and raises, or says nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden, NotFound
from congvu.domains.tasks.models import Support, Task
from congvu.domains.tasks.types import TaskOrder
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import get_visible, visible_to

KIND = "task"
LEADERS = ("head", "chair", "center_head")


def leads(actor: Actor) -> bool:
    """Staff in a post that leads a unit."""
    return actor.kind is ActorKind.STAFF and actor.unit_id is not None and actor.has_role(*LEADERS)


def visible_task(actor: Actor, task_id: UUID) -> Task:
    """The task with its record. Raises NotFound, whether it is missing or hidden."""
    get_visible(actor, task_id, kind=KIND)
    return Task.objects.select_related("record").get(record_id=task_id)


def owns(actor: Actor, task: Task) -> bool:
    return actor.kind is ActorKind.STAFF and actor.position_id == task.owner_position_id


def assigned(actor: Actor, task: Task) -> bool:
    return actor.kind is ActorKind.STAFF and actor.position_id == task.assigner_position_id


def supports(actor: Actor, task: Task) -> bool:
    rows = Support.objects.filter(task=task, part=Support.Part.SUPPORT, position=actor.position_id)
    return actor.kind is ActorKind.STAFF and actor.position_id is not None and rows.exists()


def may_give(actor: Actor, order: TaskOrder, *_args: Any, **_given: Any) -> None:
    """Leaders, to units they lead; help may come from anywhere in their agency.

    A task that comes from a record needs the right to read it, one under another task the part of its owner or
    its assigner.
    """
    if not leads(actor):
        raise Forbidden(_("Chỉ lãnh đạo cơ quan, đơn vị được giao nhiệm vụ."))
    if order.owner.unit not in actor.unit_ids:
        raise Forbidden(_("Chỉ giao được nhiệm vụ cho đơn vị thuộc quyền quản lý của mình."))
    _near(actor, {holder.unit for holder in (*order.supporters, *order.watchers)})
    if order.source is not None and not visible_to(actor).filter(id=order.source).exists():
        raise NotFound(_("Không tìm thấy văn bản gốc, hoặc văn bản không thuộc phạm vi được xem."))
    if order.parent is not None:
        parent = visible_task(actor, order.parent)
        if not (owns(actor, parent) or assigned(actor, parent)):
            raise Forbidden(_("Chỉ người chủ trì hoặc người giao được chia nhiệm vụ này thành việc nhỏ."))


def _near(actor: Actor, units: set[int]) -> None:
    """Units one may ask for help: those one reads as a leader, and all of the own agency."""
    if units <= actor.unit_ids or actor.unit_id is None:
        return
    tree = orgs.tree()
    if units - actor.unit_ids - tree.subtree(tree.agency_of(actor.unit_id).id):
        raise Forbidden(_("Đơn vị phối hợp phải thuộc cơ quan của mình. Nhờ cơ quan khác thì gửi văn bản."))


def may_work(actor: Actor, task_id: UUID, *_args: Any, **_given: Any) -> None:
    """The post that owns the task."""
    if not owns(actor, visible_task(actor, task_id)):
        raise Forbidden(_("Nhiệm vụ này do đơn vị, vị trí khác chủ trì."))


def may_hand_on(actor: Actor, task_id: UUID, *_args: Any, **_given: Any) -> None:
    """Leaders of the unit that owns the task, within its agency; who gave it leaves that to them."""
    if not hands_on(actor, visible_task(actor, task_id)):
        raise Forbidden(_("Chỉ lãnh đạo đơn vị chủ trì được phân công người thực hiện."))


def hands_on(actor: Actor, task: Task) -> bool:
    if not leads(actor) or actor.unit_id is None:
        return False
    if owns(actor, task):
        return True
    if assigned(actor, task) or task.owner_unit_id not in actor.unit_ids:
        return False
    tree = orgs.tree()
    return tree.agency_of(actor.unit_id).id == tree.agency_of(task.owner_unit_id).id


def may_support(actor: Actor, task_id: UUID, *_args: Any, **_given: Any) -> None:
    if not supports(actor, visible_task(actor, task_id)):
        raise Forbidden(_("Chỉ đơn vị, vị trí được giao phối hợp ghi được phần này."))


def may_comment(actor: Actor, task_id: UUID, *_args: Any, **_given: Any) -> None:
    """Everybody on the task, and leaders who read it."""
    task = visible_task(actor, task_id)
    on_it = Support.objects.filter(task=task, position=actor.position_id or 0).exists()
    if not (owns(actor, task) or assigned(actor, task) or on_it or leads(actor)):
        raise Forbidden(_("Chỉ những người tham gia nhiệm vụ được trao đổi ở đây."))


def may_decide(actor: Actor, task_id: UUID, *_args: Any, **_given: Any) -> None:
    """The post that gave the task: it judges, answers, changes and cancels."""
    if not assigned(actor, visible_task(actor, task_id)):
        raise Forbidden(_("Việc này thuộc thẩm quyền của người giao nhiệm vụ."))


def only_system(actor: Actor, *_args: Any, **_given: Any) -> None:
    if actor.kind is not ActorKind.SYSTEM:
        raise Forbidden(_("Việc này do hệ thống thực hiện."))
