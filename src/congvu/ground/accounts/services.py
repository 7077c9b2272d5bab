"""Changing persons and logins. ``person`` and ``organisation`` are steps of other rooms' acts; the rest are acts."""

# ruff: noqa: ARG001 - an act takes the actor for its policy and its entry, even where the body needs it not
from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean, fold
from congvu.ground.accounts.brake import client_address, count_attempt
from congvu.ground.accounts.errors import IdentityTaken, SubjectNotFound, UserNotFound
from congvu.ground.accounts.identity import parse_personal_id, parse_tax_code
from congvu.ground.accounts.models import Subject, User
from congvu.ground.accounts.policies import may_manage_logins, may_update_contact
from congvu.ground.accounts.selectors import subject_view
from congvu.ground.accounts.signin import record_post, record_security, record_sign_out, reset_second_factor
from congvu.ground.accounts.tokens import issue_token, revoke_token, use_token
from congvu.ground.accounts.types import SubjectView
from congvu.ground.audit.services import act, note

__all__ = [
    "client_address", "close_login", "count_attempt", "issue_token", "open_machine_login", "open_staff_login",
    "organisation", "person", "record_post", "record_security", "record_sign_out", "reset_second_factor",
    "revoke_token", "update_contact", "use_token",
]  # fmt: skip

_PHONE = re.compile(r"\+?\d{8,15}", re.ASCII)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}", re.ASCII)


def person(
    *, personal_id: str, full_name: str, born_on: date | None = None, sex: str = "", phone: str = "", email: str = "",
    address: dict[str, Any] | None = None,
) -> SubjectView:  # fmt: skip
    """The person of a personal number, opened if not known yet; a step, run inside an act.

    Without a number a person is always new. What is known stays; blanks are filled from what is given. Raises
    Invalid (fields ``personal_id``, ``full_name``, ``phone``, ``email``), and IdentityTaken when the number is
    known under another name: then the counter compares the card before going on.
    """
    number = parse_personal_id(personal_id).number if personal_id.strip() else ""
    values = {"born_on": born_on, "sex": sex, "phone": _phone(phone), "email": _email(email), "address": address or {}}
    return _found_or_new({"personal_id": number}, Subject.Kind.PERSON, full_name, values)


def organisation(
    *, tax_code: str, full_name: str, kind: str = Subject.Kind.ENTERPRISE, phone: str = "", email: str = "",
    address: dict[str, Any] | None = None,
) -> SubjectView:  # fmt: skip
    """The firm or organisation of a tax code, opened if not known yet; a step. Raises as ``person``."""
    number = parse_tax_code(tax_code) if tax_code.strip() else ""
    values = {"phone": _phone(phone), "email": _email(email), "address": address or {}}
    return _found_or_new({"tax_code": number}, kind, full_name, values)


def _found_or_new(identity: dict[str, str], kind: str, full_name: str, values: dict[str, Any]) -> SubjectView:
    name = _name(full_name)
    row = Subject.objects.select_for_update().filter(**identity).first() if all(identity.values()) else None
    if row is None:
        row = _open_subject(identity, kind, name, values)
    if fold(row.full_name) != fold(name):
        message = _("Số này đã đăng ký với tên khác. Hãy đối chiếu giấy tờ rồi sửa họ tên hoặc số.")
        raise IdentityTaken(message, problems=(Problem(next(iter(identity)), message),))
    blanks = {key: value for key, value in values.items() if value and not getattr(row, key)}
    if blanks:
        for key, value in blanks.items():
            setattr(row, key, value)
        row.save(update_fields=list(blanks))
    return subject_view(row)


def _open_subject(identity: dict[str, str], kind: str, name: str, values: dict[str, Any]) -> Subject:
    """A new row, or the one that somebody else opened at the same moment."""
    try:
        with transaction.atomic():
            return Subject.objects.create(kind=kind, full_name=name, **identity, **values)
    except IntegrityError:
        return Subject.objects.select_for_update().get(**identity)


