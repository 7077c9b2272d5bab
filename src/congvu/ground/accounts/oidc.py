"""What the national identity services say about a person, read strictly (domain/onestop.md §3.4).

The national portal (DVCQG) and VNeID send the same facts under the same names; DVCQG sends more of them. Only
what signing in and prefilling need is read, and nothing else is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Invalid
from congvu.common.text import clean
from congvu.ground.accounts.errors import ClaimsRefused
from congvu.ground.accounts.identity import parse_personal_id, parse_tax_code

# LoaiTaiKhoan: kinds of account. [from memory: the specification of the national portal's sign-in]
_KINDS = {"1": "person", "2": "enterprise", "3": "agency"}
_DATES = ("%d/%m/%Y", "%Y-%m-%d", "%Y%m%d")
_LEVEL = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Identity:
    """A person or organisation as the identity service vouches for it. ``level`` is the level of assurance;
    ``address_kind`` is ``permanent``, ``present`` or not told.
    """

    kind: str
    tech_id: str
    full_name: str
    personal_id: str = ""
    tax_code: str = ""
    representative: str = ""
    born_on: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    address_kind: str = ""
    level: int = 1


def read_claims(claims: Mapping[str, Any], *, least_level: int = 1) -> Identity:
    """The identity in the claims. Raises ClaimsRefused, in words, when something needed is missing or malformed.

    Needed: ``TechID`` and a name; for a person ``SoDinhDanh`` (12 digits), for an organisation ``MaSoThue``.
    """
    said = {key: clean(str(value)) for key, value in claims.items() if value is not None}
    kind = _kind(said)
    name = said.get("HoVaTen", "") if kind == "person" else said.get("TenDoanhNghiep", "")
    needed = {_("mã định danh kỹ thuật (TechID)"): said.get("TechID"), _("tên"): name}
    missing = [words for words, value in needed.items() if not value]
    if missing:
        raise ClaimsRefused(
            _("Dịch vụ định danh không gửi %(what)s nên chưa đăng nhập được. Hãy đến Bộ phận Một cửa để được giúp.")
            % {"what": ", ".join(missing)}
        )
    level = _level(said)
    if level < least_level:
        raise ClaimsRefused(_("Tài khoản định danh chưa đạt mức cần thiết. Hãy nâng mức tại cơ quan công an."))
    return Identity(
        kind=kind, tech_id=said["TechID"][:64], full_name=name[:200], personal_id=_personal_id(said, kind),
        tax_code=_tax_code(said, kind), representative="" if kind == "person" else said.get("HoVaTen", "")[:200],
        born_on=_born_on(said), sex=said.get("GioiTinh", "")[:8], phone=said.get("SoDienThoai", "")[:20],
        email=said.get("ThuDienTu", "")[:254], address=_address(said, kind)[:500],
        address_kind=_address_kind(said, kind), level=level,
    )  # fmt: skip


def merged(userinfo: Mapping[str, Any], id_token: Mapping[str, Any]) -> dict[str, Any]:
    """Both sources of claims as one. Raises ClaimsRefused if they speak of two people (OpenID Connect Core 5.3.2)."""
    if userinfo and id_token and userinfo.get("sub") != id_token.get("sub"):
        raise ClaimsRefused(_("Dịch vụ định danh trả về hai danh tính khác nhau. Hãy đăng nhập lại."))
    return {**id_token, **userinfo}


def _kind(said: Mapping[str, str]) -> str:
    stated = said.get("LoaiTaiKhoan", "1")
    if stated not in _KINDS:
        raise ClaimsRefused(_("Loại tài khoản này chưa dùng được ở đây. Hãy đến Bộ phận Một cửa để được giúp."))
    return _KINDS[stated]


def _personal_id(said: Mapping[str, str], kind: str) -> str:
    if kind != "person":
        return ""
    try:
        return parse_personal_id(said.get("SoDinhDanh", "")).number
    except Invalid as problem:
        raise ClaimsRefused(
            _("Dịch vụ định danh không gửi số định danh cá nhân 12 chữ số nên chưa đăng nhập được.")
        ) from problem


def _tax_code(said: Mapping[str, str], kind: str) -> str:
    """Only of organisations: a person's own tax code is no key here."""
    if kind == "person":
        return ""
    try:
        return parse_tax_code(said.get("MaSoThue", ""))
    except Invalid as problem:
        raise ClaimsRefused(_("Dịch vụ định danh không gửi mã số thuế đúng dạng nên chưa đăng nhập được.")) from problem


def _born_on(said: Mapping[str, str]) -> date | None:
    """The day of birth if it is a full date; old papers know only the year, and then it stays unknown."""
    text = said.get("NgayThangNamSinh", "")
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _address(said: Mapping[str, str], kind: str) -> str:
    return said.get("ThuongTru", "") or said.get("NoiOHienNay", "") if kind == "person" else said.get("DiaChi", "")


def _address_kind(said: Mapping[str, str], kind: str) -> str:
    """Which of a person's addresses ``_address`` took."""
    if kind != "person":
        return ""
    return "permanent" if said.get("ThuongTru") else "present" if said.get("NoiOHienNay") else ""


def _level(said: Mapping[str, str]) -> int:
    """``loAs`` (or ``IAL``) as a number; absent means the lowest."""
    match = _LEVEL.search(said.get("loAs", "") or said.get("IAL", ""))
    return int(match.group()) if match else 1
