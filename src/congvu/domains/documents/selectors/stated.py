"""What the Ministry publishes yearly and no record counts: which figures, and what was stated of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from congvu.domains.documents.models import StatedFigure

# In the order of the published tables (QĐ 1383/QĐ-BNV 26/11/2025).
FIGURES: Mapping[str, str | Promise] = {
    "clerks": gettext_lazy("Người làm văn thư"),
    "archivists": gettext_lazy("Người làm lưu trữ"),
    "room_visits": gettext_lazy("Lượt khai thác tại phòng đọc"),
    "online_visits": gettext_lazy("Lượt khai thác trực tuyến"),
    "served_paper": gettext_lazy("Hồ sơ giấy đưa ra phục vụ"),
    "served_electronic": gettext_lazy("Hồ sơ điện tử đưa ra phục vụ"),
    "metres_done": gettext_lazy("Mét giá đã chỉnh lý hoàn chỉnh"),
    "metres_rough": gettext_lazy("Mét giá chỉnh lý sơ bộ"),
    "metres_none": gettext_lazy("Mét giá chưa chỉnh lý"),
}


def stated(issuer: int, year: int) -> dict[str, Decimal]:
    """The newest statement of each figure of a year. One statement."""
    rows = StatedFigure.objects.filter(issuer=issuer, year=year).order_by("key", "-at", "-id").distinct("key")
    return {row.key: row.value.normalize() for row in rows}
