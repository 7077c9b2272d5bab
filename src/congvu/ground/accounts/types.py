"""Values that leave the room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A person or organisation that files dossiers. ``address`` holds the parts as given, ``text`` among them;
    ``kind`` is ``permanent`` or ``present`` where an identity service told it.
    """

    id: int
    kind: str
    full_name: str
    personal_id: str
    tax_code: str
    born_on: date | None
    sex: str
    phone: str
    email: str
    address: dict[str, Any] = field(default_factory=dict)
    has_login: bool = False


@dataclass(frozen=True, slots=True)
class UserView:
    id: int
    username: str
    kind: str
    name: str
    email: str
    phone: str
    is_active: bool
    subject_id: int | None


@dataclass(frozen=True, slots=True)
class PersonalId:
    """What the twelve digits of a personal number tell [from memory: Nghị định 137/2015/NĐ-CP, Điều 13]."""

    number: str
    birth_place: str
    sex: str
    birth_year: int


SCOPES: dict[str, str | Promise] = {
    "procedures:read": _("Xem danh mục thủ tục"),
    "dossiers:read": _("Xem hồ sơ"),
    "dossiers:write": _("Gửi tệp, nộp và tiếp nhận hồ sơ"),
    "work:read": _("Xem việc đang chờ"),
    "work:write": _("Hoàn thành, phê duyệt, trả lại việc"),
    "exchange:write": _("Gửi văn bản liên thông của hệ thống đối tác"),
}
"""What a token may be used for. A scope only narrows what its post may do, it never adds a right."""


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token as an administrator sees it; the secret is in nobody's hands but its holder's."""

    id: int
    name: str
    user_id: int
    position_id: int
    scopes: tuple[str, ...]
    per_minute: int
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token with its secret, which is told here and never again."""

    id: int
    secret: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenUse:
    """One accepted call: as whom, for what."""

    token_id: int
    user_id: int
    position_id: int
    scopes: frozenset[str]
