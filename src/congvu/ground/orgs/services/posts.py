"""Posts are made, people come and go, and stand in for each other."""
# ruff: noqa: ARG001 - an act takes the actor for its policy and its entry, even where the body needs it not

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.ground.accounts.selectors import users
from congvu.ground.audit.services import act, note
from congvu.ground.orgs import tree
from congvu.ground.orgs.errors import PositionNotFound
from congvu.ground.orgs.models import Assignment, Position, Substitution
from congvu.ground.orgs.policies import (
    may_assign,
    may_create_position,
    may_end_assignment,
    may_revoke_substitution,
    may_substitute,
)
from congvu.ground.orgs.roles import ROLES

M = TypeVar("M", Assignment, Substitution)


@act("orgs.create_position", policy=may_create_position, label="Lập vị trí công tác")
def create_position(
    actor: Actor, unit_id: int, title: str, roles: Sequence[str], *, valid_from: date, valid_to: date | None = None
) -> int:
    """A post in a unit; returns its id. Raises Invalid naming each field."""
    problems = _date_problems(valid_from, valid_to)
    if not clean(title) or len(clean(title)) > 200:
        problems.append(Problem("title", _("Chức danh có từ 1 đến 200 ký tự.")))
    if not roles or not set(roles) <= set(ROLES):
        problems.append(Problem("roles", _("Hãy chọn ít nhất một vai trò trong danh mục.")))
    if not tree.versions(valid_from).filter(unit_id=unit_id).exists():
        problems.append(Problem("valid_from", _("Đơn vị chưa có hoặc đã kết thúc vào ngày này.")))
    _refuse(problems)
    row = Position.objects.create(
        unit_id=unit_id, title=clean(title), roles=sorted(set(roles)), valid_from=valid_from, valid_to=valid_to
    )
    note(position=row.id, unit=unit_id, title=row.title, roles=row.roles)
    return row.id


@act("orgs.assign", policy=may_assign, label="Bố trí người vào vị trí")
def assign(
    actor: Actor, position_id: int, user_id: int, *, valid_from: date, valid_to: date | None = None, kind: str = "main"
) -> int:
    """A person, or a machine login, in a post from a day on; returns the assignment's id.

    One main post at a time; further ones are ``concurrent`` or ``seconded``. Raises PositionNotFound, Invalid.
    """
    position = _locked(position_id)
    problems = _date_problems(valid_from, valid_to) + _person_problems(user_id, "staff", "machine")
    problems += _span_problems(position, valid_from, valid_to)
    if kind not in Assignment.Kind.values:
        problems.append(Problem("kind", _("Hình thức là chính, kiêm nhiệm hoặc biệt phái.")))
    theirs = _overlapping(Assignment.objects.filter(user_id=user_id), valid_from, valid_to)
    if theirs.filter(position=position).exists():
        problems.append(Problem("user_id", _("Người này đã giữ vị trí này trong thời gian đó.")))
    if kind == Assignment.Kind.MAIN and theirs.filter(kind=kind).exists():
        problems.append(Problem("kind", _("Người này đã có vị trí chính trong thời gian đó. Hãy chọn kiêm nhiệm.")))
    _refuse(problems)
    row = Assignment.objects.create(
        position=position, user_id=user_id, kind=kind, valid_from=valid_from, valid_to=valid_to
    )
    note(assignment=row.id, position=position_id, user=user_id, kind=kind, valid_from=valid_from, valid_to=valid_to)
    return row.id


@act("orgs.end_assignment", policy=may_end_assignment, label="Thôi giữ vị trí")
def end_assignment(actor: Actor, assignment_id: int, *, last_day: date) -> None:
    """The person leaves the post after ``last_day``. Raises NotFound, Conflict if it has ended before, Invalid."""
    row = Assignment.objects.select_for_update().filter(id=assignment_id).first()
    if row is None:
        raise NotFound(_("Không tìm thấy phân công này."))
    if row.valid_to is not None and row.valid_to <= last_day:
        raise Conflict(_("Phân công này đã kết thúc trước ngày đó."))
    if last_day < row.valid_from:
        _refuse([Problem("last_day", _("Ngày cuối không thể trước ngày bắt đầu."))])
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    note(assignment=row.id, position=row.position_id, user=row.user_id, last_day=last_day)


@act("orgs.substitute", policy=may_substitute, label="Cử người thay")
def substitute(actor: Actor, position_id: int, user_id: int, *, first: date, last: date, basis: str) -> int:
    """A person acts in the post from ``first`` to ``last``, both included; returns the substitution's id.

    ``basis`` names the paper that says so. Raises PositionNotFound, Invalid.
    """
    position = _locked(position_id)
    problems = _date_problems(first, last) + _person_problems(user_id, "staff") + _span_problems(position, first, last)
    if not clean(basis) or len(clean(basis)) > 200:
        problems.append(Problem("basis", _("Hãy ghi số, ngày văn bản ủy quyền hoặc phân công, tối đa 200 ký tự.")))
    if _overlapping(Assignment.objects.filter(user_id=user_id, position=position), first, last).exists():
        problems.append(Problem("user_id", _("Người này đang giữ chính vị trí này.")))
    theirs = Substitution.objects.filter(user_id=user_id, position=position, revoked_at__isnull=True)
    if _overlapping(theirs, first, last).exists():
        problems.append(Problem("user_id", _("Người này đã được cử thay trong thời gian đó.")))
    _refuse(problems)
    row = Substitution.objects.create(
        position=position, user_id=user_id, valid_from=first, valid_to=last, basis=clean(basis)
    )
    note(substitution=row.id, position=position_id, user=user_id, first=first, last=last, basis=row.basis)
    return row.id


@act("orgs.revoke_substitution", policy=may_revoke_substitution, label="Thôi cử người thay")
def revoke_substitution(actor: Actor, substitution_id: int) -> None:
    """The stand-in stops at once. Raises NotFound, Conflict if that was said before."""
    row = Substitution.objects.select_for_update().filter(id=substitution_id).first()
    if row is None:
        raise NotFound(_("Không tìm thấy việc cử người thay này."))
    if row.revoked_at is not None:
        raise Conflict(_("Việc cử người thay này đã được chấm dứt trước đó."))
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    note(substitution=row.id, position=row.position_id, user=row.user_id)


def _locked(position_id: int) -> Position:
    row = Position.objects.select_for_update().filter(id=position_id).first()
    if row is None:
        raise PositionNotFound(_("Không tìm thấy vị trí công tác này."))
    return row


def _overlapping(rows: QuerySet[M], first: date, last: date | None) -> QuerySet[M]:
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first), valid_from__lte=last or date.max)


def _date_problems(first: date, last: date | None) -> list[Problem]:
    if last is not None and last < first:
        return [Problem("valid_to", _("Ngày kết thúc không thể trước ngày bắt đầu."))]
    return []


def _span_problems(position: Position, first: date, last: date | None) -> list[Problem]:
    """The time must lie within the post's own."""
    ends_after = position.valid_to is not None and (last is None or last > position.valid_to)
    if first < position.valid_from or ends_after:
        return [Problem("valid_from", _("Thời gian này vượt ngoài thời gian của vị trí."))]
    return []


def _person_problems(user_id: int, *kinds: str) -> list[Problem]:
    person = users([user_id]).get(user_id)
    if person is None or person.kind not in kinds or not person.is_active:
        return [Problem("user_id", _("Hãy chọn một tài khoản cán bộ đang mở."))]
    return []


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(_("Thông tin chưa đúng."), problems=tuple(problems))
