"""Acts of signing in: a vouched identity becomes a login, and every sign-in leaves its entry."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.digest import keyed
from congvu.common.errors import Conflict
from congvu.ground.accounts.errors import IdentityTaken, UserNotFound
from congvu.ground.accounts.events import SecondFactorReset
from congvu.ground.accounts.models import Subject, User
from congvu.ground.accounts.oidc import Identity
from congvu.ground.accounts.policies import may_accept_identity, may_manage_logins, may_record_sign_in
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish


@act("accounts.accept_identity", policy=may_accept_identity, label="Nhận danh tính từ dịch vụ định danh")
def accept_identity(_actor: Actor, identity: Identity) -> int:
    """The login of a vouched identity, opened on the first visit; returns the user's id.

    A person met at the counter before is joined by number. Name and birth follow the identity service; contact
    data only fills blanks. TechID names the person: a firm is known by its tax code alone, whoever signs in for it,
    and the entry says who did. Raises IdentityTaken when number and TechID belong to two different persons here.
    """
    row, new = _subject(identity)
    row.full_name, row.kind = identity.full_name, identity.kind
    row.tech_id = identity.tech_id if identity.kind == Subject.Kind.PERSON else ""
    row.born_on = identity.born_on or row.born_on
    row.sex, row.phone, row.email = row.sex or identity.sex, row.phone or identity.phone, row.email or identity.email
    if identity.address and row.address.get("text", "") in ("", identity.address) and not row.address.get("province"):
        row.address = {"text": identity.address, "kind": identity.address_kind}
    row.save()
    user, _created = User.objects.get_or_create(
        subject=row,
        defaults={"username": f"subject:{row.id}", "kind": User.Kind.CITIZEN, "password": make_password(None)},
    )
    user.full_name = identity.representative or identity.full_name
    user.save(update_fields=["full_name"])
    note(subject=row.id, user=user.id, new=new, level=identity.level, representative=identity.representative)
    return user.id


def _subject(identity: Identity) -> tuple[Subject, bool]:
    """The locked row of the identity, or a new one; True if new."""
    if identity.kind != Subject.Kind.PERSON:
        values = {"full_name": identity.full_name, "kind": identity.kind}
        return Subject.objects.select_for_update().get_or_create(tax_code=identity.tax_code, defaults=values)
    number = identity.personal_id
    rows = list(Subject.objects.select_for_update().filter(Q(tech_id=identity.tech_id) | Q(personal_id=number)))
    if not rows:
        values = {"tech_id": identity.tech_id, "full_name": identity.full_name}
        return Subject.objects.create(personal_id=number, **values), True
    row = rows[0]
    if len(rows) > 1 or row.personal_id != number or row.tech_id not in ("", identity.tech_id):
        raise IdentityTaken(
            _("Số định danh hoặc mã số thuế này đã gắn với một tài khoản định danh khác. Hãy đến Bộ phận Một cửa.")
        )
    return row, False


@act("accounts.record_sign_in", policy=may_record_sign_in, label="Đăng nhập")
def record_sign_in(actor: Actor, *, method: str) -> None:
    """Leave an entry of a completed sign-in; ``method`` is ``password`` or ``identity``."""
    note(user=actor.user_id, method=method)


@act("accounts.record_sign_out", policy=may_record_sign_in, label="Đăng xuất")
def record_sign_out(actor: Actor) -> None:
    """Leave an entry of a session ended by the person."""
    note(user=actor.user_id)


@act("accounts.record_failed_sign_in", policy=may_accept_identity, label="Đăng nhập không thành công")
def record_failed_sign_in(_actor: Actor, *, typed: str) -> None:
    """Leave an entry of a wrong name or password, by a keyed digest: people type passwords into the field of names."""
    note(tried=keyed("accounts.failed_sign_in", typed.strip().casefold()))


@act("accounts.record_security", policy=may_record_sign_in, label="Thay đổi bảo mật tài khoản")
def record_security(actor: Actor, *, change: str) -> None:
    """Leave an entry of a change to the own login: ``password``, ``totp_on``, ``totp_off``, ``recovery_codes``."""
    note(user=actor.user_id, change=change)


@act("accounts.reset_second_factor", policy=may_manage_logins, label="Đặt lại ứng dụng xác thực của tài khoản")
def reset_second_factor(_actor: Actor, user_id: int) -> None:
    """Take away the second factor and the recovery codes of an official who lost the phone; sessions that rest on it
    open nothing more from outside, and the person is told. Raises UserNotFound, Conflict without one."""
    if not User.objects.filter(id=user_id, kind=User.Kind.STAFF).exists():
        raise UserNotFound(_("Không tìm thấy tài khoản này."))
    rows = Authenticator.objects.select_for_update().filter(user=user_id)
    newest = max((row.pk for row in rows), default=0)
    if not newest:
        raise Conflict(_("Tài khoản này chưa bật ứng dụng xác thực."), code="none")
    rows.delete()
    publish(SecondFactorReset(user=user_id, number=newest))
    note(user=user_id)


@act("accounts.record_post", policy=may_record_sign_in, label="Chọn vị trí công tác")
def record_post(actor: Actor, *, position: int | None) -> None:
    """Leave an entry of acting in another post from now on."""
    note(user=actor.user_id, position=position)


def forget_sessions() -> int:
    """Drop sessions that are over: they still hold what was typed in them. Returns how many."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
