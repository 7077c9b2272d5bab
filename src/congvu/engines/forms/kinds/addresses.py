"""An address: country, province, commune, detail. There is no district."""
# ruff: noqa: ARG002  every kind answers the same calls, not each needs all of them

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from congvu.engines.forms import lists, places
from congvu.engines.forms.kinds.base import Bad, FormData, Kind, raw_of, tidy
from congvu.engines.forms.types import Field

PARTS = ("country", "province", "commune", "detail")
HOME = "VN"


class Address(Kind):
    """Parameters: ``country`` (ask it, else Việt Nam), ``abroad`` (Việt Nam may not be chosen), ``detail`` (required).

    The names of the day are kept beside the codes, so an old answer can be read after a merger.
    """

    template = "address"

    def read(self, field: Field, name: str, data: FormData) -> Any:
        parts = {part: tidy(data.get(f"{name}.{part}", "")) for part in PARTS}
        parts["country"] = parts["country"] or ("" if field.params.get("abroad") else HOME)
        typed = parts["province"] or parts["commune"] or parts["detail"] or parts["country"] not in ("", HOME)
        return parts if typed else None

    def parse(self, field: Field, raw: Any, today: date) -> Any:
        if not isinstance(raw, dict) or not all(isinstance(raw.get(part, ""), str) for part in PARTS):
            raise Bad(_("chọn tỉnh, xã và ghi địa chỉ chi tiết"))
        parts = {part: tidy(raw.get(part, "")) for part in PARTS}
        if len(parts["detail"]) > 300:
            raise Bad(_("địa chỉ chi tiết nhiều nhất 300 ký tự"), "detail")
        country = parts["country"] or HOME
        if country != HOME:
            return self._abroad(country, parts["detail"])
        if field.params.get("abroad"):
            raise Bad(_("chọn quốc gia khác Việt Nam"), "country")
        return self._at_home(field, parts)

    def _abroad(self, country: str, detail: str) -> dict[str, str]:
        if country not in lists.labels("countries"):
            raise Bad(_("chọn quốc gia có trong danh sách"), "country")
        if not detail:
            raise Bad(_("ghi địa chỉ ở nước ngoài"), "detail")
        return {"country": country, "detail": detail}

    def _at_home(self, field: Field, parts: dict[str, str]) -> dict[str, str]:
        province = places.province(parts["province"])
        if province is None:
            raise Bad(_("chọn tỉnh, thành phố"), "province")
        commune = places.commune(province.code, parts["commune"])
        if commune is None:
            raise Bad(_("chọn xã, phường, đặc khu của %(place)s") % {"place": province.name}, "commune")
        if field.params.get("detail") and not parts["detail"]:
            raise Bad(_("ghi địa chỉ chi tiết: số nhà, đường, thôn hoặc tổ dân phố"), "detail")
        known = {"country": HOME, "province": province.code, "commune": commune.code, "detail": parts["detail"]}
        return known | {"province_name": province.name, "commune_name": commune.name}

    def boxes(self, field: Field, value: Any) -> dict[str, Any]:
        raw = raw_of(value)
        shown = raw if isinstance(raw, dict) else value if raw is None and isinstance(value, dict) else {}
        default = "" if field.params.get("abroad") else HOME
        return {part: shown.get(part, "") for part in PARTS} | {"country": shown.get("country") or default}

    def text(self, field: Field, value: Any) -> str:
        if value["country"] != HOME:
            return ", ".join(part for part in (value["detail"], lists.labels("countries")[value["country"]].vi) if part)
        named = [_lower_kind(name) for name in _names(value)]
        return ", ".join(part for part in (value.get("detail", ""), *named) if part)

    def schema(self, field: Field) -> dict[str, Any]:
        text = {"type": "string", "maxLength": 300}
        keys = (*PARTS, "province_name", "commune_name")
        return {
            "type": "object",
            "properties": dict.fromkeys(keys, text),
            "required": ["country"],
            "additionalProperties": False,
        }


def _names(value: Any) -> tuple[str, str]:
    """Names of commune and province: those kept with the answer, else those of today."""
    if value.get("commune_name"):
        return str(value["commune_name"]), str(value["province_name"])
    province, commune = places.province(value["province"]), places.commune(value["province"], value["commune"])
    return (commune.name if commune else value["commune"]), (province.name if province else value["province"])


def _lower_kind(name: str) -> str:
    """ "Xã Yên Khê" → "xã Yên Khê", as addresses are written."""
    return name[:1].lower() + name[1:]
