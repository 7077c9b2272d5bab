"""Setting up: partners, agencies with their dated codes, and what continued what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.common.text import clean
from congvu.engines.exchange import policies
from congvu.engines.exchange.edxml.words import looks_like_agency
from congvu.engines.exchange.errors import MessageNotFound
from congvu.engines.exchange.models import Agency, AgencyCode, AgencySuccession, Partner, Transport
from congvu.engines.exchange.types import Dialect
from congvu.ground.accounts import selectors as accounts
from congvu.ground.audit.services import act, note


@act("exchange.set_partner", policy=policies.may_administer, label="Đặt hệ thống đối tác trao đổi văn bản")
def set_partner(
    _actor: Actor, key: str, *, name: str, transport: str, address: str, dialect: str = "zip",
    settings: Mapping[str, Any] | None = None, machine_user: int | None = None, active: bool = True,
    document_type: str = "1",
) -> int:  # fmt: skip
    """Open a partner or change one; its id. The secret is set in the environment. Raises Invalid, UserNotFound."""
    problems = []
    if transport not in Transport.values:
        problems.append(Problem("transport", _("Chọn một cách gửi trong danh sách.")))
    if dialect not in tuple(Dialect):
        problems.append(Problem("dialect", _("Chọn một cách đóng gói trong danh sách.")))
    if not clean(name):
        problems.append(Problem("name", _("Ghi tên hệ thống."), "required"))
    if not _is_address(transport, address):
        words = _("Ghi địa chỉ https://… của hệ thống, imaps://… của hộp thư, hoặc đường dẫn thư mục.")
        problems.append(Problem("address", words))
    if not key or not key.replace("-", "").isalnum() or key != key.lower() or not key.isascii() or key == "local":
        problems.append(Problem("key", _("Khóa gồm chữ thường không dấu, chữ số và dấu gạch ngang.")))
    if machine_user is not None and accounts.user(machine_user).kind != "machine":
        problems.append(Problem("machine_user", _("Chọn một tài khoản của hệ thống ngoài.")))
    if problems:
        raise Invalid(_("Chưa lưu được."), problems=tuple(problems))
    values = {
        "name": clean(name), "transport": transport, "address": address.rstrip("/"), "dialect": dialect,
        "settings": dict(settings or {}), "machine_user": machine_user, "active": active,
        "document_type": document_type,
    }  # fmt: skip
    row, created = Partner.objects.update_or_create(key=key, defaults=values)
    note(partner=key, created=created, transport=transport, address=address, active=active)
    return row.pk


def _is_address(transport: str, address: str) -> bool:
    parts = urlsplit(address)
    if transport == Transport.MAILBOX:
        return parts.scheme in ("imap", "imaps") and bool(parts.hostname)
    if transport == Transport.FOLDER:
        return address.startswith("/")
    return parts.scheme in ("http", "https") and bool(parts.hostname)


@act("exchange.name_agency", policy=policies.may_administer, label="Đặt mã định danh của cơ quan trao đổi văn bản")
def name_agency(
    _actor: Actor, code: str, *, name: str, valid_from: date, unit_id: int | None = None, partner: str = "",
    agency_id: int | None = None, basis: str = "", verified: bool = False,
) -> int:  # fmt: skip
    """Give an agency a code from a day on: a new agency, or one that is there (``agency_id``, or by its unit).

    Old and new codes of one agency stand side by side, each with its days. Raises Invalid, MessageNotFound,
    Conflict when the code belongs to another agency on that day.
    """
    wanted = clean(code).upper()
    if not looks_like_agency(wanted):
        words = _("“%(code)s” không có dạng mã định danh cơ quan.") % {"code": wanted[:40]}
        raise Invalid(words, problems=(Problem("code", words),))
    way = Partner.objects.filter(key=partner).first() if partner else None
    if partner and way is None:
        raise MessageNotFound(_("Không có hệ thống đối tác này."))
    agency = _agency(agency_id, unit_id, clean(name))
    agency.partner = way or agency.partner
    agency.save()
    try:
        with transaction.atomic():
            AgencyCode.objects.create(
                agency=agency, code=wanted, valid_from=valid_from, basis=clean(basis), verified=verified
            )
    except IntegrityError as error:
        raise Conflict(_("Mã %(code)s đã có cơ quan mang trong thời gian này.") % {"code": wanted}) from error
    note(agency=agency.pk, code=wanted, valid_from=valid_from.isoformat(), partner=partner)
    return agency.pk


def _agency(agency_id: int | None, unit_id: int | None, name: str) -> Agency:
    if agency_id is not None:
        found = Agency.objects.filter(pk=agency_id).first()
        if found is None:
            raise MessageNotFound(_("Không tìm thấy cơ quan này."))
        return found
    known = Agency.objects.filter(unit=unit_id).first() if unit_id is not None else None
    return known or Agency(name=name, unit_id=unit_id)


@act("exchange.end_code", policy=policies.may_administer, label="Kết thúc mã định danh của cơ quan")
def end_code(_actor: Actor, code: str, *, valid_to: date, basis: str) -> None:
    """The code holds up to and with the day. Messages that name it are understood for ever. Raises MessageNotFound."""
    wanted = clean(code).upper()
    row = AgencyCode.objects.select_for_update().filter(code=wanted, valid_to=None).first()
    if row is None or row.valid_from > valid_to:
        raise MessageNotFound(_("Không có mã %(code)s đang dùng đến ngày này.") % {"code": wanted})
    row.valid_to, row.basis = valid_to, clean(f"{row.basis}; {basis}".strip("; "))[:300]
    row.save(update_fields=["valid_to", "basis"])
    note(code=wanted, valid_to=valid_to.isoformat(), basis=basis)


@act("exchange.succeed_agency", policy=policies.may_administer, label="Ghi cơ quan kế thừa")
def succeed_agency(_actor: Actor, predecessor: int, successor: int, *, on: date, basis: str) -> None:
    """One agency is continued by another from the day; several times for one that was divided. Raises Invalid."""
    if predecessor == successor or Agency.objects.filter(pk__in=(predecessor, successor)).count() != 2:
        raise Invalid(
            _("Hãy chọn hai cơ quan khác nhau."), problems=(Problem("successor", _("Hãy chọn hai cơ quan khác nhau.")),)
        )
    AgencySuccession.objects.get_or_create(
        predecessor_id=predecessor, successor_id=successor, on=on, defaults={"basis": clean(basis)[:300]}
    )
    note(predecessor=predecessor, successor=successor, on=on.isoformat(), basis=basis)
