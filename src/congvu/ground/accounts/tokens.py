"""Tokens of programs outside: steps of acts in ``orgs``, which knows the posts, and the one that lets a call in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.errors import Conflict, Invalid, Problem, TooMany
from congvu.common.text import clean
from congvu.ground.accounts.errors import TokenNotFound, TokenRefused
from congvu.ground.accounts.models import ApiToken, User
from congvu.ground.accounts.types import SCOPES, IssuedToken, TokenUse

# The prefix lets scanners of published code find a token that was let out.
PREFIX = "cvt_"
LONGEST = timedelta(days=366)
PER_MINUTE = 600
# One statement lets the call in, counts it and remembers when.
_USE = """
UPDATE accounts_apitoken t SET last_used_at = %(now)s, minute = %(minute)s,
    used = CASE WHEN t.minute = %(minute)s THEN t.used + 1 ELSE 1 END
FROM accounts_user u
WHERE t.digest = %(digest)s AND t.revoked_at IS NULL AND t.expires_at > %(now)s
    AND u.id = t.user_id AND u.kind = 'machine' AND u.is_active
RETURNING t.id, t.user_id, t.position, t.scopes, t.used, t.per_minute
"""


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def issue_token(
    user_id: int, position_id: int, *, name: str, scopes: list[str], expires_at: datetime, per_minute: int = PER_MINUTE
) -> IssuedToken:
    """A token for a machine login. Step of an act. Raises Invalid naming each field."""
    now = timezone.now()
    problems = _problems(name, scopes, expires_at, per_minute, now)
    if not User.objects.filter(id=user_id, kind=User.Kind.MACHINE, is_active=True).exists():
        problems.append(Problem("user_id", _("Hãy chọn một tài khoản hệ thống ngoài đang mở.")))
    if problems:
        raise Invalid(_("Thông tin chưa đúng."), problems=tuple(problems))
    secret = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user_id=user_id, position=position_id, name=clean(name), digest=_digest(secret), scopes=sorted(set(scopes)),
        per_minute=per_minute, created_at=now, expires_at=expires_at,
    )  # fmt: skip
    return IssuedToken(row.pk, secret, expires_at)


def _problems(name: str, scopes: list[str], expires_at: datetime, per_minute: int, now: datetime) -> list[Problem]:
    found = []
    if not clean(name) or len(clean(name)) > 200:
        found.append(Problem("name", _("Tên khóa có từ 1 đến 200 ký tự.")))
    if not scopes or not set(scopes) <= set(SCOPES):
        found.append(Problem("scopes", _("Hãy chọn ít nhất một phạm vi trong danh mục.")))
    if not now < expires_at <= now + LONGEST:
        found.append(Problem("expires_at", _("Khóa có hạn trong tương lai, dài nhất một năm.")))
    if not 1 <= per_minute <= 100_000:
        found.append(Problem("per_minute", _("Số lần gọi mỗi phút từ 1 đến 100.000.")))
    return found


def revoke_token(token_id: int) -> None:
    """The token opens nothing from now on. Step of an act. Raises TokenNotFound, Conflict if it was revoked before."""
    row = ApiToken.objects.select_for_update().filter(id=token_id).first()
    if row is None:
        raise TokenNotFound(_("Không tìm thấy khóa truy cập này."))
    if row.revoked_at is not None:
        raise Conflict(_("Khóa truy cập này đã được thu hồi trước đó."), code="revoked")
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])


def use_token(secret: str) -> TokenUse:
    """Let a call in and count it, in one statement. Raises TokenRefused with the reason, TooMany past the limit."""
    now = timezone.now()
    minute = now.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_USE, {"digest": _digest(secret), "now": now, "minute": minute})
        row = cursor.fetchone()
    if row is None:
        raise _refusal(secret, now)
    token, user, position, scopes, used, limit = row
    if used > limit:
        raise TooMany(_("Khóa này đã gọi quá %(n)s lần trong một phút. Hãy đợi sang phút sau.") % {"n": limit})
    return TokenUse(token, user, position, frozenset(scopes))


def _refusal(secret: str, now: datetime) -> TokenRefused:
    """Why a token opens nothing; only who has the secret learns more than "unknown"."""
    row = ApiToken.objects.filter(digest=_digest(secret)).first()
    if row is None:
        return TokenRefused(_("Khóa truy cập không đúng."))
    if row.revoked_at is not None:
        return TokenRefused(_("Khóa truy cập đã bị thu hồi."), code="token_revoked")
    if row.expires_at <= now:
        return TokenRefused(_("Khóa truy cập đã hết hạn."), code="token_expired")
    return TokenRefused(_("Tài khoản của khóa truy cập này đã khóa."), code="login_closed")