@act("accounts.update_contact", policy=may_update_contact, label="Sửa thông tin liên hệ")
def update_contact(
    actor: Actor, subject_id: int, *, phone: str | None = None, email: str | None = None,
    address: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Set what is given, leave the rest. Raises SubjectNotFound, Invalid (``phone``, ``email``)."""
    row = Subject.objects.select_for_update().filter(id=subject_id).first()
    if row is None:
        raise SubjectNotFound(_("Không tìm thấy người hoặc tổ chức này."))
    given = {
        "phone": None if phone is None else _phone(phone),
        "email": None if email is None else _email(email),
        "address": address,
    }
    changed = [name for name, value in given.items() if value is not None and value != getattr(row, name)]
    for name in changed:
        setattr(row, name, given[name])
    row.save(update_fields=changed)
    note(subject=subject_id, changed=changed, by_staff=actor.subject_id != subject_id)


@act("accounts.open_staff_login", policy=may_manage_logins, label="Mở tài khoản cán bộ")
def open_staff_login(actor: Actor, username: str, *, full_name: str, password: str, email: str = "") -> int:
    """A login for an official; posts come by ``orgs.services.assign``. Raises Invalid naming each field."""
    row = User(username=_username(username), kind=User.Kind.STAFF, full_name=_name(full_name), email=_email(email))
    try:
        validate_password(password, row)
    except ValidationError as error:
        raise _invalid("password", " ".join(error.messages)) from error
    row.set_password(password)
    row.save(force_insert=True)
    note(user=row.id, username=row.username)
    return row.id


@act("accounts.open_machine_login", policy=may_manage_logins, label="Mở tài khoản hệ thống ngoài")
def open_machine_login(actor: Actor, username: str, *, full_name: str) -> int:
    """A login for a program outside: only tokens open it (``orgs.services.issue_token``). Raises Invalid."""
    row = User(username=_username(username), kind=User.Kind.MACHINE, full_name=_name(full_name))
    row.set_unusable_password()
    row.save(force_insert=True)
    note(user=row.id, username=row.username)
    return row.id


@act("accounts.close_login", policy=may_manage_logins, label="Khóa tài khoản")
def close_login(actor: Actor, user_id: int) -> None:
    """No more signing in; running sessions end with their next request. Raises UserNotFound."""
    if not User.objects.filter(id=user_id).update(is_active=False):
        raise UserNotFound(_("Không tìm thấy tài khoản này."))
    note(user=user_id)


def _username(text: str) -> str:
    name = text.strip().lower()
    if not _USERNAME.fullmatch(name):
        raise _invalid("username", _("Tên đăng nhập gồm 2 đến 64 chữ thường không dấu, chữ số, dấu chấm hoặc gạch."))
    if User.objects.filter(username=name).exists():
        raise _invalid("username", _("Tên đăng nhập này đã có người dùng."))
    return name


def _name(full_name: str) -> str:
    name = clean(full_name).replace("\n", " ")
    if not name:
        raise _invalid("full_name", _("Hãy nhập họ và tên."))
    if len(name) > 200:
        raise _invalid("full_name", _("Họ và tên dài tối đa 200 ký tự."))
    return name


def _phone(text: str) -> str:
    compact = re.sub(r"[\s.\-()]", "", text)
    if compact and not _PHONE.fullmatch(compact):
        raise _invalid("phone", _("Số điện thoại gồm 8 đến 15 chữ số, có thể có dấu + ở đầu."))
    return compact


def _email(text: str) -> str:
    address = clean(text)
    try:
        if address:
            validate_email(address)
    except ValidationError as error:
        raise _invalid("email", _("Địa chỉ thư điện tử không đúng dạng, ví dụ ten@vidu.vn.")) from error
    return address


def _invalid(field: str, message: str) -> Invalid:
    return Invalid(message, problems=(Problem(field, message),))
