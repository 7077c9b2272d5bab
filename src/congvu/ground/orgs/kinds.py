"""Kinds of units, and which section of an agency handles which field of procedures. Data with its legal basis."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congvu.common.text import fold


@dataclass(frozen=True, slots=True)
class Kind:
    """``agency``: the unit acts in its own name (its head decides), so records are numbered and sealed there."""

    key: str
    label: str | Promise
    agency: bool = False


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("ubnd", _("Ủy ban nhân dân"), agency=True),
        Kind("department", _("Cơ quan chuyên môn cấp tỉnh"), agency=True),
        Kind("agency", _("Cơ quan, đơn vị khác"), agency=True),
        Kind("party_committee", _("Cấp ủy Đảng"), agency=True),
        Kind("mass_organisation", _("Mặt trận Tổ quốc, tổ chức chính trị - xã hội"), agency=True),
        Kind("office", _("Văn phòng")),
        Kind("center", _("Trung tâm Phục vụ hành chính công")),
        Kind("section_economy", _("Phòng Kinh tế")),
        Kind("section_culture", _("Phòng Văn hóa - Xã hội")),
        Kind("section_office", _("Bộ phận của Văn phòng")),
        Kind("section", _("Phòng chuyên môn")),
    )
}
AGENCY_KINDS: tuple[str, ...] = tuple(key for key, kind in KINDS.items() if kind.agency)
LEVELS: dict[str, str | Promise] = {
    "province": _("Cấp tỉnh"),
    "district": _("Cấp huyện (đến 30/6/2025)"),
    "commune": _("Cấp xã"),
    "department": _("Sở, ban, ngành"),
    "section": _("Phòng, bộ phận"),
}


@dataclass(frozen=True, slots=True)
class FieldSection:
    """``verified`` is False where no decree read so far says it: shown to the administrator as such."""

    section: str
    verified: bool


@cache
def _tables() -> dict[str, list[dict[str, Any]]]:
    source = Path(__file__).with_name("field_sections.json")
    tables: dict[str, list[dict[str, Any]]] = json.loads(source.read_text(encoding="utf-8"))
    return tables


def section_rows() -> list[dict[str, Any]]:
    """The rows of the table as they are shipped: ``section``, ``verified``, ``fields``."""
    return _tables()["sections"]


def division_rows() -> list[dict[str, Any]]:
    """Divisions that decisions name without their department: ``division``, ``department``, ``verified``, ``basis``."""
    return _tables()["departments"]


def departments_meant(text: str) -> list[str]:
    """Names of the departments whose divisions stand in a text."""
    words = fold(text)
    return [row["department"] for row in division_rows() if fold(row["division"]) in words]


@cache
def _field_sections() -> dict[str, FieldSection]:
    return {
        fold(field): FieldSection(row["section"], row["verified"]) for row in section_rows() for field in row["fields"]
    }  # fmt: skip


def section_of_field(field: str) -> FieldSection | None:
    """Which kind of section handles a field of procedures (lĩnh vực), or None if the table does not say."""
    return _field_sections().get(fold(field.strip()))
