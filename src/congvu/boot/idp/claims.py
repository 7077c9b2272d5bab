"""What the stand-in says about its invented citizens, under the names the real services use (onestop.md §3.4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.contrib.auth.models import User

from congvu.boot.demo.people import CITIZENS, Citizen

BY_KEY = {citizen.key: citizen for citizen in CITIZENS}


def claims_of(citizen: Citizen) -> dict[str, str]:
    """The claims of a person, or of a firm with its representative."""
    said = {
        "LoaiTaiKhoan": "2" if citizen.tax_code else "1",
        "TechID": citizen.tech_id,
        "SoDinhDanh": citizen.personal_id,
        "HoVaTen": citizen.full_name,
        "NgayThangNamSinh": citizen.born_on.strftime("%d/%m/%Y"),
        "GioiTinh": citizen.sex,
        "SoDienThoai": citizen.phone,
        "ThuDienTu": citizen.email,
        "ThuongTru": citizen.address,
        "QuocTich": "Việt Nam",
        "loAs": "2",
        "IAL": "2",
    }
    if citizen.tax_code:
        said |= {"MaSoThue": citizen.tax_code, "TenDoanhNghiep": citizen.firm, "DiaChi": citizen.address}
    return said


class CitizenAdapter(DefaultOIDCAdapter):  # type: ignore[misc]
    """Tokens carry the citizen's claims and a ``sub`` that is the TechID."""

    def get_claims(
        self, purpose: Any, user: User, client: Any, scopes: Iterable[str], email: str | None = None, **_values: Any
    ) -> dict[str, Any]:
        claims: dict[str, Any] = super().get_claims(purpose, user, client, scopes, email)
        return claims | claims_of(BY_KEY[user.username]) if purpose == "userinfo" else claims

    def get_user_sub(self, client: Any, user: User) -> str:  # noqa: ARG002
        return BY_KEY[user.username].tech_id

    def get_user_by_sub(self, client: Any, sub: str) -> User | None:  # noqa: ARG002
        key = next((citizen.key for citizen in CITIZENS if citizen.tech_id == sub), "")
        return User.objects.filter(username=key).first()
