"""What an order, a reason, a term must be like before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.domains.tasks.models import Task
from congvu.domains.tasks.policies import LEADERS
from congvu.domains.tasks.types import Amendment, Holder, TaskOrder
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.types import PositionView

TITLE, OUTPUT, CODE, TEXT = 500, 500, 100, 20_000


@dataclass(frozen=True, slots=True)
class Seat:
    """A unit, a post in it, and who acts there today; the name is the post's title where nobody does."""

    unit: int
    position: int
    title: str
    name: str
    due: datetime | None = None


def seat(holder: Holder, field: str) -> Seat:
    """Where a holder sits today. Raises Invalid for a post that is not in the unit, or a unit nobody leads."""
    posts = orgs.positions(holder.unit)
    post = _leading(posts) if holder.position is None else next((p for p in posts if p.id == holder.position), None)
    if post is None:
        message = _("Đơn vị này không có vị trí nhận nhiệm vụ. Hãy chọn vị trí khác.")
        raise Invalid(message, problems=(Problem(field, message, "post"),))
    people = [person for person in orgs.holders_of(post.id) if not person.stand_in]
    return Seat(holder.unit, post.id, post.title, people[0].name if people else post.title, holder.due)


def _leading(posts: Iterable[PositionView]) -> PositionView | None:
    """The first post that leads: heads of sections before chairs, so that a unit's own leader is met."""
    found = [post for post in posts if not set(post.roles).isdisjoint(LEADERS)]
    return found[0] if found else None


def seats(order: TaskOrder) -> tuple[Seat, tuple[Seat, ...], tuple[Seat, ...]]:
    """Owner, supporters, watchers; nobody twice. Raises Invalid."""
    owner = seat(order.owner, "owner")
    supporters = tuple(seat(holder, "supporters") for holder in order.supporters)
    watchers = tuple(seat(holder, "watchers") for holder in order.watchers)
    taken = [place.position for place in (owner, *supporters, *watchers)]
    if len(set(taken)) < len(taken):
        message = _("Mỗi vị trí chỉ giữ một vai trong nhiệm vụ: chủ trì, phối hợp hoặc theo dõi.")
        raise Invalid(message, problems=(Problem("supporters", message, "twice"),))
    return owner, supporters, watchers


def check(order: TaskOrder | Amendment, *, parent: Task | None = None) -> None:
    """Raises Invalid naming each field."""
    problems = [*_words(order), *_term(order.due, order.no_term)]
    if parent is not None and parent.due_at and order.due and order.due > parent.due_at:
        problems.append(Problem("due", _("Việc nhỏ phải xong trước hạn của nhiệm vụ chung."), "after_parent"))
    if problems:
        raise Invalid(
            ngettext("Còn %(count)s chỗ cần sửa.", "Còn %(count)s chỗ cần sửa.", len(problems))
            % {"count": len(problems)},
            problems=tuple(problems),
        )


def _words(order: TaskOrder | Amendment) -> list[Problem]:
    problems = []
    if not 0 < len(clean(order.title)) <= TITLE:
        problems.append(Problem("title", _("Ghi tên nhiệm vụ, tối đa 500 ký tự."), "required"))
    if not 0 < len(clean(order.output)) <= OUTPUT:
        problems.append(Problem("output", _("Ghi kết quả phải có khi xong, tối đa 500 ký tự."), "required"))
    if len(clean(order.content)) > TEXT:
        problems.append(Problem("content", _("Nội dung dài quá 20.000 ký tự."), "long"))
    if len(clean(order.task_code)) > CODE or "\n" in clean(order.task_code):
        problems.append(Problem("task_code", _("Mã nhiệm vụ cấp trên ghi trên một dòng, tối đa 100 ký tự."), "long"))
    return problems


def _term(due: datetime | None, no_term: bool) -> list[Problem]:
    if due is None and not no_term:
        return [Problem("due", _("Ghi hạn hoàn thành, hoặc chọn “Không thời hạn”."), "required")]
    if due is not None and no_term:
        return [Problem("due", _("Đã chọn “Không thời hạn” thì không ghi hạn."), "both")]
    if due is not None and due <= timezone.now():
        return [Problem("due", _("Hạn hoàn thành phải ở sau thời điểm này."), "past")]
    return []


def words(text: str, message: str, field: str = "text") -> str:
    """The text tidied. Raises Invalid with ``message`` when nothing was written, or far too much."""
    tidy = clean(text)
    if not tidy:
        raise Invalid(message, problems=(Problem(field, message, "required"),))
    if len(tidy) > TEXT:
        long = _("Nội dung dài quá 20.000 ký tự.")
        raise Invalid(long, problems=(Problem(field, long, "long"),))
    return tidy


def later(until: datetime | None, than: datetime, field: str = "until") -> datetime:
    """A moment after another and after now. Raises Invalid."""
    if until is None or until <= than or until <= timezone.now():
        message = _("Hạn mới phải ở sau hạn hiện nay và sau thời điểm này.")
        raise Invalid(message, problems=(Problem(field, message, "range"),))
    return until
