"""Roles of positions: what each is called and how far its holder reads. Data, not code: rooms ask by key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    """Whose records a role reads: those addressed to the post, the unit's, the subtree's, the whole province's."""

    OWN = "own"
    UNIT = "unit"
    SUBTREE = "subtree"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    label: str | Promise
    scope: Scope


ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role("clerk", _("Công chức một cửa"), Scope.UNIT),
        Role("specialist", _("Công chức chuyên môn"), Scope.UNIT),
        Role("registrar", _("Văn thư"), Scope.UNIT),
        Role("head", _("Lãnh đạo phòng"), Scope.SUBTREE),
        Role("center_head", _("Lãnh đạo Trung tâm Phục vụ hành chính công"), Scope.SUBTREE),
        Role("chair", _("Lãnh đạo Ủy ban nhân dân, thủ trưởng cơ quan"), Scope.SUBTREE),
        Role("province_reader", _("Theo dõi toàn tỉnh"), Scope.PROVINCE),
        Role("admin", _("Quản trị hệ thống"), Scope.OWN),
    )
}

_WIDTH = {Scope.OWN: 0, Scope.UNIT: 1, Scope.SUBTREE: 2, Scope.PROVINCE: 3}


def widest(roles: Iterable[str]) -> Scope:
    """The widest reading scope of the roles; a role that is not known here reads nothing more than its own."""
    scopes = [ROLES[role].scope for role in roles if role in ROLES]
    return max(scopes, key=_WIDTH.__getitem__, default=Scope.OWN)
