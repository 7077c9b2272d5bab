"""Reading logins and the persons behind them. Who may see a person is asked by the room that shows one."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden
from congvu.ground.accounts.errors import SubjectNotFound, TokenNotFound, UserNotFound
from congvu.ground.accounts.identity import parse_personal_id, parse_tax_code
from congvu.ground.accounts.models import ApiToken, Subject, User
from congvu.ground.accounts.types import SubjectView, TokenView, UserView

__all__ = [
    "citizen_actor", "parse_personal_id", "parse_tax_code", "second_factors", "subject", "subject_by_personal_id",
    "subject_by_tax_code", "subjects", "token", "tokens_of", "user", "user_by_username", "user_of_subject", "users",
]  # fmt: skip


def citizen_actor(user_id: int) -> Actor:
    """The citizen or firm behind a login as an actor. One statement. Raises Forbidden if closed or not a citizen's."""
    row = User.objects.select_related("subject").filter(id=user_id, kind=User.Kind.CITIZEN, is_active=True).first()
    if row is None or row.subject is None:
        raise Forbidden(_("Tài khoản này đã khóa hoặc không phải tài khoản công dân."))
    return Actor(kind=ActorKind.CITIZEN, name=row.subject.full_name, user_id=row.id, subject_id=row.subject_id)


def subject(subject_id: int) -> SubjectView:
    """One person or organisation. Raises SubjectNotFound."""
    return _one(_subjects().filter(id=subject_id))


def subjects(subject_ids: Iterable[int]) -> dict[int, SubjectView]:
    """Several at once, by id. One statement."""
    return {row.id: subject_view(row) for row in _subjects().filter(id__in=set(subject_ids))}


def subject_by_personal_id(personal_id: str) -> SubjectView | None:
    """The person of a personal number, if known here. Raises Invalid for what is no personal number."""
    row = _subjects().filter(personal_id=parse_personal_id(personal_id).number).first()
    return subject_view(row) if row else None


def subject_by_tax_code(tax_code: str) -> SubjectView | None:
    """The organisation of a tax code, if known here. Raises Invalid for what is no tax code."""
    row = _subjects().filter(tax_code=parse_tax_code(tax_code)).first()
    return subject_view(row) if row else None


def _subjects() -> QuerySet[Subject]:
    return Subject.objects.annotate(has_login=Exists(User.objects.filter(subject=OuterRef("id"), is_active=True)))


def _one(rows: QuerySet[Subject]) -> SubjectView:
    row = rows.first()
    if row is None:
        raise SubjectNotFound(_("Không tìm thấy người hoặc tổ chức này."))
    return subject_view(row)


def subject_view(row: Subject) -> SubjectView:
    return SubjectView(
        id=row.id, kind=row.kind, full_name=row.full_name, personal_id=row.personal_id, tax_code=row.tax_code,
        born_on=row.born_on, sex=row.sex, phone=row.phone, email=row.email, address=row.address,
        has_login=getattr(row, "has_login", False),
    )  # fmt: skip


def user(user_id: int) -> UserView:
    """One login. Raises UserNotFound."""
    return _user(User.objects.filter(id=user_id).first())


def user_by_username(username: str) -> UserView:
    """One login by its name. Raises UserNotFound."""
    return _user(User.objects.filter(username=username).first())


def user_of_subject(subject_id: int) -> UserView | None:
    """The open login of a person or organisation, if there is one; where messages in the program go."""
    row = User.objects.filter(subject_id=subject_id, is_active=True).first()
    return _user(row) if row else None


def users(user_ids: Iterable[int]) -> dict[int, UserView]:
    """Several at once, by id. One statement."""
    return {row.id: _user(row) for row in User.objects.filter(id__in=set(user_ids))}


def _user(row: User | None) -> UserView:
    if row is None:
        raise UserNotFound(_("Không tìm thấy tài khoản này."))
    return UserView(
        id=row.id, username=row.username, kind=row.kind, name=row.full_name or row.username, email=row.email,
        phone=row.phone, is_active=row.is_active, subject_id=row.subject_id,
    )  # fmt: skip


def second_factors(user_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The second factors of these logins by their ids (an app, recovery codes); logins without one are left out. One
    statement."""
    found: dict[int, set[int]] = {}
    for user, key in Authenticator.objects.filter(user__in=set(user_ids)).values_list("user_id", "id"):
        found.setdefault(user, set()).add(key)
    return {user: frozenset(keys) for user, keys in found.items()}


def token(token_id: int) -> TokenView:
    """One token, alive or not. Raises TokenNotFound."""
    row = ApiToken.objects.filter(id=token_id).first()
    if row is None:
        raise TokenNotFound(_("Không tìm thấy khóa truy cập này."))
    return _token(row)


def tokens_of(position_ids: Iterable[int]) -> list[TokenView]:
    """Tokens that act in these posts, newest first, revoked and expired ones too. One statement."""
    return [_token(row) for row in ApiToken.objects.filter(position__in=set(position_ids)).order_by("-id")]


def _token(row: ApiToken) -> TokenView:
    return TokenView(
        id=row.pk, name=row.name, user_id=row.user_id, position_id=row.position, scopes=tuple(row.scopes),
        per_minute=row.per_minute, created_at=row.created_at, expires_at=row.expires_at, last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )  # fmt: skip
