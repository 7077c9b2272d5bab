"""Legal figures of this room, read by the day they apply to."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from congvu.domains.dossiers.models import LegalFigure

# Loaded by the first migration; changed afterwards as rows, never here. ``verified`` tells whether the article was read.
SHIPPED = (
    ("supplement_within", "3wd", "2018-06-21", "Điều 19 khoản 4 Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP", True),
    ("supplement_requests", "1", "2018-06-21", "Điều 17 Nghị định 61/2018/NĐ-CP; Điều 11 Nghị định 118/2025/NĐ-CP", True),
    ("supplement_answer", "15wd", "2018-06-21", "Thời hạn do cơ quan ấn định, chưa đối chiếu", False),
    ("online_answer", "8wh", "2020-04-08", "Điều 11 Nghị định 45/2020/NĐ-CP, chưa đối chiếu", False),
    ("draft_days", "30", "2020-04-08", "Quy ước của hệ thống về lưu bản đang kê khai", True),
)


def figure(key: str, on: date) -> str:
    """The value in force on a day. Raises LookupError when none is: a missing figure is a fault of the installation."""
    row = (
        LegalFigure.objects.filter(key=key, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        .order_by("-valid_from")
        .values_list("value", flat=True)
        .first()
    )
    if row is None:
        raise LookupError(f"no legal figure {key!r} on {on}")
    return row
