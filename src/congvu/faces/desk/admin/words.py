"""Words of the administrator's pages for the keys of the catalogue."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congvu.domains.procedures.types import KINDS, LEVELS, PLACES, ROLES
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

STATES: dict[str, str | Promise] = {
    "": _("Tất cả"),
    "own": _("Chạy được, bước riêng"),
    "template": _("Chạy được, mẫu bảy bước"),
    "blocked": _("Chưa chạy được"),
}
ORIGINS: dict[str, str | Promise] = {
    "own": _("Các bước do nguồn công bố"),
    "province": _("Các bước do đơn vị đặt"),
    "template": _("Mẫu bảy bước, chưa có quyết định riêng"),
    "none": _("Chưa có các bước"),
}
LEVEL_NAMES: dict[str, str | Promise] = {
    "commune": _("Cấp xã"),
    "province": _("Cấp tỉnh"),
    "ministry": _("Cấp bộ"),
    "other": _("Cơ quan khác"),
}
PLACE_NAMES: dict[str, str | Promise] = {
    "center": _("Trung tâm PVHCC nơi tiếp nhận"),
    "section": _("Phòng chuyên môn cấp xã"),
    "authority": _("Lãnh đạo UBND cấp xã"),
    "office": _("Văn phòng HĐND và UBND cấp xã"),
    "dept_center": _("Trung tâm PVHCC cấp tỉnh"),
    "dept_section": _("Phòng thuộc sở"),
    "dept": _("Lãnh đạo sở"),
    "dept_office": _("Văn phòng sở"),
    "province": _("Lãnh đạo UBND cấp tỉnh"),
    "province_office": _("Văn phòng UBND cấp tỉnh"),
    "external": _("Cơ quan ngoài hệ thống"),
}
KIND_NAMES: dict[str, str | Promise] = {
    "receive": _("Tiếp nhận"),
    "assign": _("Phân công"),
    "appraise": _("Thẩm định"),
    "consult": _("Lấy ý kiến"),
    "review": _("Xem xét"),
    "approve": _("Ký duyệt"),
    "issue": _("Vào sổ, ban hành"),
    "return": _("Trả kết quả"),
    "other": _("Việc khác"),
}
UNITS: dict[str, str | Promise] = {
    "wd": _("ngày làm việc"),
    "wh": _("giờ làm việc"),
    "sd": _("trong ngày"),
    "d": _("ngày"),
    "h": _("giờ"),
}


def roles(chosen: str) -> list[Option]:
    return [Option(key, str(orgs.ROLES[key].label), checked=key == chosen) for key in ROLES]


def places(chosen: str) -> list[Option]:
    return [Option(key, str(PLACE_NAMES[key]), checked=key == chosen) for key in PLACES]


def kinds(chosen: str) -> list[Option]:
    return [Option(key, str(KIND_NAMES[key]), checked=key == chosen) for key in KINDS]


def levels(chosen: list[str] | tuple[str, ...]) -> list[Option]:
    return [Option(key, str(LEVEL_NAMES[key]), checked=key in chosen) for key in LEVELS]


def units(chosen: str) -> list[Option]:
    return [Option(key, str(label), checked=key == chosen) for key, label in UNITS.items()]
